"""The few marks of a story's text, as HTML: paragraphs, headings, lists, bold, italic, quotations, links to the web. No Django.

Read as CommonMark by markdown-it; elements of HTML are shown as the letters they are, pictures and addresses other than http and https are left out.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Any

__all__ = ["as_html", "as_pieces", "as_words"]

_RULES = ("heading", "list", "blockquote", "paragraph", "emphasis", "link", "newline", "escape", "entity", "text", "hr")


@lru_cache(maxsize=1)
def _reader() -> Any:
    from markdown_it import MarkdownIt  # slow library

    made = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False}).enable(
        [r for r in _RULES if r not in ("paragraph", "text")]
    )
    made.validateLink = lambda url: bool(re.match(r"https?://[^\s<>\"']+$", url))
    return made


@lru_cache(maxsize=512)
def as_html(text: str) -> str:
    """Headings begin at the second level, since the page has its first already."""
    found: str = _reader().render(text)
    found = re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m.group(1)}h{min(6, int(m.group(2)) + 1)}>", found)
    return found.replace("<a href=", '<a rel="noopener" href=')


def as_words(text: str) -> str:
    """The text without marks, on one line: for feeds, descriptions and search."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", as_html(text)))).strip()


def as_pieces(text: str) -> list[tuple[str, str]]:
    """The text as (kind, words) in order, for papers: `heading`, `paragraph`, `item`, `quote`; marks inside a line are dropped."""
    found: list[tuple[str, str]] = []
    inside: list[str] = []
    for token in _reader().parse(text):
        if token.type == "inline":
            words = "".join(" " if c.type.endswith("break") else c.content for c in token.children or ()).strip()
            kind = next((k for k in ("heading", "item", "quote") if k in inside), "paragraph")
            found.append((kind, words))
            continue
        kind = {"heading": "heading", "list_item": "item", "blockquote": "quote"}.get(token.type.rsplit("_", 1)[0], "")
        if kind and token.nesting == 1:
            inside.append(kind)
        elif kind and token.nesting == -1:
            inside.remove(kind)
    return [(kind, words) for kind, words in found if words]
