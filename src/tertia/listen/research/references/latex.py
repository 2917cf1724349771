"""Text of BibTeX's fields in Unicode. Commands are read by pylatexenc; texts without any are done here, a hundred times as fast."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from tertia.listen.research.references.cleaning import plain

__all__ = ["address", "unlatex"]

_COMMAND = re.compile(r"[\\$]")
_PERCENT = re.compile(r"(?<!\\)%")
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", " "), ("<<", "«"), (">>", "»"))


@lru_cache(maxsize=4096)
def unlatex(text: str) -> str:
    """The text as it would be printed, on one line. What cannot be read as LaTeX is kept without its braces."""
    if not _COMMAND.search(text):
        text = text.replace("{", "").replace("}", "")
        for mark, sign in _LIGATURES:
            text = text.replace(mark, sign)
        return plain(text)
    try:
        # a per cent sign would begin a comment and swallow the line; in a field nobody means that
        text = _reader().latex_to_text(_PERCENT.sub(r"\\%", text))
    except Exception:  # the library raises many kinds for broken LaTeX; the letters themselves are kept
        text = re.sub(r"\\[A-Za-z]+\s*|[\\{}]", "", text)
    return plain(text)


def address(text: str) -> str:
    """An address or an identifier: only what BibTeX makes people escape is unescaped."""
    text = re.sub(r"\\(?:url|href)\s*", "", text)
    return re.sub(r"\\([_%&#~$])", r"\1", text).replace("{", "").replace("}", "").replace("\\", "").strip()


@cache
def _reader() -> Any:
    from pylatexenc import latex2text, latexwalker, macrospec  # slow library

    shown = ("mbox", "hbox", "fbox", "textnormal", "textup", "lowercase", "uppercase", "uline", "protect")
    dropped = ("noopsort", "singleletter", "sortnoop", "vspace", "hspace", "cite", "label")
    walker = latexwalker.get_default_latex_context_db()
    walker.add_context_category(
        "bibliography", prepend=True, macros=[macrospec.std_macro(m, False, 0 if m == "protect" else 1) for m in (*shown, *dropped)]
    )
    words = latex2text.get_default_latex_context_db()
    words.add_context_category(
        "bibliography",
        prepend=True,
        macros=[latex2text.MacroTextSpec(m, "%s" if m != "protect" else "") for m in shown]
        + [latex2text.MacroTextSpec(m, discard=True) for m in dropped],
    )
    converter = latex2text.LatexNodes2Text(latex_context=words, math_mode="text", strict_latex_spaces=False, keep_comments=False)

    class Reader:
        def latex_to_text(self, text: str) -> str:
            nodes, _position, _length = latexwalker.LatexWalker(text, latex_context=walker, tolerant_parsing=True).get_latex_nodes()
            return str(converter.nodelist_to_text(nodes))

    return Reader()
