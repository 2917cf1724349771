"""Every role against every address. A new address fails here until somebody says who may open it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation
from tests.cast import (
    SYSTEM,
    TODAY,
    make_activity,
    make_conversation,
    make_dispatch,
    make_measure,
    make_need,
    make_opportunity,
    make_person,
    make_resolution,
    make_sheet,
    text,
    write_new,
)

from tertia.act.volunteering.actions.cohort import begin_plan
from tertia.core.access.actions import issue_pass
from tertia.core.actions.actor import Actor
from tertia.core.actions.models import Event
from tertia.core.records.models import Record
from tertia.measure.indicators.actions import choose_indicator
from tertia.measure.involvement.actions import invite, open_assessment
from tertia.plan.conferences.actions import add_session, announce_conference
from tertia.tell.channels.actions import ask_newsletter
from tertia.tell.reports.models import Edition

EVERYBODY = "everybody"
WORKING = {"editor", "office", "leader", "administrator"}
SIGNED_IN = "signed in"
STAFF = {"editor", "office", "leader", "administrator", "analyst"}
INSIDE = {"member", "editor", "office", "leader", "administrator", "analyst"}
#: address → who may open it (a role of the university that keeps the records, or one of the two words above)
WHO: dict[str, object] = {
    "front": EVERYBODY, "health": EVERYBODY, "keys": EVERYBODY, "closed_periods": EVERYBODY, "closed_period": set(), "robots": EVERYBODY, "home": EVERYBODY, "stage": EVERYBODY, "design": EVERYBODY,
    "accessibility": EVERYBODY, "today": SIGNED_IN, "thread": EVERYBODY, "silence": EVERYBODY, "search": EVERYBODY, "pass": EVERYBODY,
    "organisations": EVERYBODY, "organisation": EVERYBODY, "mailbox": EVERYBODY, "needs": EVERYBODY, "need_new": EVERYBODY, "need": EVERYBODY,
    "conferences": EVERYBODY, "conference": EVERYBODY, "conference_calendar": EVERYBODY, "section": EVERYBODY, "resolutions": EVERYBODY,
    "resolution": EVERYBODY, "resolution_akn": EVERYBODY, "resolution_csv": EVERYBODY, "recommendation": EVERYBODY, "measures": EVERYBODY, "measure": EVERYBODY,
    "activities": EVERYBODY, "activities_calendar": EVERYBODY, "activity": EVERYBODY, "hours": EVERYBODY, "facts": EVERYBODY,
    "facts_schema": EVERYBODY, "figures": EVERYBODY, "catalogue": EVERYBODY, "catalogue_entry": EVERYBODY, "figure": EVERYBODY, "reports": EVERYBODY, "report": EVERYBODY,
    "report_pdf": EVERYBODY, "report_docx": EVERYBODY, **dict.fromkeys(("open_data", "open_data_file", "open_data_package", "open_data_catalogue", "open_data_terms"), EVERYBODY), "ready": EVERYBODY, "metrics": set(), "report_data": EVERYBODY, **dict.fromkeys(("report_write", "report_preview", "report_chapter"), {"editor", "office", "leader"}), "report_sample": {*WORKING, "analyst"}, **dict.fromkeys(("self_evaluations", "self_evaluation_new", "self_evaluation", "self_evaluation_paper", "criterion"), {"editor", "office", "leader"}), "my_data": SIGNED_IN, "api_tokens": SIGNED_IN,
    "record_languages": {"editor", "office", "leader", "administrator"}, "pass_share": {"editor", "office", "leader", "administrator"},
    "people": {"office", "administrator"}, "first_day": {"office", "administrator"}, "theme": set(), "organisation_new": {"office", "administrator"}, "conference_new": {"office", "administrator"},
    "resolution_read": {"office", "administrator", "editor", "leader"}, "dispatches": {"editor", "office", "leader"},
    "signs": {"editor", "office", "leader"}, "country": EVERYBODY, "country_university": EVERYBODY, "hand_in": {"office", "leader", "administrator"},
    "hand_in_page": EVERYBODY, "hand_in_file": EVERYBODY, "country_desk": set(), "own_package": {"office", "leader"}, "figure_question": EVERYBODY, "own_indicator": {"editor", "office", "leader"}, "choose_indicator": set(), "assessments": EVERYBODY, "peers": EVERYBODY, "assessment": {"editor", "office", "leader"},
    "assessment_judge": {"office"}, "assessment_decide": {"editor", "office", "leader"}, "targets": EVERYBODY, "target": {"editor", "office", "leader"},
    "target_new": {"editor", "office", "leader"}, "target_sheet": {"editor", "office", "leader"},
    "measure_new": {"editor", "office", "leader", "administrator"}, "activity_new": {"member", "editor", "office", "leader"},
    "file": {"editor", "office", "leader", "administrator"},
    "opportunities": EVERYBODY, "opportunity": EVERYBODY, "shift_calendar": EVERYBODY, "worker": EVERYBODY, "manifest": EVERYBODY,
    "my_shifts": SIGNED_IN, "check_in": SIGNED_IN, "opportunity_new": {"member", "editor", "office", "leader", "partner"},
    **dict.fromkeys(("opportunity_plan", "shift_list", "shift_paper", "wall"), {"editor", "office", "leader", "partner"}),
    "incident_report": EVERYBODY, "safety": {"office", "leader", "administrator"},
    "programmes": EVERYBODY, "programme": EVERYBODY, "course": EVERYBODY, "badge": EVERYBODY, "badge_file": EVERYBODY, "badge_list": EVERYBODY, "badge_verify": EVERYBODY,
    "my_study": SIGNED_IN, "my_record": SIGNED_IN, "study_import": {"office", "administrator", "leader"}, "reflection": {"editor", "office", "leader", "administrator"},
    "intakes": {"office", "administrator"}, "intake": {"office", "administrator"}, "intake_to_correct": {"office", "administrator"},
    "cohort_plans": {"office", "leader"}, "cohort_plan": {"office", "leader"},
    "identities": SIGNED_IN, "signin_providers": {"administrator"}, "signin_provider": {"administrator"}, "signin_begin": EVERYBODY, "signin_description": EVERYBODY, "signin_return": set(), "signin_assertion": set(),
    "lti_keys": EVERYBODY, "platforms": {"administrator"}, "lti_choose": {"member"}, **dict.fromkeys(("lti_login", "lti_launch", "lti_connect", "lti_deep_link", "lti_answer"), set()),
    "my_record_pdf": SIGNED_IN, "register": {"office", "leader"}, "register_file": {"office", "leader"},
    "badge_paper": {"office", "leader", "administrator"},
    **dict.fromkeys(("conversations", "conversation", "conversation_vote", "conversation_say", "conversation_mine", "conversation_results", "conversation_statements",
                     "conversation_data", "conversation_hall", "conversation_live", "moderation"), EVERYBODY),
    **dict.fromkeys(("conversation_new", "conversation_desk", "conversation_statement"), {"editor", "office", "leader"}), "appeals": {"editor", "office", "leader", "administrator"},
    **dict.fromkeys(("proposals", "proposal", "poll", "ballots"), EVERYBODY), "proposal_new": SIGNED_IN, "amendment_new": SIGNED_IN, "poll_new": {"office", "leader"},
    "priorities": EVERYBODY, "priority_round": EVERYBODY, "priorities_file": EVERYBODY, "priorities_new": {"office", "leader", "editor"},
    **dict.fromkeys(("surveys", "survey", "survey_answer"), EVERYBODY), "survey_new": {"office", "leader", "editor"}, "survey_paper": {"office", "leader", "editor"},
    "survey_enter": {"member", "office", "leader", "editor"},
    "needs_board": EVERYBODY, "needs_desk": {"editor", "office", "leader", "administrator"}, "need_desk": {"editor", "office", "leader", "administrator"}, "need_appeal": {"citizen"},
    **dict.fromkeys(("agreements", "agreement", "agreement_paper", "register_organisation", "calendar", "calendar_feed", "activity_calendar", "network", "network_file", "projects", "project", "startups", "startup",
                     "offers", "practices", "practice", "strategies", "strategy", "strategy_changes", "strategy_paper", "strategy_table", "money"), EVERYBODY),
    **dict.fromkeys(("startup_new", "startup_change"), {"editor", "office", "leader", "administrator"}),
    **dict.fromkeys(("agreement_new", "project_new"), {"office", "leader", "editor"}), "agreement_change": {"office", "leader", "editor"},
    "organisation_describe": {"office", "administrator", "partner"}, "contacts": WORKING, "partnerships_watch": WORKING, "registrations": {"office", "leader", "administrator"},
    "doubles": {"office", "administrator"}, "partner_desk": {"partner", "akimat"}, "assess": {"office", "leader", "editor"}, "calendar_links": SIGNED_IN,
    "activity_change": WORKING, "activity_photos": WORKING, "learners": WORKING, "outcomes": {*WORKING, "partner"}, "year_totals": {"office", "leader", "administrator"},
    **dict.fromkeys(("councils", "council", "council_rolls", "council_roll", "decisions"), EVERYBODY), "suggestion_new": SIGNED_IN, **dict.fromkeys(("council_new", "council_seats", "meeting_new", "room"), {"editor", "office", "leader"}),
    **dict.fromkeys(("meeting", "meeting_calendar", "meeting_screen", "meeting_live", "meeting_paper", "minutes", "council_minutes", "decision"), INSIDE), "take_part": {"office", "leader"},
    **dict.fromkeys(("section_news", "resolution_paper", "addressees", "addressees_csv", "papers", "proceedings", "proceedings_file"), EVERYBODY), "paper": {"editor", "office", "leader"}, **dict.fromkeys(("follow_ups", "participants", "conference_badges"), {"editor", "office", "leader"}),
    **dict.fromkeys(("profiles", "profile"), EVERYBODY), **dict.fromkeys(("profile_new", "faculty_load", "load_paper"), {"editor", "office", "leader"}), "profile_review_new": {"office", "leader"}, "profile_review": INSIDE,
    **dict.fromkeys(("assignments", "recognitions", "trainings", "training", "faculty_norms"), STAFF), **dict.fromkeys(("assignment", "assignment_paper"), {"editor", "office", "leader"}), "assignment_new": set(),
    "person_sheet": {"editor", "office", "leader", "administrator"}, "recognition_new": set(), "faculty_posts": {"office", "leader", "administrator"},
    **dict.fromkeys(("measure_change", "strategy_new", "practice_new"), WORKING), **dict.fromkeys(("strategy_step", "strategy_read"), WORKING - {"administrator"}), "offer_new": {"member", *WORKING, "partner", "akimat"},
    **dict.fromkeys(("returns", "return", "return_file", "return_behind"), {*WORKING, "analyst"}), **dict.fromkeys(("offer_close", "match"), set()),
    **dict.fromkeys(("studies", "studies_file", "study", "study_file", "regional_questions", "regional_question", "oai_pmh", "regions", "region", "series", "series_file", "stories", "story_feed", "story", "site", "site_section", "press", "site_calendar", "sitemap_index", "sitemap", "share", "mentions", "mentions_file", "mention", "newsletter", "newsletter_confirm", "newsletter_leave", "embed_stories", "nodeinfo", "nodeinfo_links", "ap_account", "ap_outbox", "ap_followers", "ap_following", "ap_story", "ap_activity"), EVERYBODY), "study_change": WORKING,
    **dict.fromkeys(("study_new", "research_desk", "series_new", "stories_desk", "story_new", "story_change", "story_translate", "mentions_desk", "mention_new", "untold", "outlets", "outlet"), {"editor", "office", "leader"}), **dict.fromkeys(("channels", "neighbours"), WORKING), "site_desk": {"office", "leader", "administrator"}, **dict.fromkeys(("ap_inbox", "ap_shared_inbox", "webfinger"), set()), "regional_question_new": {"editor", "office", "leader", "partner", "akimat"},
    # POST only, or there only when a demonstration is loaded: nobody gets a page by asking for it
    "resolution_save": set(), "report_new": set(), "demonstration": set(), "demonstration_remove": set(), "figure_records": set(),
}  # fmt: skip
KEYS = [
    "member",
    "editor",
    "office",
    "leader",
    "analyst",
    "administrator",
    "citizen",
    "partner",
    "akimat",
    "other-member",
    "other-office",
    "other-leader",
    "other-administrator",
]


def addresses():
    """Names of Tertia's own addresses (the sign-in library's and the API's have tests of their own)."""
    found = set()

    def walk(patterns, names):
        for p in patterns:
            if hasattr(p, "url_patterns"):
                if "accounts" not in str(p.pattern) and "api/" not in str(p.pattern):
                    walk(p.url_patterns, names)
            elif p.name:
                names.add(p.name)

    walk(get_resolver().url_patterns, found)
    return found


