"""What could not be read of a list of works, in the reader's language. The English sentences are those of `references/model.py`."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.listen.research.references.model import SENTENCES, Trouble

__all__ = ["sentence_of"]

#: the sentences stand here once more, because only what is marked is translated; a test holds both alike
MARKED = (
    gettext_noop("There is no such file."),
    gettext_noop("This is none of BibTeX, RIS, CSL-JSON, Crossref's or OpenAlex' JSON. Export the list in one of these forms."),
    gettext_noop("The file is empty."),
    gettext_noop("This is no text: %(what)s. Export the list as text."),
    gettext_noop("The file is damaged: %(what)s. Fetch it once more."),
    gettext_noop("The file unpacks to more than %(what)s. Divide it."),
    gettext_noop("An entry is longer than %(what)s letters, so a bracket or a mark of its end is missing."),
    gettext_noop("The entry %(what)s has no end; the next one begins inside it. Add the missing bracket."),
    gettext_noop("Behind %(what)s a field was expected, such as title = {…}; what follows in this entry was left out."),
    gettext_noop("The field %(what)s has no value that can be read; what follows in this entry was left out."),
    gettext_noop("The abbreviation %(what)s is defined nowhere in the file; its name stands for it."),
    gettext_noop("The entry %(what)s, from which this one should take its missing fields, is not in the file."),
    gettext_noop("The type %(what)s is not known; the work is kept as a document."),
    gettext_noop("The entry %(what)s says nothing of a work; it was left out."),
    gettext_noop("The line stands outside of any entry: %(what)s."),
    gettext_noop("What stands here is not JSON: %(what)s."),
    gettext_noop("What stands here is no description of a work: %(what)s."),
    gettext_noop("The date %(what)s is not one; it is kept in words."),
    gettext_noop("The DOI %(what)s is not one; it was left out."),
)


def sentence_of(trouble: Trouble) -> str:
    return _(SENTENCES[trouble.code]) % {"what": trouble.shown}
