"""A Word document from the same plain blocks as a PDF, in the form in which offices pass papers on: A4, real headings, repeated heads."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from tertia.core.files.pdf import QR, Bars, Block, Columns, Figures, Heading, Lines, PageBreak, Para, Table

__all__ = ["render_docx"]

_LANGUAGES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
#: the letters that offices in Kazakhstan write in
_FONT = "Times New Roman"


def render_docx(blocks: Sequence[Block], *, title: str, language: str, wide: bool = False) -> bytes:
    """Blocks as DOCX bytes: headings, paragraphs, numbered lines, tables, figures and bars as tables, codes. `wide` lays the page across. Raises TypeError for other blocks."""
    from docx import Document  # slow library
    from docx.enum.section import WD_ORIENT  # slow library
    from docx.shared import Mm, Pt  # slow library

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(25), Mm(15), Mm(20), Mm(20)
    properties = document.core_properties
    properties.title, properties.language, properties.author = title, _LANGUAGES[language], "Tertia"
    _letters(document, language, Pt)
    for block in blocks:
        _add(document, block, page.page_width - page.left_margin - page.right_margin)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _letters(document: Any, language: str, pt: Any) -> None:
    """One face for all letters, Kazakh ones too, and the language by which a word processor checks spelling."""
    from docx.oxml.ns import qn  # slow library
    from docx.shared import RGBColor  # slow library

    for name, size in (("Normal", 12), ("Heading 1", 16), ("Heading 2", 14), ("Heading 3", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        run = style.element.get_or_add_rPr()
        fonts = run.get_or_add_rFonts()
        for part in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(part), _FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        tongue = run.find(qn("w:lang"))
        if tongue is None:
            tongue = run.makeelement(qn("w:lang"), {})
            run.append(tongue)
        tongue.set(qn("w:val"), _LANGUAGES[language])
    document.styles["Normal"].paragraph_format.space_after = pt(6)


def _add(document: Any, block: Block, width: Any) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(text, level)
        case Para():
            run = document.add_paragraph().add_run(block.text)
            run.bold = block.strong or block.signal or None
            run.italic = block.mark or None
        case Lines(rows):
            for number, words in rows:
                document.add_paragraph(f"{number} {words}".strip())
        case Table():
            _add_table(document, block, width)
        case PageBreak():
            document.add_page_break()
        case Figures(cells):
            _add_table(
                document,
                Table(
                    ["", "", ""], [[large, what, mark] for large, what, mark, _owed in cells], right=(0,), widths=["32mm", "1fr", "40mm"]
                ),
                width,
            )
        case Columns(cells):
            _add_table(document, Table([verb for verb, _line in cells], [[line for _verb, line in cells]]), width)
        case Bars(bars):
            _add_table(
                document, Table(["", ""], [[label, value] for label, _share, value in bars], right=(1,), widths=["1fr", "40mm"]), width
            )
        case QR(url, words):
            _add_code(document, url, words)
        case _:
            raise TypeError(block)


def _add_code(document: Any, url: str, words: str) -> None:
    """The address as a code for a phone's camera, with the words and the address beneath."""
    import segno  # slow library
    from docx.shared import Mm  # slow library

    picture = io.BytesIO()
    segno.make(url, error="m").save(picture, kind="png", border=0, scale=4)
    picture.seek(0)
    shape = document.add_paragraph().add_run().add_picture(picture, width=Mm(24))
    shape._inline.docPr.set("descr", url)
    document.add_paragraph(words)
    document.add_paragraph(url)


def _add_table(document: Any, block: Table, width: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # slow library
    from docx.shared import Mm, Pt  # slow library

    head = any(block.head)
    table = document.add_table(rows=int(head), cols=len(block.head), style="Table Grid")
    table.autofit = False
    widths = _widths(block, int(width), Mm)
    for n, text in enumerate(block.head if head else ()):
        _cell(table.rows[0].cells[n], text, Pt, bold=True)
    if head:
        _mark(table.rows[0], "w:tblHeader")
    for row in block.rows:
        cells = table.add_row().cells
        for n, text in enumerate(row):
            _cell(cells[n], str(text), Pt)
            if n in block.right:
                cells[n].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for n, column in enumerate(table.columns):  # LibreOffice reads the grid, Word the cells
        column.width = widths[n]
    for row in table.rows:
        _mark(row, "w:cantSplit")
        for n, cell in enumerate(row.cells):
            cell.width = widths[n]
    document.add_paragraph()


def _widths(block: Table, whole: int, mm: Any) -> list[int]:
    """`30mm` as it is; `2fr` shares what is left."""
    given = list(block.widths) or ["1fr"] * len(block.head)
    fixed = [int(mm(float(w[:-2]))) if w.endswith("mm") else 0 for w in given]
    shares = [float(w[:-2]) if w.endswith("fr") else 0.0 for w in given]
    left = max(whole - sum(fixed), 0)
    return [f or int(left * s / (sum(shares) or 1)) for f, s in zip(fixed, shares, strict=True)]


def _cell(cell: Any, text: str, pt: Any, *, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.size, run.bold = pt(10), bold or None
    cell.paragraphs[0].paragraph_format.space_after = pt(0)


def _mark(row: Any, what: str) -> None:
    """A property of a row: `w:tblHeader` stands again on each page, `w:cantSplit` is not torn over two."""
    from docx.oxml.ns import qn  # slow library

    properties = row._tr.get_or_add_trPr()
    mark = properties.makeelement(qn(what), {})
    mark.set(qn("w:val"), "true")
    properties.append(mark)