def test_every_address_says_who_may_open_it():
    assert addresses() == set(WHO)


@pytest.fixture
def places(world):
    """One example of everything, with the arguments of its address."""
    resolution = make_resolution(world)
    dispatch = make_dispatch(world, resolution)
    recommendation = resolution.recommendations.first()
    measure = make_measure(world, recommendation)
    activity = make_activity(world, measure)
    sheet = make_sheet(world, activity)
    conference = announce_conference(
        by=world.office, owner=world.university, title=text("The city"), starts_on=TODAY, ends_on=TODAY, visibility="public"
    )
    import datetime as dt

    from tertia.plan.conferences.actions import register_participant

    register_participant(by=world.office, conference=conference, person=world.people["leader"])
    paper = _paper(world, conference)
    start = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    session = add_session(
        by=world.office, conference=conference, kind="section", title=text("S"), starts_at=start, ends_at=start + dt.timedelta(hours=1)
    )
    indicator = choose_indicator(
        by=world.office, owner=world.university, catalogue_id="volunteer-hours-total", measures=[Record.objects.get(pk=measure.pk)]
    )
    from tertia.core.periods.years import period
    from tertia.measure.targets.actions import Proposal, propose_target
    from tertia.tell.reports.actions import write_edition

    target = propose_target(by=world.office, owner=world.university, proposal=Proposal(indicator, "2026-27", Decimal(10)))
    edition: Edition = write_edition(by=world.office, owner=world.university, period=period("2025-26"), on=TODAY)
    version, question = _country(world)
    assessment = open_assessment(by=world.office, owner=world.university, framework="tefce", period="2025-26")
    invite(by=world.office, assessment=assessment, name="Office", person=world.people["office"])
    opportunity = make_opportunity(world)
    course, programme, reflection, badge = _study(world, make_sheet(world))
    held = issue_pass(by=world.office, purpose="activities.attest", issued_by=world.university, subject_id=sheet.pk, record=sheet)
    talk = make_conversation(world)
    proposal = _voted(world)
    agreement, draft_of, project, startup, strategy, drafted, practice, offer, link = _joint(world)
    council, held_meeting, sitting, decision = _council(world)
    profile, review, assigned, training = _faculty(world)
    from tests.listen.region.test_region import make_series
    from tests.listen.research.test_research import make_question, make_study
    from tests.tell.test_accreditation import make_evaluation
    from tests.tell.test_channels import opened
    from tests.tell.test_mentions import make_mention
    from tests.tell.test_stories import make_story, out

    opened(world, fediverse=True)
    told = out(world, make_story(world))
    reader = ask_newsletter(by=world.citizen, owner=world.university, email="reader@example.org", language="en", every="week")
    slugs = {
        **dict.fromkeys(("council", "council_seats", "meeting_new", "council_minutes", "council_rolls", "council_roll"), council.slug), **dict.fromkeys(("room", "take_part", "meeting_screen", "meeting_live"), sitting.slug),
        **dict.fromkeys(("meeting", "meeting_calendar", "meeting_paper", "minutes"), held_meeting.slug), "decision": decision.slug,
        "profile": profile.slug, "profile_review": review.slug,
        "agreement": agreement.slug, "agreement_paper": agreement.slug, "agreement_change": draft_of.slug, "project": project.slug, "startup": startup.slug, "startup_change": startup.slug, "practice": practice.slug,
        **dict.fromkeys(("strategy", "strategy_changes", "strategy_paper", "strategy_table"), strategy.slug), **dict.fromkeys(("strategy_step", "strategy_read"), drafted.slug),
        **dict.fromkeys(("organisation_describe", "contacts"), world.partner.slug), **dict.fromkeys(("activity_change", "activity_photos", "learners", "activity_calendar"), activity.slug),
        "measure_change": measure.slug, **dict.fromkeys(("signin_provider", "signin_begin", "signin_description", "signin_return", "signin_assertion"), _sign_in_server(world).slug), **dict.fromkeys(("return", "return_file", "return_behind"), "kpi"),
        **dict.fromkeys(("series", "series_file"), make_series(world).slug),
        **dict.fromkeys(("story", "story_change", "story_translate"), told.slug), "mention": make_mention(world).slug, "outlet": "the-evening", **dict.fromkeys(("site", "site_section", "press", "site_calendar", "ap_account", "ap_outbox", "ap_followers", "ap_following", "ap_inbox"), world.university.slug),
        **dict.fromkeys(("study", "study_change", "study_file"), make_study(world).slug), "regional_question": make_question(world).slug,
        **dict.fromkeys(("survey", "survey_answer", "survey_paper", "survey_enter"), _survey(world).slug),
        **dict.fromkeys(("proposal", "poll", "ballots", "amendment_new", "poll_new"), proposal.slug),
        **dict.fromkeys((name for name in WHO if name.startswith("conversation_") and name != "conversation_new"), talk.slug), "conversation": talk.slug,
        "course": course.slug, "programme": programme.slug, "badge_list": world.university.slug,
        "opportunity": opportunity.slug, "opportunity_plan": opportunity.slug, "incident_report": opportunity.slug, "wall": opportunity.slug,
        "need_desk": make_need(world, "Another need").slug, "need_appeal": _declined_need(world).slug,
        "organisation": world.partner.slug, "need": make_need(world).slug, "conference": conference.slug, "conference_calendar": conference.slug,
        "resolution": resolution.slug, "resolution_csv": resolution.slug, "resolution_akn": resolution.slug, "resolution_paper": resolution.slug, "follow_ups": resolution.slug, "participants": conference.slug, **dict.fromkeys(("papers", "proceedings", "proceedings_file"), conference.slug), "conference_badges": conference.slug, "dispatches": resolution.slug, "recommendation": recommendation.slug,
        "measure": measure.slug, "activity": activity.slug, "hours": sheet.slug, "figure": indicator.slug, "catalogue_entry": "volunteer-hours-total", "choose_indicator": "volunteer-hours-total", "figure_records": indicator.slug,
        "target": target.slug, "assessment": assessment.slug, "assessment_judge": assessment.slug, "assessment_decide": assessment.slug, "country_university": world.university.slug, "figure_question": question.slug, **dict.fromkeys(("report", "report_docx", "report_sample"), edition.slug), **dict.fromkeys(("self_evaluation", "self_evaluation_paper", "criterion"), make_evaluation(world).slug), "report_pdf": edition.slug, "report_data": edition.slug,
    }  # fmt: skip
    pks = {
        **dict.fromkeys(("assignment", "assignment_paper"), assigned.pk),
        "ap_story": told.pk,
        "share": told.pk,
        "ap_activity": told.tellings.get().pk,
        "training": training.pk,
        "paper": paper.pk,
        "person_sheet": assigned.person_id,
        "offer_close": offer.pk,
        "match": measure.pk,
        "money": activity.pk,
        "assess": activity.pk,
        "outcomes": activity.pk,
        **dict.fromkeys(("priority_round", "priorities_file"), _judged(world).pk),
        "lti_choose": _platform_link(world).pk,
        "cohort_plan": begin_plan(by=world.office, owner=world.university).pk,
        **dict.fromkeys(("intake", "intake_to_correct"), _list(world).pk),
        "reflection": reflection.pk,
        **dict.fromkeys(("shift_list", "shift_paper", "shift_calendar"), opportunity.shifts.get().pk),
        "thread": measure.pk,
        "record_languages": measure.pk,
        "hand_in_page": version.pk,
        "hand_in_file": version.pk,
        **dict.fromkeys(("section", "section_news"), session.pk),
        "pass_share": dispatch.link_id,
        "file": dispatch.letter_id,
    }

    def address(name):
        kwargs = {"slug": slugs[name]} if name in slugs else {"pk": pks[name]} if name in pks else {}
        kwargs |= {"section": "stories"} if name == "site_section" else {"kind": "pages", "number": 1} if name == "sitemap" else {}
        kwargs |= {"code": "en"} if name in ("share", "story_translate") else {}
        kwargs |= {"token": reader.token} if name.startswith("newsletter_") else {}
        kwargs |= {"token": held.token} if name == "pass" else {"name": "plan"} if name == "stage" else {}
        kwargs |= {"number": 1} if name == "conversation_statement" else {"name": "votes.csv"} if name == "conversation_data" else {}
        kwargs |= {"slug": world.university.slug, "period": "2025-26"} if name == "closed_period" else {}
        kwargs |= {"key": "need", "form": "csv"} if name == "open_data_file" else {"key": "need"} if name == "open_data_package" else {}
        kwargs |= {"period": "2025-26"} if name in ("report_write", "report_preview", "report_chapter") else {}
        kwargs |= (
            {"chapter": "foreword"}
            if name == "report_chapter"
            else {"number": 1}
            if name == "criterion"
            else {"form": "docx"}
            if name == "self_evaluation_paper"
            else {}
        )
        kwargs |= {"uuid": badge.uuid} if name in ("badge", "badge_paper", "badge_file") else {}
        kwargs |= (
            {"what": "minutes", "form": "docx"}
            if name == "meeting_paper"
            else {"form": "docx"}
            if name == "council_minutes"
            else {"code": "1"}
            if name == "council_roll"
            else {}
        )
        kwargs |= {"code": "en", "form": "docx"} if name == "resolution_paper" else {}
        kwargs |= {"code": "KZ-71"} if name == "region" else {"form": "atom"} if name == "story_feed" else {}
        kwargs |= {"code": "en"} if name == "resolution_akn" else {"form": "docx"} if name in ("load_paper", "person_sheet") else {}
        kwargs |= {"form": "bib"} if name in ("proceedings_file", "studies_file", "study_file") else {}
        kwargs |= {"what": "plan", "form": "docx"} if name == "assignment_paper" else {}
        kwargs |= {"kind": "svg"} if name == "badge_file" else {"what": "thanks"} if name == "badge_paper" else {}
        kwargs |= {"year": 2026, "kind": "csv"} if name == "register_file" else {"token": link.token} if name == "calendar_feed" else {}
        kwargs |= (
            {"step": "text"}
            if name == "strategy_step"
            else {"cell": "hours"}
            if name == "return_behind"
            else {"kind": "graphml"}
            if name == "network_file"
            else {}
        )
        with translation.override("en"):
            return reverse(name, kwargs=kwargs)

    return address


