"""A picture for social networks: 1200 × 630, the record's words in the letters of the site, Kazakh ones too. No Django.

Networks that read `og:image` show it beside a link; without one they show nothing, or a picture that nobody chose.
"""

from __future__ import annotations

import io
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

__all__ = ["SIZE", "draw_share"]

SIZE = (1200, 630)
_PAPER, _INK, _FAINT, _TEAL = "#fbfbf8", "#17201f", "#5a6664", "#00646b"
_EDGE, _LINES = 80, 5


@lru_cache(maxsize=16)
def _font(folder: Path, bold: bool, size: int) -> Any:
    return ImageFont.truetype(
        str(folder / ("GolosText-SemiBold.ttf" if bold else "GolosText-Regular.ttf")), size, layout_engine=ImageFont.Layout.BASIC
    )


def draw_share(title: str, kind: str, name: str, fonts: Path) -> bytes:
    """PNG: `kind` above, the title as large as it fits in five lines, the university below. `fonts`: where Golos Text lies."""
    title, kind, name = (_drawable(words) for words in (title, kind, name))
    picture = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 18, SIZE[1]), fill=_TEAL)
    draw.text((_EDGE, 64), kind, font=_font(fonts, False, 32), fill=_TEAL)
    width = SIZE[0] - 2 * _EDGE
    for size in (72, 60, 52, 44):
        font = _font(fonts, True, size)
        lines = _wrapped(draw, title, font, width)
        if len(lines) * size * 1.2 <= 350:
            break
    most = min(_LINES, int(350 // (size * 1.2)))
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(draw, lines[most - 1] + " …", font, width)]
    for n, line in enumerate(lines):
        draw.text((_EDGE, 130 + n * size * 1.2), line, font=font, fill=_INK)
    draw.line((_EDGE, 520, SIZE[0] - _EDGE, 520), fill="#d7dcda", width=2)
    small = _font(fonts, False, 32)
    draw.text((_EDGE, 545), _cut(draw, name, small, width), font=small, fill=_FAINT)
    out = io.BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawable(words: str) -> str:
    """What a font can be asked for: no marks of control, no halves of letters."""
    return "".join(c if unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Cf") else " " for c in words).strip()


def _wrapped(draw: Any, text: str, font: Any, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split()[:80]:
        wider = f"{line} {word}".strip()
        if line and draw.textlength(wider, font=font) > width:
            lines.append(line)
            line = word
        else:
            line = wider
    return [*lines, _cut(draw, line, font, width)] if line else lines


def _cut(draw: Any, text: str, font: Any, width: float) -> str:
    """A text that fits; a word longer than the line is cut too."""
    if draw.textlength(text, font=font) <= width:
        return text
    while text and draw.textlength(text + "…", font=font) > width:
        text = text[:-1]
    return text.rstrip() + "…"
