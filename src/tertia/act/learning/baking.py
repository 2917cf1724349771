"""A badge's credential inside a file: a drawing, a picture, a text. No Django.

Source: 1EdTech Open Badges Specification 3.0, §5.3 (baking into SVG and PNG). Files come from anybody: nothing of them is run, fetched or
unpacked without bounds.
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

from lxml import etree

__all__ = ["MOST_BYTES", "NoBadge", "bake_svg", "extract"]

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
#: what a file may hold; a badge is a few kilobytes
MOST_BYTES = 5 * 1024 * 1024


class NoBadge(ValueError):
    """A file in which there is no badge that can be read; `code` says why."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def bake_svg(picture: bytes, token: str) -> bytes:
    """A drawing that carries its credential (§5.3.2)."""
    root = etree.fromstring(picture, _parser())
    for there in root.findall(f"{{{NAMESPACE}}}credential"):
        root.remove(there)
    node = etree.SubElement(root, f"{{{NAMESPACE}}}credential", nsmap={"openbadges": NAMESPACE})
    node.set("verify", token)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


# --- reading


def extract(data: bytes) -> str:
    """The token inside a file: a baked SVG or PNG, a token alone, or JSON that holds one. Raises NoBadge."""
    if len(data) > MOST_BYTES:
        raise NoBadge("too-large", "the file is larger than 5 MB; a badge is a few kilobytes")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _from_png(data)
    text = data.decode("utf-8-sig", errors="replace").strip()
    if text.startswith("<"):
        return _from_svg(data)
    if text.startswith(("{", "[", '"')):
        return _from_json(text)
    if text.count(".") == 2 and len(text.split()) == 1:
        return text
    raise NoBadge("no-badge", "this is neither a baked picture nor a signed token; give the file that the badge was downloaded as")


def _from_svg(data: bytes) -> str:
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise NoBadge("not-xml", f"the drawing cannot be read: {error}") from error
    node = root.find(f".//{{{NAMESPACE}}}credential")
    found = (node.get("verify") or (node.text or "").strip()) if node is not None else ""
    if not found:
        raise NoBadge("no-badge", "there is no Open Badges 3.0 credential in this drawing")
    return _from_json(found) if found.startswith("{") else found


def _from_png(data: bytes) -> str:
    """The text of the `iTXt` chunk with the keyword `openbadgecredential` (§5.3.1)."""
    at = 8
    while at + 12 <= len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        if kind == b"iTXt" and body.startswith(b"openbadgecredential\0"):
            rest = body[len(b"openbadgecredential\0") :]
            packed, (_language, _keyword, text) = rest[0], (rest[2:].split(b"\0", 2) + [b"", b"", b""])[:3]
            if packed:
                unpack = zlib.decompressobj()
                text = unpack.decompress(text, MOST_BYTES)
            found = text.decode("utf-8", errors="replace").strip()
            return _from_json(found) if found.startswith("{") else found
        at += 12 + length
    raise NoBadge("no-badge", "there is no Open Badges 3.0 credential in this picture")


def _from_json(text: str) -> str:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoBadge("not-json", f"the file looks like JSON and is not: {error}") from error
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        for name in ("credential", "verifiableCredential", "jwt", "vc", "token"):
            inside = value.get(name)
            inside = inside[0] if isinstance(inside, list) and inside else inside
            if isinstance(inside, str) and inside.count(".") == 2:
                return inside
        if "proof" in value:
            raise NoBadge(
                "proof-format", "the badge bears a Data Integrity proof; only badges signed as a JSON Web Token can be verified here"
            )
    raise NoBadge("no-badge", "there is no signed credential in this JSON")