def _joint(world):
    """A signed agreement and a draft, a project, an adopted strategy and one that is being written, an example, an offer, a calendar address."""
    from tests.act.test_partnerships import make_agreement, make_signed
    from tests.act.test_projects import make_project
    from tests.act.test_startups import make_startup
    from tests.plan.test_practice import make_practice
    from tests.plan.test_strategy import adopted, make_strategy

    from tertia.act.activities.actions import make_calendar_link
    from tertia.plan.capacities.actions import write_offer

    offer = write_offer(by=world.office, owner=world.university, organisation=world.unit, kind="people", title=text("Hands"))
    link = make_calendar_link(by=world.office, person=world.people["office"], of="all")
    return (
        make_signed(world), make_agreement(world, words="A draft"), make_project(world), make_startup(world), adopted(world), make_strategy(world, "A draft"), make_practice(world), offer, link,
    )  # fmt: skip


def _council(world):
    """A council, a meeting whose minutes are approved, one that sits, and a decision."""
    import datetime as dt

    from tests.plan.councils.making import make_council, make_sitting

    from tertia.plan.councils.actions import approve_minutes, close_meeting, decide
    from tertia.plan.councils.actions.rolls import take_rolls
    from tertia.plan.councils.roll_calls import Call

    council = make_council(world)
    take_rolls(
        by=world.office, council=council, calls={"1": Call("1", None, "", "To begin", "")}, voices={"1": [("NA", "for")]}, names={}, same={}
    )
    held = make_sitting(world, council, on=TODAY - dt.timedelta(days=30))
    decision = decide(by=world.office, item=held.items.get(), text=text("It is so"), at_once=True)
    close_meeting(by=world.office, meeting=held)
    approve_minutes(by=world.office, meeting=held, on=TODAY, approved_by="The chair")
    return council, held, make_sitting(world, council), decision


