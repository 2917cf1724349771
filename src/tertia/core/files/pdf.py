"""Tagged PDF (PDF/UA-1) from plain blocks by Typst, with Tertia's own fonts; the same bytes on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["QR", "Badges", "Bars", "Block", "Columns", "Figures", "Heading", "Lines", "PageBreak", "Para", "Table", "render_pdf"]

FONTS = Path(__file__).resolve().parents[2] / "web" / "print_fonts"


class Block:
    """A piece of a page."""


@dataclass(frozen=True)
class Heading(Block):
    text: str
    level: int = 1


@dataclass(frozen=True)
class Para(Block):
    text: str
    strong: bool = False
    small: bool = False
    mark: bool = False
    signal: bool = False


@dataclass(frozen=True)
class Lines(Block):
    """Numbered lines: what stands at the left, and the text."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table(Block):
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    #: columns whose cells stand at the right
    right: Sequence[int] = ()
    widths: Sequence[str] = ()


@dataclass(frozen=True)
class Figures(Block):
    """Large figures in three columns: figure, what it is, mark of its records; `owed` colours it."""

    cells: Sequence[tuple[str, str, str, bool]]


@dataclass(frozen=True)
class Bars(Block):
    """Horizontal bars from zero: label, share of the longest (0 to 1), printed value."""

    rows: Sequence[tuple[str, float, str]]


@dataclass(frozen=True)
class Columns(Block):
    """The five verbs with a line each."""

    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class QR(Block):
    url: str
    words: str


@dataclass(frozen=True)
class Badges(Block):
    """Badges of 90 by 55 mm to be cut out, ten to a page: a name, what stands under it, a small line at the foot."""

    cells: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class PageBreak(Block):
    pass


def _s(text: str) -> str:
    """A Typst string literal: no markup of a text is ever run."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "") + '"'


_HEAD = """
#set document(title: {title}, author: {author})
#set page(paper: "a4", margin: (x: 22mm, top: 24mm, bottom: 22mm), header: context {{
  if counter(page).get().first() > 1 {{ set text(9pt, fill: rgb("#46524F")); {running} ; line(length: 100%, stroke: 0.75pt + rgb("#14201F")) }} }},
  footer: context {{ set text(9pt, fill: rgb("#46524F")); {foot}; h(1fr); counter(page).display() }})
#set text(font: "Golos Text", size: 10.5pt, lang: {lang}, fill: rgb("#14201F"), hyphenate: false)
#set par(leading: 0.7em, spacing: 1em)
#show heading.where(level: 1): it => block(above: 1.2em, below: 0.9em, text(22pt, weight: 600, it.body))
#show heading.where(level: 2): it => block(above: 1.6em, below: 0.8em, text(15pt, weight: 600, it.body))
#show heading.where(level: 3): it => block(above: 1.3em, below: 0.6em, text(12pt, weight: 600, it.body))
"""


def render_pdf(blocks: Sequence[Block], *, title: str, language: str, running: str = "", foot: str = "", author: str = "Tertia") -> bytes:
    """Blocks as PDF bytes. The document carries its title, language and structure tags."""
    import tempfile  # slow library

    import typst  # slow library

    with tempfile.TemporaryDirectory() as folder:
        source = _HEAD.format(title=_s(title), author=_s(author), lang=_s(language), running=_s(running), foot=_s(foot))
        for i, block in enumerate(blocks):
            source += _typst(block, Path(folder), i) + "\n"
        file = Path(folder) / "main.typ"
        file.write_text(source, encoding="utf-8")
        out: Any = typst.compile(str(file), format="pdf", font_paths=[str(FONTS)], ignore_system_fonts=True, pdf_standards=["ua-1"])
        return bytes(out)


def _typst(block: Block, folder: Path, number: int) -> str:
    match block:
        case Heading(text, level):
            return f"#heading(level: {level}, {_s(text)})"
        case Para():
            return _para(block)
        case Lines(rows):
            cells = ", ".join(f"text(weight: 600, {_s(a)}), {_s(b)}" for a, b in rows)
            return f"#grid(columns: (10mm, 1fr), row-gutter: 3mm, {cells})"
        case Table():
            return _table(block)
        case Figures(cells):
            inner = ", ".join(
                f'block(below: 4mm)[#text({"12pt" if owed else "22pt"}, weight: 600, fill: rgb("{"#A3420B" if owed else "#14201F"}"), {_s(a)}) \\ #{_s(b)} \\ #text(8.5pt, fill: rgb("#46524F"), {_s(c)})]'
                for a, b, c, owed in cells
            )
            return f"#grid(columns: (1fr, 1fr, 1fr), column-gutter: 6mm, row-gutter: 3mm, {inner})"
        case Columns(cells):
            inner = ", ".join(f"[#text(weight: 600, {_s(a)}) \\ #text(9pt, {_s(b)})]" for a, b in cells)
            return f'#line(length: 100%, stroke: 1.2pt + rgb("#00616B"))\n#grid(columns: ({"1fr, " * len(cells)}), column-gutter: 4mm, {inner})'
        case Bars(rows):
            inner = ", ".join(
                f'{_s(a)}, rect(width: {max(share, 0.002) * 100:.2f}%, height: 4mm, fill: rgb("#1B757D")), {_s(v)}' for a, share, v in rows
            )
            return f"#grid(columns: (40mm, 1fr, 26mm), row-gutter: 2.5mm, column-gutter: 3mm, align: (left, left, right), {inner})"
        case Badges(cells):
            inner = ", ".join(
                f"block(breakable: false, width: 100%, height: 50mm, inset: 6mm)[#text(19pt, weight: 620, {_s(name)}) \\ #v(2mm) #{_s(under)} #v(1fr) "
                f'#text(8.5pt, fill: rgb("#46524F"), {_s(foot)})]'
                for name, under, foot in cells
            )
            return f'#table(columns: (1fr, 1fr), stroke: (dash: "dotted", thickness: 0.5pt, paint: rgb("#8A9592")), inset: 0mm, {inner})'
        case QR(url, words):
            import segno  # slow library

            segno.make(url, error="m").save(folder / f"qr{number}.svg", border=0, scale=4)
            return f'#grid(columns: (26mm, 1fr), column-gutter: 6mm, image("qr{number}.svg", width: 24mm, alt: {_s(url)}), [#{_s(words)} \\ #text(9pt, {_s(url)})])'
        case PageBreak():
            return "#pagebreak(weak: true)"
    raise TypeError(block)


def _para(block: Para) -> str:
    text = _s(block.text)
    if block.mark:
        return f'#box(stroke: (dash: "dashed", thickness: 0.75pt), inset: 2mm, radius: 1mm, text(9pt, {text}))'
    options = ["weight: 600"] if block.strong else []
    options += ["size: 9pt"] if block.small else []
    options += ['fill: rgb("#A3420B")'] if block.signal else []
    return f"#par(text({', '.join([*options, text])}))"


def _table(block: Table) -> str:
    count = len(block.head)
    columns = ", ".join(block.widths) if block.widths else ", ".join(["1fr"] * count)
    align = ", ".join("right" if i in block.right else "left" for i in range(count))
    head = ", ".join(f'text(9pt, fill: rgb("#46524F"), {_s(h)})' for h in block.head)
    rows = ", ".join(_s(cell) for row in block.rows for cell in row)
    return (
        f'#table(columns: ({columns},), align: ({align},), stroke: (x, y) => (bottom: if y == 0 {{ 1pt + rgb("#14201F") }} else {{ 0.4pt + rgb("#DBE0DD") }}), '
        f"inset: (x: 1.6mm, y: 2mm), table.header({head}), {rows})"
    )
