"""What conferences, resolutions and recommendations are to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, Relation, declare_kind, declare_relation

CONFERENCE = declare_kind(
    Kind(
        name="conference",
        label=_("Conference"),
        label_plural=_("Conferences"),
        stage="plan",
        page="conference",
        model="conferences.Conference",
        lifecycle=Lifecycle(
            states={"planned": _("Planned"), "held": _("Held"), "withdrawn": _("Called off")},
            moves=frozenset({("planned", "held"), ("planned", "withdrawn")}),
            first="planned",
            signs={"planned": "open", "held": "done", "withdrawn": "none"},
        ),
    )
)
RESOLUTION = declare_kind(
    Kind(
        name="resolution",
        label=_("Resolution"),
        label_plural=_("Resolutions"),
        stage="plan",
        page="resolution",
        model="conferences.Resolution",
        column="resolution",
        lifecycle=Lifecycle(
            states={"draft": _("Draft"), "voting": _("Vote is open"), "adopted": _("Adopted"), "declined": _("Not adopted")},
            moves=frozenset(
                {("draft", "voting"), ("voting", "adopted"), ("voting", "declined"), ("draft", "adopted"), ("declined", "draft")}
            ),
            first="draft",
            signs={"draft": "open", "voting": "underway", "adopted": "done", "declined": "declined"},
        ),
    )
)
RECOMMENDATION = declare_kind(
    Kind(
        name="recommendation",
        label=_("Recommendation"),
        label_plural=_("Recommendations"),
        stage="plan",
        page="recommendation",
        model="conferences.Recommendation",
        column="recommendation",
        gap=("answers", _("no measure yet")),
        lifecycle=Lifecycle(
            states={"draft": _("Draft"), "adopted": _("Adopted")},
            moves=frozenset({("draft", "adopted")}),
            first="draft",
            signs={"draft": "open", "adopted": "done"},
        ),
    )
)
PART_OF = declare_relation(Relation("part-of", ("recommendation",), ("resolution",), _("recommendation of"), _("recommendations")))
ADOPTED_AT = declare_relation(Relation("adopted-at", ("resolution",), ("conference",), _("adopted at"), _("adopted"), in_thread=False))
declare_relation(Relation("continues", ("recommendation",), ("recommendation",), _("continues"), _("continued by"), in_thread=False))
declare_event_words(
    {
        "conferences.call_for_papers": _("Papers were called for"),
        "conferences.send_paper": _("A paper was sent in"),
        "conferences.change_paper": _("A paper was changed"),
        "conferences.withdraw_paper": _("A paper was withdrawn"),
        "conferences.ask_review": _("Somebody was asked to review a paper"),
        "conferences.refuse_review": _("Somebody refused to review a paper"),
        "conferences.review_paper": _("A paper was reviewed"),
        "conferences.decide_paper": _("It was decided on a paper"),
        "conferences.give_dois": _("Papers got their DOIs"),
        "conferences.ask_follow_up": _("Bodies were asked how far it is"),
        "conferences.answer_follow_up": _("A body said how far it is"),
        "conferences.carry_on": _("Recommendations of an earlier year were carried into the draft"),
        "conferences.send_to_all": _("Letters to all addressees were put on their way"),
        "conferences.set_places": _("It was said how many may come"),
        "conferences.withdraw_registration": _("Somebody gave a place back"),
        "conferences.announce": _("The conference was announced"),
        "conferences.add_session": _("A session was added to the programme"),
        "conferences.add_talk": _("A topic was added to the programme"),
        "conferences.propose": _("A recommendation was proposed"),
        "conferences.amend": _("A proposal was amended"),
        "conferences.take_stance": _("Somebody supported a proposal or objected to it"),
        "conferences.register": _("Somebody registered"),
        "conferences.save_reading": _("The text was read and saved as records"),
        "conferences.draft_resolution": _("The draft was begun"),
        "conferences.gather": _("Proposals of a section were gathered"),
        "conferences.open_vote": _("The vote was opened"),
        "conferences.vote": _("A vote was cast"),
        "conferences.adopt_resolution": _("It was adopted"),
        "conferences.annex_minority_statement": _("The statement of the minority was annexed"),
        "conferences.name_addressee": _("An addressee was named"),
        "conferences.expand_addressee": _("It was said which bodies an addressee stands for"),
        "conferences.send_resolution": _("A letter was sent"),
        "conferences.record_past_sending": _("A sending without a recorded day was noted"),
        "conferences.acknowledge": _("An addressee said that the letter has arrived"),
        "conferences.answer": _("An addressee answered"),
        "conferences.remind": _("An addressee was asked again"),
        "conferences.write_version": _("A language version was written"),
    }
)
