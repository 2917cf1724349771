"""What agreements are to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

AGREEMENT = declare_kind(
    Kind(
        name="agreement",
        label=_("Agreement"),
        label_plural=_("Agreements"),
        stage="act",
        page="agreement",
        model="partnerships.Agreement",
        lifecycle=Lifecycle(
            states={
                "draft": _("Being written"),
                "offered": _("Waiting for signatures"),
                "in-force": _("Signed by all sides"),
                "refused": _("One side did not sign"),
                "ended": _("Ended"),
                "withdrawn": _("Withdrawn"),
            },
            moves=frozenset(
                {
                    ("draft", "offered"), ("offered", "draft"), ("offered", "in-force"), ("offered", "refused"), ("refused", "draft"),
                    ("in-force", "ended"), ("draft", "withdrawn"), ("refused", "withdrawn"),
                }
            ),
            first="draft",
            signs={"draft": "open", "offered": "open", "in-force": "done", "refused": "declined", "ended": "none", "withdrawn": "none"},
        ),
    )
)  # fmt: skip
declare_relation(Relation("supports", ("agreement",), ("measure", "need"), _("supports"), _("supported by"), in_thread=False))
declare_relation(Relation("under", ("activity",), ("agreement",), _("under"), _("done under it"), in_thread=False))
declare_growth(
    Growth("agreement", ("measure", "need"), "supports", "agreement_new", _("Draft an agreement"), ("editor", "office", "leader"))
)
declare_event_words(
    {
        "partnerships.draft": _("The agreement was drafted"),
        "partnerships.propose": _("A partner proposed it"),
        "partnerships.change": _("The draft was changed"),
        "partnerships.offer": _("The text was fixed; the sides were asked to sign"),
        "partnerships.take_back": _("The text was taken back; signatures made so far count no longer"),
        "partnerships.withdraw": _("The draft was withdrawn"),
        "partnerships.sign": _("A side signed"),
        "partnerships.refuse": _("A side did not sign"),
        "partnerships.attach_signature": _("An electronic signature was attached"),
        "partnerships.offer_renewal": _("The sides were asked to sign for longer"),
        "partnerships.give_notice": _("A side gave notice"),
        "partnerships.go_on": _("It went on by itself"),
        "partnerships.end": _("Its term ended"),
        "partnerships.warn": _("Both sides were told that it ends soon"),
        "partnerships.join_activity": _("An activity was done under it"),
        "partnerships.ask_assessment": _("A side was asked how it went"),
        "partnerships.assess": _("A side said how it went"),
    }
)