def _paper(world, conference):
    """A paper of somebody who is none of the cast, accepted."""
    from tests.plan.faculty.making import by, make_teacher

    from tertia.core.languages.text import Text
    from tertia.core.periods import clock
    from tertia.plan.conferences.actions import add_session, call_for_papers, decide_paper, send_paper
    from tertia.plan.conferences.actions.papers import By

    with clock.at(TODAY, 12):
        call_for_papers(by=world.office, conference=conference, until=TODAY, words=Text({}))
        start = clock.now()
        section = add_session(
            by=world.office, conference=conference, kind="section", title=text("P"), starts_at=start, ends_at=start.replace(hour=23)
        )
        sender = by(make_teacher(world, 77, post=False))
        made = send_paper(
            by=sender, conference=conference, title=text("T"), abstract=text("A"), authors=[By("Aigul Serik")], on=TODAY, section=section
        )
        return decide_paper(by=world.office, paper=made, accept=True, words=text("Yes"), on=TODAY)


def _faculty(world):
    """A profile in force, a review, an agreed assignment, a training."""
    from tests.plan.faculty.making import make_agreed, make_dean, make_teacher
    from tests.plan.faculty.test_profiles import make_profile, make_review

    from tertia.core.periods import clock
    from tertia.plan.faculty.actions import add_training

    with clock.at(TODAY, 12):
        profile, review = make_profile(world, functions=["lecture"], approved=TODAY), make_review(world)
        training = add_training(
            by=world.office, organisation=world.university, title=text("T"), held_by="C", ended_on=TODAY, hours=Decimal(8)
        )
        return profile, review, make_agreed(world, make_teacher(world), make_dean(world)), training


