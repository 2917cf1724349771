"""What a proposal is to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

PROPOSAL = declare_kind(
    Kind(
        name="proposal",
        label=_("Proposal"),
        label_plural=_("Proposals"),
        stage="listen",
        page="proposal",
        model="proposals.Proposal",
        column="recommendation",
        lifecycle=Lifecycle(
            states={
                "open": _("Discussed"),
                "voting": _("Voted on"),
                "accepted": _("Accepted"),
                "declined": _("Not accepted"),
                "withdrawn": _("Withdrawn"),
            },
            moves=frozenset(
                {
                    ("open", "voting"), ("voting", "open"), ("open", "accepted"), ("open", "declined"), ("open", "withdrawn"),
                }
            ),
            first="open",
            signs={"open": "underway", "voting": "underway", "accepted": "done", "declined": "declined", "withdrawn": "none"},
        ),
    )
)  # fmt: skip
PROPOSES = declare_relation(
    Relation("proposes", ("proposal",), ("need", "conversation"), _("proposes what to do about"), _("what is proposed"))
)
declare_growth(
    Growth(
        "proposal", ("need", "conversation"), "proposes", "proposal_new", _("Propose what to do"), ("member", "editor", "office", "leader")
    )
)
declare_event_words(
    {
        "proposals.propose": _("It was proposed"),
        "proposals.amend": _("Another text was proposed"),
        "proposals.decide_amendment": _("An amendment was decided"),
        "proposals.argue": _("A reason was given"),
        "proposals.hide_argument": _("A reason was not shown"),
        "proposals.convince": _("Somebody supported it"),
        "proposals.open_poll": _("A formal vote was opened"),
        "proposals.close_poll": _("The ballots were counted"),
        "proposals.decide": _("It was decided; everybody who took part was told"),
        "proposals.bring_in": _("It was brought in from elsewhere"),
    }
)
