"""Plain blocks as the file that a page gives to take along."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse

from tertia.core.files.docx import render_docx
from tertia.core.files.download import DOCX, attachment
from tertia.core.files.pdf import Block, render_pdf

__all__ = ["FORMS", "paper"]

FORMS = ("docx", "pdf")


def paper(blocks: Sequence[Block], *, title: str, language: str, form: str, name: str, running: str) -> HttpResponse:
    """DOCX where `form` is `docx`, else PDF; `name` is without its ending, `running` stands at the head of the pages of a PDF."""
    if form == "docx":
        return attachment(render_docx(blocks, title=title, language=language), DOCX, f"{name}.docx")
    return attachment(render_pdf(blocks, title=title, language=language, running=running), "application/pdf", f"{name}.pdf")