def _study(world, sheet):
    """A course with a reflection that was handed in, and a badge of signed hours."""
    from tertia.act.activities.actions import attest_hours
    from tertia.act.learning.actions import hand_in, import_study, write_reflection
    from tertia.act.learning.badges import issue_badge
    from tertia.act.learning.models import Course, Programme
    from tertia.act.learning.study_file import StudyRow
    from tertia.core.actions.actor import Actor

    row = StudyRow(2, "P1", "Sociology", "", "C1", "Service", Decimal(5), True, "O1", "listens", True)
    import_study(by=world.office, owner=world.university, rows=[row], language="en", on=TODAY)
    course = Course.objects.get()
    person = sheet.participations.first().person
    student = Actor.of(person, TODAY)
    reflection = hand_in(by=student, reflection=write_reflection(by=student, course=course, words="A word and another. " * 20))
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    return course, Programme.objects.get(), reflection, issue_badge(by=student, owner=world.university, person=person)


def _voted(world):
    """A proposal on which everybody entitled has voted."""
    from tertia.listen.proposals.actions import propose
    from tertia.listen.proposals.models import Entitled
    from tertia.listen.proposals.polls import cast_ballot, close_poll, open_poll

    made = propose(by=world.citizen, owner=world.university, title=text("Open the gate"), words=text("Until ten."), on=TODAY)
    poll = open_poll(
        by=world.office, proposal=made, method="choice", options=["yes", "no"], quorum=Decimal(0), voters="leaders", on=TODAY, ends_on=TODAY
    )
    for row in Entitled.objects.filter(poll=poll):
        cast_ballot(by=Actor.of(row.person, TODAY), poll=poll, options=["o1"], on=TODAY)
    close_poll(by=world.office, poll=poll, on=TODAY)
    return made


