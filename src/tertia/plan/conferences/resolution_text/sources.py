"""Files into text: plain text in any usual encoding, DOCX with its computed list numbers, PDF with its pages.

A form feed stands between pages. `paragraphs` says that each line is a whole paragraph (DOCX), so nothing is wrapped.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from tertia.plan.conferences.resolution_text.model import Unreadable

__all__ = ["LIMIT", "Source", "source_of"]

LIMIT = 25 * 1024 * 1024
_INSIDE_LIMIT = 200 * 1024 * 1024


@dataclass(frozen=True)
class Source:
    text: str
    paragraphs: bool = False


def source_of(data: bytes) -> Source:
    """The text of a file, told by its first bytes. Raises Unreadable."""
    if len(data) > LIMIT:
        raise Unreadable("too-large")
    if not data.strip():
        raise Unreadable("empty")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _docx(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("unknown-kind")
    source = Source(_decoded(data))
    if not source.text.strip():
        raise Unreadable("empty")
    return source


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _newlines(data.decode("utf-16"))
        except UnicodeDecodeError as error:
            raise Unreadable("not-text") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\x00" in data:
            raise Unreadable("not-text") from None
        text = data.decode("cp1251", errors="replace")
        letters = sum(c.isalpha() for c in text)
        if letters < len(text) * 0.5 or text.count("\ufffd") > len(text) * 0.02:
            raise Unreadable("not-text") from None
    if "\x00" in text:
        raise Unreadable("not-text")
    return _newlines(text)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


# ---- PDF ----------------------------------------------------------------------------------------------------------


def _pdf(data: bytes) -> Source:
    import pypdfium2  # slow library
    from pypdfium2 import PdfiumError  # slow library

    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        raise Unreadable("encrypted" if "assword" in str(error) else "broken") from error
    pages = []
    try:
        for number in range(len(document)):
            pages.append(_page_text(document[number]))
    except PdfiumError as error:
        raise Unreadable("broken") from error
    finally:
        document.close()
    if sum(len(page.strip()) for page in pages) < 20:
        raise Unreadable("no-text")
    return Source("\f".join(pages))


def _page_text(page: Any) -> str:
    text = page.get_textpage().get_text_bounded()
    # pdfium marks a hyphen at the end of a line by U+0002 or U+FFFE and joins the two lines itself
    text = _newlines(text).replace("\x02\n", "-\n").replace("\ufffe\n", "-\n")
    text = re.sub("[\x02\ufffe]", "\u00ad", text)
    return text.replace("\x00", "").replace("\u00a0", " ")


# ---- DOCX ---------------------------------------------------------------------------------------------------------

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _docx(data: bytes) -> Source:
    from lxml import etree  # slow library

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise Unreadable("unknown-kind")
            if sum(info.file_size for info in archive.infolist()) > _INSIDE_LIMIT:
                raise Unreadable("too-large")
            document = etree.fromstring(archive.read("word/document.xml"), parser)
            numbering = _part(archive, "word/numbering.xml", parser)
            styles = _part(archive, "word/styles.xml", parser)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, EOFError, OSError, NotImplementedError) as error:
        raise Unreadable("broken") from error
    except RuntimeError as error:
        raise Unreadable("encrypted") from error
    body = document.find(f"{W}body")
    if body is None:
        raise Unreadable("broken")
    counter = _Numbers(numbering, styles)
    lines = [line for p in body.iter(f"{W}p") if (line := _paragraph(p, counter)) is not None]
    text = "\n".join(lines)
    if not text.strip():
        raise Unreadable("empty")
    return Source(text + "\n", paragraphs=True)


def _part(archive: zipfile.ZipFile, name: str, parser: Any) -> Any:
    from lxml import etree  # slow library

    return etree.fromstring(archive.read(name), parser) if name in archive.namelist() else None


def _paragraph(p: Any, counter: _Numbers) -> str | None:
    if any(a.tag == f"{W}txbxContent" for a in p.iterancestors()) and p.getparent() is not None and _in_fallback(p):
        return None
    text = _run_text(p)
    marker = counter.marker_of(p) if text.strip() else ""
    return f"{marker} {text.lstrip()}" if marker else text


def _in_fallback(p: Any) -> bool:
    return any(a.tag.endswith("}Fallback") for a in p.iterancestors())


def _run_text(p: Any) -> str:
    parts: list[str] = []
    for node in p.iter():
        if any(a.tag in (f"{W}del", f"{W}p") and a is not p for a in _between(node, p)):
            continue
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag == f"{W}tab":
            if node.getparent().tag == f"{W}r":
                parts.append("\t")
        elif node.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif node.tag == f"{W}noBreakHyphen":
            parts.append("-")
    return "".join(parts).replace("\u00a0", " ")


def _between(node: Any, p: Any) -> list[Any]:
    found = []
    for ancestor in node.iterancestors():
        if ancestor is p:
            break
        found.append(ancestor)
    return found


class _Numbers:
    """Computes the list numbers that a word processor prints but does not store (ECMA-376 part 1, 17.9)."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._start: dict[str, dict[int, int]] = {}
        self._abstract_of: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._by_style = _style_numbers(styles)
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Any) -> None:
        abstracts = {a.get(f"{W}abstractNumId"): _levels_of(a) for a in numbering.iter(f"{W}abstractNum")}
        for num in numbering.iter(f"{W}num"):
            key, reference = num.get(f"{W}numId"), num.find(f"{W}abstractNumId")
            if key is None or reference is None:
                continue
            abstract = reference.get(f"{W}val")
            levels = dict(abstracts.get(abstract, {}))
            for override in num.findall(f"{W}lvlOverride"):
                level = int(override.get(f"{W}ilvl") or 0)
                start = override.find(f"{W}startOverride")
                inner = override.find(f"{W}lvl")
                if inner is not None:
                    levels[level] = _level(inner)
                if start is not None and level in levels:
                    levels[level] = (*levels[level][:2], int(start.get(f"{W}val") or 1))
                    abstract = f"{abstract}#{key}"
            self._levels[key], self._abstract_of[key] = levels, abstract

    def marker_of(self, p: Any) -> str:
        number, level = self._number_of(p)
        levels = self._levels.get(number or "")
        if not number or number == "0" or not levels or level not in levels:
            return ""
        form, pattern, start = levels[level]
        if form == "none":
            return ""
        if form == "bullet":
            return _BULLETS.get(pattern.strip(), pattern.strip()) or "•"
        counts = self._counts.setdefault(self._abstract_of[number], {})
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]

        def printed(match: re.Match[str]) -> str:
            k = int(match[1]) - 1
            k_form, _, k_start = levels.get(k, ("decimal", "", 1))
            return _numeral(counts.get(k, k_start), k_form)

        return re.sub(r"%(\d)", printed, pattern).strip()

    def _number_of(self, p: Any) -> tuple[str | None, int]:
        properties = p.find(f"{W}pPr")
        if properties is None:
            return None, 0
        found = properties.find(f"{W}numPr")
        if found is None:
            style = properties.find(f"{W}pStyle")
            return self._by_style.get(style.get(f"{W}val") if style is not None else "", (None, 0))
        number, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
        return (number.get(f"{W}val") if number is not None else None), int(level.get(f"{W}val") or 0) if level is not None else 0


