"""Words of research for pages: levels, kinds of use, types of work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["LEVELS", "PARTS", "TOPIC_STATES", "TYPES", "USES", "USE_STATES"]

LEVELS = {
    "bachelor": _("Bachelor's thesis"), "master": _("Master's thesis"), "doctoral": _("Doctoral thesis"), "staff": _("Study by the chair"),
}  # fmt: skip
TOPIC_STATES = {
    "offered": _("Offered to the chair"), "taken": _("Taken"), "refused": _("Not taken"), "finished": _("Finished"), "given-up": _("Given up"),
}  # fmt: skip
PARTS = {"question": _("in asking the question"), "data": _("in gathering the data"), "reading": _("in reading the results")}
USES = {
    "decision": pgettext_lazy("use of a study", "Decision"), "programme": pgettext_lazy("use of a study", "Programme or plan"),
    "budget": pgettext_lazy("use of a study", "Budget line"), "practice": pgettext_lazy("use of a study", "Changed practice"),
}  # fmt: skip
USE_STATES = {
    "asked": _("stated by the university, not confirmed yet"), "confirmed": _("confirmed by the body"), "denied": _("the body says that it is not so"),
}  # fmt: skip
#: the types of CSL that works of a university mostly have; others are shown as documents
TYPES = {
    "article-journal": _("Article"), "paper-conference": _("Conference paper"), "chapter": _("Chapter"), "book": _("Book"),
    "report": pgettext_lazy("type of work", "Study report"), "thesis": _("Thesis"), "dataset": _("Data set"), "article": _("Preprint"), "manuscript": _("Manuscript"),
    "article-newspaper": _("Newspaper article"), "webpage": _("Web page"), "software": _("Software"), "document": _("Document"),
}  # fmt: skip