def _survey(world):
    from tertia.listen.surveys.actions import open_survey, prepare_survey

    made = prepare_survey(
        by=world.office, owner=world.university, title=text("The way home"), summary=text("x"), lines="How? : bus; car", ends_on=TODAY
    )
    return open_survey(by=world.office, survey=made, on=TODAY)


def _judged(world):
    """A round of priorities that is closed."""
    from tertia.listen.needs.priority_actions import begin_round, close_round, judge

    needs = [make_need(world, f"Need {n}") for n in "ab"]
    made = begin_round(by=world.office, owner=world.university, title=text("Spring"), criteria=["How many"], needs=needs, on=TODAY)
    judge(by=world.office, round=made, weights=[1], marks={needs[0].pk: [3], needs[1].pk: [1]})
    return close_round(by=world.office, round=made, on=TODAY)


def _declined_need(world):
    """A need of the citizen that was not published."""
    from tertia.listen.needs.desk_actions import decline_need

    return decline_need(
        by=world.office, need=make_need(world, "Buy my car", public=False), rule="advertising", words=text("It sells."), on=TODAY
    )


def _list(world):
    """A list that was looked through."""
    from tertia.core.intake.actions import keep_file, send_list
    from tertia.core.intake.models import IntakeRun
    from tertia.core.intake.work import check_list

    draft, digest, size = keep_file([b"number,name\nX1,One\n"])
    run = send_list(
        by=world.office, organisation=world.university, kind="people", name="list.csv", draft=draft, digest=digest, size=size, language="en"
    )
    check_list(run.pk)
    return IntakeRun.objects.get(pk=run.pk)