def _style_numbers(styles: Any) -> dict[str | None, tuple[str | None, int]]:
    found: dict[str | None, tuple[str | None, int]] = {}
    if styles is None:
        return found
    for style in styles.iter(f"{W}style"):
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        level = style.find(f"{W}pPr/{W}numPr/{W}ilvl")
        if number is not None:
            found[style.get(f"{W}styleId")] = (number.get(f"{W}val"), int(level.get(f"{W}val") or 0) if level is not None else 0)
    return found


def _levels_of(abstract: Any) -> dict[int, tuple[str, str, int]]:
    return {int(lvl.get(f"{W}ilvl") or 0): _level(lvl) for lvl in abstract.findall(f"{W}lvl")}


def _level(lvl: Any) -> tuple[str, str, int]:
    form, text, start = lvl.find(f"{W}numFmt"), lvl.find(f"{W}lvlText"), lvl.find(f"{W}start")
    return (
        form.get(f"{W}val") if form is not None else "decimal",
        (text.get(f"{W}val") or "") if text is not None else "",
        int(start.get(f"{W}val") or 1) if start is not None else 1,
    )


_BULLETS = {"\uf0b7": "•", "\uf02d": "–", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "o": "◦", "·": "•", "": "•"}
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"


def _numeral(n: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("russianLower", "russianUpper"):
        letter = _RUSSIAN[(n - 1) % len(_RUSSIAN)]
        return letter.upper() if form == "russianUpper" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(n)
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalZero":
        return f"{n:02d}"
    return str(n)


def _roman(n: int) -> str:
    out = ""
    for value, letters in (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        while n >= value:
            out, n = out + letters, n - value
    return out
