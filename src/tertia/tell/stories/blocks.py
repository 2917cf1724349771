"""A text with few marks as blocks of a paper."""

from __future__ import annotations

from tertia.core.files.pdf import Block, Heading, Para
from tertia.tell.stories.markup import as_pieces

__all__ = ["text_blocks"]


def text_blocks(text: str) -> list[Block]:
    """Its own headings stand at the third level, below that of the chapter; items begin with a dash, quotations are small."""
    return [
        Heading(said, 3) if kind == "heading" else Para(f"– {said}" if kind == "item" else said, small=kind == "quote")
        for kind, said in as_pieces(text)
    ]