def _sign_in_server(world):
    from tests.core.signin.institution import MockInstitution

    from tertia.core.signin.actions import add_provider
    from tertia.core.signin.saml import read_description

    campus = MockInstitution()
    campus.close()
    found = read_description(campus.description())
    return add_provider(by=SYSTEM, owner=world.university, kind="saml", title="S", issuer=found.pop("issuer"), endpoints=found)


def _platform_link(world):
    """A link of a learning platform in which the member is known, with no course chosen."""
    from tertia.act.learning.lti.actions import note_launch
    from tertia.act.learning.lti.messages import Launch
    from tertia.act.learning.platform_models import LearningPlatform

    said = dict.fromkeys(("issuer", "auth_url", "token_url", "keys_url"), "https://example.org/")
    platform = LearningPlatform(owner=world.university, title="L", client_id="c", deployments=["1"], **said)
    write_new(platform)
    return note_launch(by=SYSTEM, platform=platform, launch=Launch("resource", "1", "1", "n", link="1"), person=world.people["member"])


def _country(world):
    """A ministry that received a table of the university and asks about a figure of it."""
    from tertia.core.files.sheets import write_sheet
    from tertia.core.parties.actions import found_organisation, give_role
    from tertia.measure.country.actions import ask_about, expect, receive
    from tertia.measure.country.intake import look_at

    keeper = found_organisation(by=SYSTEM, slug="ministry", kind="ministry", name=text("The Ministry"))
    give_role(by=SYSTEM, person=world.people["akimat"], organisation=keeper, role="member", valid_from=TODAY)
    give_role(by=SYSTEM, person=make_person(None, "keeper", keeper, "analyst"), organisation=keeper, role="office", valid_from=TODAY)
    expect(by=SYSTEM, keeper=keeper, organisations=[world.university, world.other], since=TODAY)
    heads = [(h, 9) for h in ("indicator", "period", "numerator", "denominator")]
    data = write_sheet("x", heads, [("student-volunteers-share", "2025-26", 40, 100)])
    version = receive(by=SYSTEM, keeper=keeper, received=look_at(data, organisation=world.university, keeper=keeper, today=TODAY))
    question = ask_about(
        by=SYSTEM,
        keeper=keeper,
        organisation=world.university,
        indicator="student-volunteers-share",
        period="2025-26",
        words=text("True?"),
        on=TODAY,
    )
    return version, question


def signed_in(world, key):
    client = Client()
    client.force_login(world.people[key].account)
    return client


@pytest.mark.once  # five thousand requests; who may what is asked alike of both databases
def test_every_role_gets_exactly_the_pages_that_are_open_to_it(world, places):
    wrong = []
    clients = {key: signed_in(world, key) for key in KEYS} | {"anonymous": Client()}
    for name, who in WHO.items():
        for key, client in clients.items():
            status = client.get(places(name)).status_code
            may = who == EVERYBODY or (who == SIGNED_IN and key != "anonymous") or (isinstance(who, set) and key in who)
            # the second university's workers have the same tools for their own things, never for these
            own_tool = isinstance(who, set) and name in OWN_TOOLS and key.removeprefix("other-") in who and key.startswith("other-")
            wanted = {200} if may or own_tool else {302, 403, 404, 405}
            if name in ("front", "signin_begin"):
                wanted = {302}
            if status not in wanted:
                wrong.append((name, key, status))
    assert wrong == []


OWN_TOOLS = {
    "report_write",
    "report_preview",
    "report_chapter",
    "self_evaluations",
    "self_evaluation_new",
    "stories_desk",
    "channels",
    "neighbours",
    "site_desk",
    "mentions_desk",
    "mention_new",
    "untold",
    "outlets",
    "story_new",
    "series_new",
    "study_new",
    "research_desk",
    "regional_question_new",
    "profile_new",
    "profile_review_new",
    "faculty_load",
    "load_paper",
    "assignments",
    "recognitions",
    "trainings",
    "faculty_norms",
    "faculty_posts",
    "agreement_new",
    "council_new",
    "project_new",
    "startup_new",
    "partnerships_watch",
    "registrations",
    "doubles",
    "contacts",
    "organisation_describe",
    "year_totals",
    "strategy_new",
    "practice_new",
    "offer_new",
    "returns",
    "return",
    "return_file",
    "return_behind",
    "conversation_new",
    "appeals",
    "needs_desk",
    "priorities_new",
    "survey_new",
    "register",
    "cohort_plans",
    "intakes",
    "platforms",
    "signin_providers",
    "safety",
    "study_import",
    "signs",
    "own_package",
    "own_indicator",
    "hand_in",
    "target_new",
    "target_sheet",
    "people",
    "first_day",
    "organisation_new",
    "conference_new",
    "resolution_read",
    "measure_new",
    "activity_new",
    "opportunity_new",
}


def test_what_is_not_public_does_not_exist_for_the_second_university(world, places):
    need = make_need(world, "A secret need", public=False)
    with translation.override("en"):
        pages = [
            reverse("need", kwargs={"slug": need.slug}),
            reverse("thread", kwargs={"pk": need.pk}),
            reverse("record_languages", kwargs={"pk": need.pk}),
        ]
    for key in ("other-office", "other-administrator", "partner", "member", "anonymous"):
        client = Client() if key == "anonymous" else signed_in(world, key)
        assert {client.get(page).status_code for page in pages} <= {403, 404}, key
        for page in ("/en/needs/", "/en/search/?q=secret", "/en/", "/en/listen/", "/api/v1/records?limit=200"):
            assert b"A secret need" not in client.get(page).content, (key, page)
    assert b"A secret need" in signed_in(world, "office").get("/en/needs/").content


@pytest.mark.once
def test_a_post_by_a_stranger_changes_nothing_anywhere(world, places, request):
    """Each page gets two of the doings from each stranger, others from the next; all of them with `--long`."""
    doings, turn = ("publish", "ask", "adopt", "send", "draft", "session", "expand", "hand-over"), 0
    many = len(doings) if request.config.getoption("--long") else 2
    before = Event.objects.count()
    body = {
        "do": "publish",
        "state": "withdrawn",
        "choice": "for",
        "sure": "yes",
        "section": "1",
        "text": "x",
        "dispatch": "1",
        "proposal": "1",
    }
    for name in WHO:
        if name in ("need_new", "pass", "front", "newsletter_confirm", "newsletter_leave"):  # a link is all that its holder needs
            continue
        for key in ("anonymous", "other-office", "citizen"):
            if (name == "my_data" and key != "anonymous") or (name in ("choose_indicator", "own_package") and key == "other-office"):
                continue  # what they do there is their own
            client = Client(raise_request_exception=False) if key == "anonymous" else signed_in(world, key)
            client.raise_request_exception = False
            turn += many
            for doing in (doings * 2)[turn % len(doings) :][:many]:
                assert client.post(places(name), {**body, "do": doing}).status_code < 500, (name, key, doing)
    own = {"access.create_api_token"}
    assert [e.action for e in Event.objects.order_by("pk")[before:] if e.action not in own] == []


def test_a_form_without_its_token_is_refused(world, places):
    client = Client(enforce_csrf_checks=True)
    assert client.post(places("need_new"), {"title_en": "x"}).status_code == 403


def test_names_of_students_are_seen_by_the_office_and_the_host_only(world, places):
    name = "Student Number"
    for key in ("anonymous", "other-office", "citizen", "member", "partner"):
        client = Client() if key == "anonymous" else signed_in(world, key)
        assert name not in client.get(places("hours")).content.decode(), key
    assert name in signed_in(world, "office").get(places("hours")).content.decode()
    page = Client().get(places("pass")).content.decode()
    assert "Student N." in page and name not in page


def test_a_system_action_is_never_open_to_anybody():
    from tertia.core.actions.action import ACTIONS

    assert SYSTEM.is_system
    system_only = {n for n, d in ACTIONS.items() if d.may.words == "Tertia itself"}
    assert system_only >= {"places.load_regions", "parties.claim_person", "demonstration.write_person"}
