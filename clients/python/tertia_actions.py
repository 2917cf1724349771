"""Every action of Tertia 0.9.0 as a typed method. Written by `./run contract` from docs/api/openapi.json; not by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NotRequired, TypedDict

__all__ = ["Actions", "Done"]


class Done(TypedDict):
    """What an action did: the number of what it is about or made, and the record where it is one."""

    action: str
    id: int | None
    kind: str
    record: dict[str, Any] | None


class AccreditationAsked(TypedDict):
    number: str
    words: dict[str, str]


class ActionsAbout(TypedDict):
    authors: NotRequired[str]
    container: NotRequired[str]
    doi: NotRequired[str]
    funding: NotRequired[str]
    place: NotRequired[int]
    work_type: NotRequired[str]


class ActionsAnswer(TypedDict):
    evidence_url: NotRequired[str]
    recommendation_id: int
    state: str
    words: NotRequired[str]


class ActionsBy(TypedDict):
    affiliation: NotRequired[str]
    name: str
    orcid: NotRequired[str]


class ActionsDetails(TypedDict):
    engagement: NotRequired[str]
    groups: NotRequired[list[str]]
    learner_days: NotRequired[float | str | None]
    outputs: NotRequired[Any]
    paid: NotRequired[bool]
    planned_together: NotRequired[bool]
    reached: NotRequired[int | None]
    staff_days: NotRequired[float | str | None]


class ActionsGiven(TypedDict):
    at: str
    key: str
    kind: str
    person: int


class ActionsPlan(TypedDict):
    access: NotRequired[list[str]]
    contact: NotRequired[str]
    languages: NotRequired[list[str]]
    latitude: NotRequired[float | None]
    longitude: NotRequired[float | None]
    min_age: NotRequired[int | None]
    place: NotRequired[int]
    risks: NotRequired[list[str]]
    skills: NotRequired[list[str]]
    where: NotRequired[str]


class ActionsSaid(TypedDict):
    evidence_url: NotRequired[str]
    recommendation_id: int
    state: str
    words: NotRequired[str]


class ActionsSide(TypedDict):
    basis: NotRequired[str]
    duty: NotRequired[str]
    email: NotRequired[str]
    gets: NotRequired[Any]
    gives: NotRequired[Any]
    organisation: int
    signatory: NotRequired[str]


class ActionsTimes(TypedDict):
    ends_at: str
    places: int
    starts_at: str
    task: NotRequired[Any]


class ChecksProblem(TypedDict):
    code: str
    sentence: str
    where: str


class CouncilsCall(TypedDict):
    code: str
    day: str | None
    number: str
    title: str
    words: str


class CountryOdd(TypedDict):
    high: NotRequired[float | None]
    indicator: str
    low: NotRequired[float | None]
    other: NotRequired[float | str | None]
    period: str
    value: float | str | None
    why: str


class CountryReceived(TypedDict):
    check_state: str
    data: FileIn
    door: str
    figures: NotRequired[list[EngineFigure]]
    late_days: NotRequired[int]
    made_at: NotRequired[str | None]
    name: NotRequired[str]
    odd: NotRequired[list[CountryOdd]]
    organisation: int
    periods: NotRequired[list[str]]
    problems: NotRequired[list[ChecksProblem]]
    replaces: NotRequired[str]
    signed_by: NotRequired[str]


class EngineFigure(TypedDict):
    aggregation: NotRequired[str]
    breakdown: str
    denominator: float | str | None
    histogram: NotRequired[list[int]]
    indicator: str
    numerator: float | str | None
    organisation: str
    period: str
    rows: NotRequired[int]
    scale: NotRequired[int]
    state: str
    unit: str
    value: float | str | None
    version: str


class FileIn(TypedDict):
    """A file: its bytes in base64, 20 MB at most."""

    content: str


class LearningStudyRow(TypedDict):
    course: str
    course_code: str
    credits: float | str
    level: str
    line: int
    outcome: str
    outcome_code: str
    programme: str
    programme_code: str
    service: bool
    third_mission: bool


class MentionsNew(TypedDict):
    address: str
    language: NotRequired[str]
    on: str
    origin: NotRequired[str]
    reach: NotRequired[int | None]
    reach_source: NotRequired[str]
    title: str
    tone: NotRequired[str]
    words: str


class PartiesPersonRow(TypedDict):
    email: NotRequired[str]
    key: str
    language: NotRequired[str]
    name: str
    role: NotRequired[str]
    standing: NotRequired[str]
    unit: NotRequired[str]


class ProjectsWith(TypedDict):
    contributes: NotRequired[Any]
    leads: NotRequired[bool]
    organisation: int


class ProposalsCityProposal(TypedDict):
    id: str
    line: int
    on: str
    state: str
    supports: int | None
    text: dict[str, str]
    title: dict[str, str]
    url: str


class RegionFigure(TypedDict):
    line: int
    name: str
    place: str
    state: str
    value: float | str
    year: int


class RegionTaken(TypedDict):
    digest: str
    figures: list[RegionFigure]
    file_name: str
    part: str
    unread: list[RegionUnread]


class RegionUnread(TypedDict):
    code: str
    line: int
    what: str


class TargetsForecast(TypedDict):
    basis: str
    high: float | str
    low: float | str
    value: float | str


class TargetsProposal(TypedDict):
    baseline: NotRequired[float | str | None]
    baseline_period: NotRequired[str]
    indicator: int
    period: str
    responsible: NotRequired[int]
    unit: NotRequired[int]
    value: float | str
    weight: NotRequired[float | str]


class TextIn(TypedDict):
    """A text in up to three languages; the first that is there is the original, unless `original` says otherwise."""

    en: NotRequired[str]
    kk: NotRequired[str]
    original: NotRequired[str]
    ru: NotRequired[str]


class Actions:
    """`done` sends an action and gives what came of it; see `tertia_client.Tertia.do`."""

    def __init__(self, done: Callable[..., Done]) -> None:
        self._done = done

    def accreditation_add_evidence(
        self, *, criterion: int, on: str | None = None, record: int | None = None, words: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """A record that the writer may see, or a document in words with its day. The same record twice is one. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done(
            "accreditation.add_evidence", {"criterion": criterion, "on": on, "record": record, "words": words}, idempotency_key
        )

    def accreditation_begin(
        self,
        *,
        agency: str,
        criteria: list[AccreditationAsked],
        owner: int,
        title: TextIn,
        due_on: str | None = None,
        source: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A self-evaluation with the criteria that it has to answer. It is the office's own until it is handed in. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done(
            "accreditation.begin",
            {"agency": agency, "criteria": criteria, "owner": owner, "title": title, "due_on": due_on, "source": source},
            idempotency_key,
        )

    def accreditation_drop_evidence(self, *, evidence: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("accreditation.drop_evidence", {"evidence": evidence}, idempotency_key)

    def accreditation_hand_in(self, *, evaluation: int, idempotency_key: str = "") -> Done:
        """It went to the agency: what stands in it is not changed any more. Refused while a criterion has no text or no evidence. Who may: office or leader. Scope: `tell:write`."""
        return self._done("accreditation.hand_in", {"evaluation": evaluation}, idempotency_key)

    def accreditation_reopen(self, *, evaluation: int, idempotency_key: str = "") -> Done:
        """The agency asks for more. Who may: office or leader. Scope: `tell:write`."""
        return self._done("accreditation.reopen", {"evaluation": evaluation}, idempotency_key)

    def accreditation_write(self, *, criterion: int, text: TextIn, idempotency_key: str = "") -> Done:
        """What the university says to a criterion; `on` is told beside it. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("accreditation.write", {"criterion": criterion, "text": text}, idempotency_key)

    def activities_add_photo(
        self, *, activity: int, consent: str, file_name: str, taken: FileIn, words: TextIn, idempotency_key: str = ""
    ) -> Done:
        """A picture with its description and what was agreed. Without either it is not kept. Who may: editor or office or leader or administrator; or the person concerned; or the person concerned. Scope: `act:write`."""
        return self._done(
            "activities.add_photo",
            {"activity": activity, "consent": consent, "file_name": file_name, "taken": taken, "words": words},
            idempotency_key,
        )

    def activities_amend_hours(
        self, *, reason: str, rows: list[tuple[int, int, float | str, str]], sheet: int, idempotency_key: str = ""
    ) -> Done:
        """After the signature somebody turns out to be missing: the line is added and the host is asked anew. What was signed stays signed and counts meanwhile; the new lines count when the host signs again. The journal keeps who, when and why. Who may: office or leader or editor. Scope: `act:write`."""
        return self._done("activities.amend_hours", {"reason": reason, "rows": rows, "sheet": sheet}, idempotency_key)

    def activities_ask_host(self, *, sheet: int, send_to: str | None = None, idempotency_key: str = "") -> Done:
        """Ask the host to sign, by a link that needs no account. Asking again sends the same question with a new link. Who may: member or editor or office or leader. Scope: `act:write`."""
        return self._done("activities.ask_host", {"sheet": sheet, "send_to": send_to}, idempotency_key)

    def activities_attest_hours(
        self,
        *,
        absent: list[int],
        changes: dict[str, float | str],
        sheet: int,
        notes: dict[str, str] | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """The host signs: every line as claimed, but for `changes` (hours by participation id) and `absent` ones. Once. Who may: holder of a pass for activities.attest; or office or leader or partner. Scope: `act:write`."""
        return self._done(
            "activities.attest_hours", {"absent": absent, "changes": changes, "sheet": sheet, "notes": notes}, idempotency_key
        )

    def activities_change(
        self,
        *,
        activity: int,
        ends_at: str,
        starts_at: str,
        title: TextIn,
        details: ActionsDetails | None = None,
        host: int | None = None,
        open_to_public: bool | None = None,
        summary: TextIn | None = None,
        unit: int | None = None,
        where: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Correct what was written. Who is the host, and when it was, stay as they are once the host has signed the hours. Who may: editor or office or leader or administrator; or the person concerned; or the person concerned. Scope: `act:write`."""
        return self._done(
            "activities.change",
            {
                "activity": activity,
                "ends_at": ends_at,
                "starts_at": starts_at,
                "title": title,
                "details": details,
                "host": host,
                "open_to_public": open_to_public,
                "summary": summary,
                "unit": unit,
                "where": where,
            },
            idempotency_key,
        )

    def activities_claim_hours(self, *, activity: int, rows: list[tuple[int, int, float | str, str]], idempotency_key: str = "") -> Done:
        """Write down who took part and for how long: (person, unit, hours, role). The hours count when the host has signed. Who may: member or editor or office or leader. Scope: `act:write`."""
        return self._done("activities.claim_hours", {"activity": activity, "rows": rows}, idempotency_key)

    def activities_confirm_entry(self, *, activity: int, right: bool | None = None, idempotency_key: str = "") -> Done:
        """The person for whom it was written down says that it is right; or that it is not, and it is called off. Who may: the person concerned. Scope: `act:write`."""
        return self._done("activities.confirm_entry", {"activity": activity, "right": right}, idempotency_key)

    def activities_confirm_outcome(self, *, organisation: int, outcome: int, idempotency_key: str = "") -> Done:
        """Somebody besides the university says that it is so. Who may: office or leader or partner. Scope: `act:write`."""
        return self._done("activities.confirm_outcome", {"organisation": organisation, "outcome": outcome}, idempotency_key)

    def activities_evaluate(self, *, activity: int, words: TextIn, idempotency_key: str = "") -> Done:
        """What worked and what the next one should do otherwise. Who may: editor or office or leader or administrator; or the person concerned; or the person concerned. Scope: `act:write`."""
        return self._done("activities.evaluate", {"activity": activity, "words": words}, idempotency_key)

    def activities_make_calendar_link(self, *, of: str, person: int, unit: int | None = None, idempotency_key: str = "") -> Done:
        """A new private address: my own activities and shifts, a unit's, or all that I may see. Who may: the person concerned. Scope: `act:write`."""
        return self._done("activities.make_calendar_link", {"of": of, "person": person, "unit": unit}, idempotency_key)

    def activities_move(self, *, activity: int, state: str, idempotency_key: str = "") -> Done:
        """It took place, or it was called off. What has not begun yet cannot have taken place. Who may: editor or office or leader or administrator; or the person concerned; or the person concerned. Scope: `act:write`."""
        return self._done("activities.move", {"activity": activity, "state": state}, idempotency_key)

    def activities_remove_photo(self, *, activity: int, photo: int, idempotency_key: str = "") -> Done:
        """Somebody on it changed his mind, or it was the wrong one: it goes at once. Who may: editor or office or leader or administrator; or the person concerned; or the person concerned. Scope: `act:write`."""
        return self._done("activities.remove_photo", {"activity": activity, "photo": photo}, idempotency_key)

    def activities_repeat(self, *, activity: int, every: str, until: str, idempotency_key: str = "") -> Done:
        """A series: the same again each week, each second week or each month until a day, as activities of their own that are planned. Who may: editor or office or leader or administrator; or the person concerned; or the person concerned. Scope: `act:write`."""
        return self._done("activities.repeat", {"activity": activity, "every": every, "until": until}, idempotency_key)

    def activities_revoke_calendar_link(self, *, link: int, idempotency_key: str = "") -> Done:
        """From now on the address opens nothing. Who may: the person concerned. Scope: `act:write`."""
        return self._done("activities.revoke_calendar_link", {"link": link}, idempotency_key)

    def activities_say_engagement(self, *, activity: int, engagement: str, idempotency_key: str = "") -> Done:
        """What kind of work with society it is, as the questions found it. Who may: editor or office or leader or administrator; or the person concerned; or the person concerned. Scope: `act:write`."""
        return self._done("activities.say_engagement", {"activity": activity, "engagement": engagement}, idempotency_key)

    def activities_write(
        self,
        *,
        ends_at: str,
        owner: int,
        starts_at: str,
        title: TextIn,
        carries_out: list[int] | None = None,
        copied_from: int | None = None,
        details: ActionsDetails | None = None,
        entered_for: int | None = None,
        held: bool | None = None,
        host: int | None = None,
        open_to_public: bool | None = None,
        place: int | None = None,
        summary: TextIn | None = None,
        unit: int | None = None,
        where: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Write an activity down; it carries out one or more measures or serves a need. Who may: member or editor or office or leader. Scope: `act:write`."""
        return self._done(
            "activities.write",
            {
                "ends_at": ends_at,
                "owner": owner,
                "starts_at": starts_at,
                "title": title,
                "carries_out": carries_out,
                "copied_from": copied_from,
                "details": details,
                "entered_for": entered_for,
                "held": held,
                "host": host,
                "open_to_public": open_to_public,
                "place": place,
                "summary": summary,
                "unit": unit,
                "where": where,
            },
            idempotency_key,
        )

    def activities_write_learners(self, *, activity: int, course_days: float | str, words: str, idempotency_key: str = "") -> Done:
        """The list of a course, in place of the one before. Of each learner a keyed hash is kept; what was written goes with the request. Who may: editor or office or leader or administrator; or the person concerned; or the person concerned. Scope: `act:write`."""
        return self._done("activities.write_learners", {"activity": activity, "course_days": course_days, "words": words}, idempotency_key)

    def activities_write_outcome(
        self,
        *,
        how_seen: TextIn,
        record: int,
        what: TextIn,
        evidence_url: str | None = None,
        file_name: str | None = None,
        taken: Any = None,
        idempotency_key: str = "",
    ) -> Done:
        """What is different now, and how that is seen. Without a way to see it, it is a hope and is not kept. Who may: editor or office or leader or administrator; or the person concerned; or the person concerned. Scope: `act:write`."""
        return self._done(
            "activities.write_outcome",
            {"how_seen": how_seen, "record": record, "what": what, "evidence_url": evidence_url, "file_name": file_name, "taken": taken},
            idempotency_key,
        )

    def capacities_close(self, *, offer: int, idempotency_key: str = "") -> Done:
        """It is offered no longer. Who may: editor or office or leader or administrator; or the person concerned; or office or leader or partner. Scope: `plan:write`."""
        return self._done("capacities.close", {"offer": offer}, idempotency_key)

    def capacities_decide(self, *, fits: bool, offer: int, record: int, reason: TextIn | None = None, idempotency_key: str = "") -> Done:
        """A suggestion is taken, or refused; a refused one is not shown again. It may be decided anew. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done("capacities.decide", {"fits": fits, "offer": offer, "record": record, "reason": reason}, idempotency_key)

    def capacities_write(
        self,
        *,
        kind: str,
        organisation: int,
        owner: int,
        title: TextIn,
        contact: str | None = None,
        offer: int | None = None,
        person: int | None = None,
        until: str | None = None,
        words: TextIn | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Something that a unit, a partner or oneself can offer. Of somebody else's expertise nobody writes. Who may: member or editor or office or leader; or office or leader or partner. Scope: `plan:write`."""
        return self._done(
            "capacities.write",
            {
                "kind": kind,
                "organisation": organisation,
                "owner": owner,
                "title": title,
                "contact": contact,
                "offer": offer,
                "person": person,
                "until": until,
                "words": words,
            },
            idempotency_key,
        )

    def channels_add_hook(self, *, owner: int, url: str, words: str | None = None, idempotency_key: str = "") -> Done:
        """Who may: office or leader or administrator. Scope: `tell:write`."""
        return self._done("channels.add_hook", {"owner": owner, "url": url, "words": words}, idempotency_key)

    def channels_drop_hook(self, *, hook: int, idempotency_key: str = "") -> Done:
        """It is told no more; what is on its way to it stops. Who may: office or leader or administrator. Scope: `tell:write`."""
        return self._done("channels.drop_hook", {"hook": hook}, idempotency_key)

    def channels_open(self, *, fediverse: bool, owner: int, telegram: str, telegram_language: str, idempotency_key: str = "") -> Done:
        """Say by which ways stories go out from now on; nothing that came out before is sent. Who may: office or leader or administrator. Scope: `tell:write`."""
        return self._done(
            "channels.open",
            {"fediverse": fediverse, "owner": owner, "telegram": telegram, "telegram_language": telegram_language},
            idempotency_key,
        )

    def channels_replay_hook(self, *, hook: int, since: str, idempotency_key: str = "") -> Done:
        """Send once more what was put out since a day, under the same ids: who has it already knows it again. Who may: office or leader or administrator. Scope: `tell:write`."""
        return self._done("channels.replay_hook", {"hook": hook, "since": since}, idempotency_key)

    def channels_settle_unclear(self, *, delivery: int, there: bool, idempotency_key: str = "") -> Done:
        """A person has looked whether it is there: it is noted, or sent again. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("channels.settle_unclear", {"delivery": delivery, "there": there}, idempotency_key)

    def channels_unfollow_account(self, *, followed: int, idempotency_key: str = "") -> Done:
        """The other server is told, and what came from it goes. Who may: office or leader or administrator. Scope: `tell:write`."""
        return self._done("channels.unfollow_account", {"followed": followed}, idempotency_key)

    def conferences_acknowledge(self, *, dispatch: int, idempotency_key: str = "") -> Done:
        """The letter has arrived. Repeating changes nothing. Who may: holder of a pass for conferences.answer; or office or leader or editor or partner. Scope: `plan:write`."""
        return self._done("conferences.acknowledge", {"dispatch": dispatch}, idempotency_key)

    def conferences_add_session(
        self, *, conference: int, ends_at: str, kind: str, starts_at: str, title: TextIn, room: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """Put a plenary or a section into the programme. Two at once in one room are refused. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done(
            "conferences.add_session",
            {"conference": conference, "ends_at": ends_at, "kind": kind, "starts_at": starts_at, "title": title, "room": room},
            idempotency_key,
        )

    def conferences_add_talk(self, *, session: int, title: TextIn, speaker: str | None = None, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done("conferences.add_talk", {"session": session, "title": title, "speaker": speaker}, idempotency_key)

    def conferences_adopt_resolution(self, *, resolution: int, idempotency_key: str = "") -> Done:
        """Close the vote and adopt: quorum and majority by the rules in force on the day. Raises WrongState, NoQuorum, NotCarried. Who may: office or leader. Scope: `plan:write`."""
        return self._done("conferences.adopt_resolution", {"resolution": resolution}, idempotency_key)

    def conferences_amend(self, *, proposal: int, text: TextIn, version: int, idempotency_key: str = "") -> Done:
        """Change a proposal. `version` is the one that the author saw; a newer one is not overwritten, the conflict is told. Who may: anybody who is signed in. Scope: `plan:write`."""
        return self._done("conferences.amend", {"proposal": proposal, "text": text, "version": version}, idempotency_key)

    def conferences_annex_minority_statement(self, *, resolution: int, text: TextIn, idempotency_key: str = "") -> Done:
        """Annex the statement of those who voted against, where they are at least the share that the rule sets. Who may: office or leader. Scope: `plan:write`."""
        return self._done("conferences.annex_minority_statement", {"resolution": resolution, "text": text}, idempotency_key)

    def conferences_announce(
        self,
        *,
        ends_on: str,
        owner: int,
        starts_on: str,
        title: TextIn,
        place: int | None = None,
        registration_open: bool | None = None,
        summary: Any = None,
        venue: Any = None,
        visibility: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done(
            "conferences.announce",
            {
                "ends_on": ends_on,
                "owner": owner,
                "starts_on": starts_on,
                "title": title,
                "place": place,
                "registration_open": registration_open,
                "summary": summary,
                "venue": venue,
                "visibility": visibility,
            },
            idempotency_key,
        )

    def conferences_answer(
        self, *, answers: list[ActionsAnswer], dispatch: int, language: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """Answer one or several recommendations; a refusal needs its reason, a deed its evidence. All faults are told at once. Who may: holder of a pass for conferences.answer; or office or leader or editor or partner. Scope: `plan:write`."""
        return self._done("conferences.answer", {"answers": answers, "dispatch": dispatch, "language": language}, idempotency_key)

    def conferences_answer_follow_up(
        self, *, dispatch: int, said: list[ActionsSaid], language: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """Say how far it is. What is done is done for good; what was stopped says why; what is under way needs a word. All faults at once. Who may: holder of a pass for conferences.answer; or office or leader or editor or partner. Scope: `plan:write`."""
        return self._done("conferences.answer_follow_up", {"dispatch": dispatch, "said": said, "language": language}, idempotency_key)

    def conferences_ask_follow_up(self, *, resolution: int, idempotency_key: str = "") -> Done:
        """Begin the next round: each body that accepted something and has not carried it out gets one letter with its link. Who may: Tertia itself; or office or leader. Scope: `plan:write`."""
        return self._done("conferences.ask_follow_up", {"resolution": resolution}, idempotency_key)

    def conferences_ask_review(self, *, paper: int, reviewer: int, idempotency_key: str = "") -> Done:
        """Ask somebody who is none of the authors. The letter names the paper, not its authors. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done("conferences.ask_review", {"paper": paper, "reviewer": reviewer}, idempotency_key)

    def conferences_call_for_papers(self, *, conference: int, until: str | None, words: TextIn, idempotency_key: str = "") -> Done:
        """Open the call until a day (in), or close it: without a day nothing can be sent. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done("conferences.call_for_papers", {"conference": conference, "until": until, "words": words}, idempotency_key)

    def conferences_carry_on(self, *, recommendations: list[int], resolution: int, idempotency_key: str = "") -> Done:
        """Take recommendations of earlier adopted resolutions into a draft. Each keeps its words and its lead-in, and is joined with the old one. Who may: office or leader. Scope: `plan:write`."""
        return self._done("conferences.carry_on", {"recommendations": recommendations, "resolution": resolution}, idempotency_key)

    def conferences_change_paper(
        self,
        *,
        abstract: TextIn,
        authors: list[ActionsBy],
        paper: int,
        title: TextIn,
        section: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """While the call is open and nobody reviews it yet. Who may: the person concerned. Scope: `plan:write`."""
        return self._done(
            "conferences.change_paper",
            {"abstract": abstract, "authors": authors, "paper": paper, "title": title, "section": section},
            idempotency_key,
        )

    def conferences_decide_paper(
        self, *, accept: bool, paper: int, words: TextIn, section: int | None = None, idempotency_key: str = ""
    ) -> Done:
        """Accept or decline. An accepted paper becomes a topic of its section. Without a single review the decision needs words. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done(
            "conferences.decide_paper", {"accept": accept, "paper": paper, "words": words, "section": section}, idempotency_key
        )

    def conferences_draft_resolution(self, *, conference: int, title: TextIn, idempotency_key: str = "") -> Done:
        """Begin the draft of a conference's resolution; the proposals of its sections are gathered into it. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done("conferences.draft_resolution", {"conference": conference, "title": title}, idempotency_key)

    def conferences_expand_addressee(
        self,
        *,
        addressee: int,
        bodies: list[int],
        groups: list[int] | None = None,
        is_class: bool | None = None,
        printed: TextIn | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Say which named bodies an addressee stands for. Each then owes answers on the groups addressed to it, once it is sent. Who may: office or leader or editor; or Tertia itself. Scope: `plan:write`."""
        return self._done(
            "conferences.expand_addressee",
            {"addressee": addressee, "bodies": bodies, "groups": groups, "is_class": is_class, "printed": printed},
            idempotency_key,
        )

    def conferences_gather(
        self, *, proposals: list[int], resolution: int, group: int | None = None, lead_in: TextIn | None = None, idempotency_key: str = ""
    ) -> Done:
        """Take proposals of sections into a draft resolution, in the given order, as one group under a lead-in. Who may: office or leader. Scope: `plan:write`."""
        return self._done(
            "conferences.gather", {"proposals": proposals, "resolution": resolution, "group": group, "lead_in": lead_in}, idempotency_key
        )

    def conferences_give_dois(self, *, conference: int, prefix: str, idempotency_key: str = "") -> Done:
        """Give each accepted paper that has none a DOI under the university's prefix; a DOI once given stays. Who may: office or leader. Scope: `plan:write`."""
        return self._done("conferences.give_dois", {"conference": conference, "prefix": prefix}, idempotency_key)

    def conferences_name_addressee(
        self, *, groups: list[int], printed: TextIn, resolution: int, is_class: bool | None = None, idempotency_key: str = ""
    ) -> Done:
        """Add an addressee and say which groups of recommendations are addressed to it. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done(
            "conferences.name_addressee",
            {"groups": groups, "printed": printed, "resolution": resolution, "is_class": is_class},
            idempotency_key,
        )

    def conferences_open_vote(self, *, resolution: int, idempotency_key: str = "") -> Done:
        """Open the vote. From now on the text of the draft stands still. Who may: office or leader. Scope: `plan:write`."""
        return self._done("conferences.open_vote", {"resolution": resolution}, idempotency_key)

    def conferences_propose(self, *, session: int, text: TextIn, idempotency_key: str = "") -> Done:
        """Propose a recommendation in a section. Who may: anybody who is signed in. Scope: `plan:write`."""
        return self._done("conferences.propose", {"session": session, "text": text}, idempotency_key)

    def conferences_record_past_sending(self, *, dispatch: int, idempotency_key: str = "") -> Done:
        """Note that a body was sent the text on a day that is not recorded: answers are owed, no days are counted. Who may: office or leader or editor; or Tertia itself. Scope: `plan:write`."""
        return self._done("conferences.record_past_sending", {"dispatch": dispatch}, idempotency_key)

    def conferences_refuse_review(self, *, review: int, idempotency_key: str = "") -> Done:
        """Who may: the person concerned. Scope: `plan:write`."""
        return self._done("conferences.refuse_review", {"review": review}, idempotency_key)

    def conferences_register(
        self, *, conference: int, person: int, section: int | None = None, voter: bool | None = None, idempotency_key: str = ""
    ) -> Done:
        """Register for a conference, or for its waiting list where it is full. People register themselves; the office may on somebody's word. Who may: anybody who is signed in; or Tertia itself. Scope: `plan:write`."""
        return self._done(
            "conferences.register", {"conference": conference, "person": person, "section": section, "voter": voter}, idempotency_key
        )

    def conferences_remind(self, *, dispatch: int, idempotency_key: str = "") -> Done:
        """Ask again. The reminder is dated, counted and public; it goes out at most once a day. A link that no longer works is renewed. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done("conferences.remind", {"dispatch": dispatch}, idempotency_key)

    def conferences_review_paper(self, *, mark: int, note: str, review: int, words: str, idempotency_key: str = "") -> Done:
        """Mark from -2 to 2 with words for the authors; may be changed until it is decided. A word that tells the reviewer's name is refused. Who may: the person concerned. Scope: `plan:write`."""
        return self._done("conferences.review_paper", {"mark": mark, "note": note, "review": review, "words": words}, idempotency_key)

    def conferences_revoke_link(self, *, dispatch: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader. Scope: `plan:write`."""
        return self._done("conferences.revoke_link", {"dispatch": dispatch}, idempotency_key)

    def conferences_send_paper(
        self,
        *,
        abstract: TextIn,
        authors: list[ActionsBy],
        conference: int,
        title: TextIn,
        section: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Send a paper in while the call is open. Raises BadInput, also where title or abstract tell who wrote it. Who may: anybody who is signed in. Scope: `plan:write`."""
        return self._done(
            "conferences.send_paper",
            {"abstract": abstract, "authors": authors, "conference": conference, "title": title, "section": section},
            idempotency_key,
        )

    def conferences_send_resolution(self, *, dispatch: int, due_on: str | None = None, idempotency_key: str = "") -> Done:
        """Send the resolution to one body: a PDF letter in its language with a link to answer each recommendation without an account. Who may: office or leader. Scope: `plan:write`."""
        return self._done("conferences.send_resolution", {"dispatch": dispatch, "due_on": due_on}, idempotency_key)

    def conferences_send_to_all(self, *, resolution: int, idempotency_key: str = "") -> Done:
        """Put a letter to every named body that has none into the queue: hundreds of letters are made by the worker, each in its body's language. Who may: office or leader. Scope: `plan:write`."""
        return self._done("conferences.send_to_all", {"resolution": resolution}, idempotency_key)

    def conferences_set_places(self, *, conference: int, places: int | None, idempotency_key: str = "") -> Done:
        """How many may come. More places let in those who wait; fewer send nobody home. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done("conferences.set_places", {"conference": conference, "places": places}, idempotency_key)

    def conferences_take_stance(self, *, kind: str, proposal: int, reason: str | None = None, idempotency_key: str = "") -> Done:
        """Support a proposal or object to it; the later word replaces the earlier one. Who may: anybody who is signed in. Scope: `plan:write`."""
        return self._done("conferences.take_stance", {"kind": kind, "proposal": proposal, "reason": reason}, idempotency_key)

    def conferences_withdraw_paper(self, *, paper: int, idempotency_key: str = "") -> Done:
        """Who may: the person concerned. Scope: `plan:write`."""
        return self._done("conferences.withdraw_paper", {"paper": paper}, idempotency_key)

    def conferences_withdraw_registration(self, *, registration: int, idempotency_key: str = "") -> Done:
        """Whoever does not come gives the place back; whoever waits longest gets it and is told. Who may: the person concerned; or office or leader or editor. Scope: `plan:write`."""
        return self._done("conferences.withdraw_registration", {"registration": registration}, idempotency_key)

    def conferences_write_version(
        self,
        *,
        language: str,
        recommendation: int,
        text: str,
        short: str | None = None,
        state: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Add a translation of a recommendation. The original of an adopted one is frozen. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done(
            "conferences.write_version",
            {"language": language, "recommendation": recommendation, "text": text, "short": short, "state": state},
            idempotency_key,
        )

    def councils_add_item(
        self,
        *,
        meeting: int,
        title: TextIn,
        kind: str | None = None,
        minutes: int | None = None,
        source: int | None = None,
        speaker: str | None = None,
        suggestion: int | None = None,
        words: TextIn | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Put something on the agenda. A suggestion is on one agenda only; its proposer sees that it is placed. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.add_item",
            {
                "meeting": meeting,
                "title": title,
                "kind": kind,
                "minutes": minutes,
                "source": source,
                "speaker": speaker,
                "suggestion": suggestion,
                "words": words,
            },
            idempotency_key,
        )

    def councils_add_paper(self, *, file_name: str, item: int, taken: FileIn, title: str | None = None, idempotency_key: str = "") -> Done:
        """A paper to an item; whoever is invited reads it on the own page. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.add_paper", {"file_name": file_name, "item": item, "taken": taken, "title": title}, idempotency_key)

    def councils_add_seat(
        self, *, council: int, sector: str, title: TextIn, duty: str | None = None, votes: bool | None = None, idempotency_key: str = ""
    ) -> Done:
        """Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.add_seat", {"council": council, "sector": sector, "title": title, "duty": duty, "votes": votes}, idempotency_key
        )

    def councils_answer_invitation(
        self,
        *,
        answer: str,
        invitation: int,
        deputy_email: str | None = None,
        deputy_name: str | None = None,
        reason: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Come, not come (with a reason), or send a deputy, who gets a link of the own. It may be changed until the meeting is over. Who may: holder of a pass for councils.seat; or the person concerned; or office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.answer_invitation",
            {"answer": answer, "invitation": invitation, "deputy_email": deputy_email, "deputy_name": deputy_name, "reason": reason},
            idempotency_key,
        )

    def councils_answer_suggestion(self, *, answer: TextIn, state: str, suggestion: int, idempotency_key: str = "") -> Done:
        """Decline it before a meeting, or say what the meeting made of it: adopted, partly, refused. Each with a reason. The proposer is told. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.answer_suggestion", {"answer": answer, "state": state, "suggestion": suggestion}, idempotency_key)

    def councils_approve_minutes(
        self,
        *,
        approved_by: str,
        meeting: int,
        at: int | None = None,
        public: bool | None = None,
        reason: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """The minutes as they are now are approved, by a later meeting (`at`) or by whoever may; from now on they stand. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.approve_minutes",
            {"approved_by": approved_by, "meeting": meeting, "at": at, "public": public, "reason": reason},
            idempotency_key,
        )

    def councils_arrive(
        self, *, invitation: int, at: str | None = None, how: str | None = None, mode: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """Somebody is there for this seat. Twice changes nothing but the mode; whoever left comes back. Who may: holder of a pass for councils.seat; or the person concerned; or office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.arrive", {"invitation": invitation, "at": at, "how": how, "mode": mode}, idempotency_key)

    def councils_ask_to_speak(self, *, invitation: int, item: int, idempotency_key: str = "") -> Done:
        """Onto the list of speakers, once until one has spoken. Who may: holder of a pass for councils.seat; or the person concerned; or office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.ask_to_speak", {"invitation": invitation, "item": item}, idempotency_key)

    def councils_begin_item(self, *, item: int, idempotency_key: str = "") -> Done:
        """The item is dealt with from now on; the one before is closed, unless a vote on it is open. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.begin_item", {"item": item}, idempotency_key)

    def councils_call_meeting(self, *, meeting: int, idempotency_key: str = "") -> Done:
        """Invite everybody who holds a seat on the day, and the guests: a letter each with the agenda, the own link and a calendar entry. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.call_meeting", {"meeting": meeting}, idempotency_key)

    def councils_call_off(self, *, meeting: int, reason: str, idempotency_key: str = "") -> Done:
        """The meeting is not held. Whoever was invited is told; calendar programs take it out; suggestions wait for the next one. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.call_off", {"meeting": meeting, "reason": reason}, idempotency_key)

    def councils_change_item(
        self, *, item: int, minutes: int, speaker: str, title: TextIn, words: TextIn, idempotency_key: str = ""
    ) -> Done:
        """Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.change_item", {"item": item, "minutes": minutes, "speaker": speaker, "title": title, "words": words}, idempotency_key
        )

    def councils_close_meeting(self, *, meeting: int, idempotency_key: str = "") -> Done:
        """It is over: whoever is still there leaves now, what was not dealt with is postponed. Raises BadInput while a vote is open. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.close_meeting", {"meeting": meeting}, idempotency_key)

    def councils_close_seat(self, *, seat: int, idempotency_key: str = "") -> Done:
        """The seat is no more; whoever holds it leaves on the same day. What it did stays. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.close_seat", {"seat": seat}, idempotency_key)

    def councils_close_vote(self, *, motion: int, idempotency_key: str = "") -> Done:
        """Count, look at the quorum, and freeze the numbers with what follows from them. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.close_vote", {"motion": motion}, idempotency_key)

    def councils_correct_minutes(self, *, meeting: int, reason: str, idempotency_key: str = "") -> Done:
        """Open approved minutes again: what was approved stays readable as it was, and a new version waits for approval. Raises BadInput without a reason. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.correct_minutes", {"meeting": meeting, "reason": reason}, idempotency_key)

    def councils_count_by_hand(self, *, abstained: int, against: int, motion: int, votes_for: int, idempotency_key: str = "") -> Done:
        """Hands or papers in the room, counted by the secretary, beside the votes by link. Together they are no more than the seats that may vote. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.count_by_hand",
            {"abstained": abstained, "against": against, "motion": motion, "votes_for": votes_for},
            idempotency_key,
        )

    def councils_decide(
        self,
        *,
        item: int,
        text: TextIn,
        at_once: bool | None = None,
        body: int | None = None,
        due_on: str | None = None,
        motion: int | None = None,
        proof: TextIn | None = None,
        public: bool | None = None,
        responsible: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Write a decision down under its item. What is to be done has somebody who does it, a date, and by what one sees that it is done. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.decide",
            {
                "item": item,
                "text": text,
                "at_once": at_once,
                "body": body,
                "due_on": due_on,
                "motion": motion,
                "proof": proof,
                "public": public,
                "responsible": responsible,
            },
            idempotency_key,
        )

    def councils_declare_interest(self, *, tenure: int, words: str, item: int | None = None, idempotency_key: str = "") -> Done:
        """A member has an interest in an item, or for good: then the secretary says at each item whether it touches it. Who may: office or leader or editor; or the person concerned; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.declare_interest", {"tenure": tenure, "words": words, "item": item}, idempotency_key)

    def councils_declare_interest_here(self, *, invitation: int, item: int, words: str, idempotency_key: str = "") -> Done:
        """The same by the member's own link, at a meeting. Who may: holder of a pass for councils.seat; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.declare_interest_here", {"invitation": invitation, "item": item, "words": words}, idempotency_key)

    def councils_dissolve(self, *, council: int, idempotency_key: str = "") -> Done:
        """The council is no more: its tenures end. Its meetings and decisions stay. Who may: office or leader. Scope: `plan:write`."""
        return self._done("councils.dissolve", {"council": council}, idempotency_key)

    def councils_drop_item(self, *, item: int, idempotency_key: str = "") -> Done:
        """Off the agenda, before the meeting; its suggestion waits again. What a meeting has dealt with stays. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.drop_item", {"item": item}, idempotency_key)

    def councils_drop_vote(self, *, motion: int, idempotency_key: str = "") -> Done:
        """It is taken back before it is closed: what was cast counts for nothing. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.drop_vote", {"motion": motion}, idempotency_key)

    def councils_end_item(self, *, item: int, postponed: bool | None = None, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.end_item", {"item": item, "postponed": postponed}, idempotency_key)

    def councils_end_tenure(self, *, tenure: int, why: str | None = None, idempotency_key: str = "") -> Done:
        """Somebody leaves a seat; the day is the last one. Raises BadInput for a day before the first. Who may: office or leader or editor; or the person concerned; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.end_tenure", {"tenure": tenure, "why": why}, idempotency_key)

    def councils_fill_seat(
        self,
        *,
        name: str,
        seat: int,
        starts_on: str,
        deputy_email: str | None = None,
        deputy_name: str | None = None,
        email: str | None = None,
        ends_on: str | None = None,
        language: str | None = None,
        organisation: int | None = None,
        person: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Somebody takes a seat. Two never hold it on the same day. Raises BadInput. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.fill_seat",
            {
                "name": name,
                "seat": seat,
                "starts_on": starts_on,
                "deputy_email": deputy_email,
                "deputy_name": deputy_name,
                "email": email,
                "ends_on": ends_on,
                "language": language,
                "organisation": organisation,
                "person": person,
            },
            idempotency_key,
        )

    def councils_found(
        self,
        *,
        form: str,
        on: str,
        owner: int,
        title: TextIn,
        above: int | None = None,
        group: str | None = None,
        public: bool | None = None,
        secretary: int | None = None,
        summary: TextIn | None = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Set up a council of a declared kind; it begins with the order of its kind. `secretary` keeps it beside the office. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done(
            "councils.found",
            {
                "form": form,
                "on": on,
                "owner": owner,
                "title": title,
                "above": above,
                "group": group,
                "public": public,
                "secretary": secretary,
                "summary": summary,
                "unit": unit,
            },
            idempotency_key,
        )

    def councils_give_floor(self, *, speaker: int, ends: bool | None = None, idempotency_key: str = "") -> Done:
        """The floor goes to a speaker, and so ends whoever had it; or the speaker has ended. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.give_floor", {"speaker": speaker, "ends": ends}, idempotency_key)

    def councils_invite_guest(
        self,
        *,
        meeting: int,
        name: str,
        sector: str,
        email: str | None = None,
        language: str | None = None,
        organisation: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Somebody without a seat: heard, without a vote. After the call the letter goes at once. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.invite_guest",
            {"meeting": meeting, "name": name, "sector": sector, "email": email, "language": language, "organisation": organisation},
            idempotency_key,
        )

    def councils_leave(self, *, invitation: int, at: str | None = None, idempotency_key: str = "") -> Done:
        """The seat is empty from now on. Votes cast before stand; none is cast after. Raises WrongState where nobody was there. Who may: holder of a pass for councils.seat; or the person concerned; or office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.leave", {"invitation": invitation, "at": at}, idempotency_key)

    def councils_link_change(self, *, decision: int, record: int, idempotency_key: str = "") -> Done:
        """Say which programme or course was changed because of it; the page shows what its outcomes said before and say now. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.link_change", {"decision": decision, "record": record}, idempotency_key)

    def councils_move_item(self, *, item: int, up: bool, idempotency_key: str = "") -> Done:
        """One place up or down; the first does not go up. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.move_item", {"item": item, "up": up}, idempotency_key)

    def councils_move_meeting(
        self,
        *,
        ends_at: str,
        meeting: int,
        starts_at: str,
        anyway: bool | None = None,
        online: str | None = None,
        where: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Another time or place. Whoever was invited is told, and calendar programs follow; an answer given before stands until it is changed. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.move_meeting",
            {"ends_at": ends_at, "meeting": meeting, "starts_at": starts_at, "anyway": anyway, "online": online, "where": where},
            idempotency_key,
        )

    def councils_name_deputy(self, *, email: str, name: str, tenure: int, idempotency_key: str = "") -> Done:
        """Who comes instead where the member cannot. Who may: office or leader or editor; or the person concerned; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.name_deputy", {"email": email, "name": name, "tenure": tenure}, idempotency_key)

    def councils_note(self, *, heard: TextIn, item: int, idempotency_key: str = "") -> Done:
        """What was said, as the minutes will have it; until the minutes are approved. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.note", {"heard": heard, "item": item}, idempotency_key)

    def councils_open_meeting(self, *, chair_name: str, meeting: int, idempotency_key: str = "") -> Done:
        """It begins, whether or not a quorum is there: each vote has its own. What has fallen due since the call comes onto the agenda. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.open_meeting", {"chair_name": chair_name, "meeting": meeting}, idempotency_key)

    def councils_open_vote(self, *, item: int, text: TextIn, form: str | None = None, idempotency_key: str = "") -> Done:
        """Put something to the vote: open, secret, or by roll call. Of one item one vote is open at a time. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.open_vote", {"item": item, "text": text, "form": form}, idempotency_key)

    def councils_plan_meeting(
        self,
        *,
        council: int,
        ends_at: str,
        starts_at: str,
        anyway: bool | None = None,
        online: str | None = None,
        title: TextIn | None = None,
        where: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Prepare a meeting. Minutes that wait for approval and decisions that are not done stand on its agenda by themselves. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.plan_meeting",
            {
                "council": council,
                "ends_at": ends_at,
                "starts_at": starts_at,
                "anyway": anyway,
                "online": online,
                "title": title,
                "where": where,
            },
            idempotency_key,
        )

    def councils_remind(self, *, meeting: int, idempotency_key: str = "") -> Done:
        """Ask again those who have not answered, once a day. Returns how many. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.remind", {"meeting": meeting}, idempotency_key)

    def councils_report_done(self, *, decision: int, words: TextIn, idempotency_key: str = "") -> Done:
        """Whoever was to do it says that it is done and what shows it; the next meeting looks at it and may open it again. Who may: office or leader or editor; or the person concerned; or the person concerned; or office or leader or partner. Scope: `plan:write`."""
        return self._done("councils.report_done", {"decision": decision, "words": words}, idempotency_key)

    def councils_review(self, *, outcome: str, review: int, words: TextIn, due_on: str | None = None, idempotency_key: str = "") -> Done:
        """A later meeting looks at a decision: done, goes on, with a new date, or dropped with a reason. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.review", {"outcome": outcome, "review": review, "words": words, "due_on": due_on}, idempotency_key)

    def councils_send_extracts(self, *, meeting: int, idempotency_key: str = "") -> Done:
        """Everybody who has something to do gets an extract: what was decided, by when, by what it is seen. Once. Returns how many letters. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.send_extracts", {"meeting": meeting}, idempotency_key)

    def councils_set_order(
        self,
        *,
        council: int,
        majority: str,
        quorum: str,
        quorum_strict: bool,
        source: str,
        valid_from: str,
        casting_vote: bool | None = None,
        composition: dict[str, list[int]] | None = None,
        majority_of: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """What the council works by from a day on; what was in force before stays for the meetings of that time. Who may: office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done(
            "councils.set_order",
            {
                "council": council,
                "majority": majority,
                "quorum": quorum,
                "quorum_strict": quorum_strict,
                "source": source,
                "valid_from": valid_from,
                "casting_vote": casting_vote,
                "composition": composition,
                "majority_of": majority_of,
            },
            idempotency_key,
        )

    def councils_suggest(
        self,
        *,
        council: int,
        title: TextIn,
        words: TextIn,
        email: str | None = None,
        invitation: int | None = None,
        name: str | None = None,
        organisation: int | None = None,
        sector: str | None = None,
        source: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Suggest something for the agenda; the secretary is told, and owes an answer with reasons. `invitation`: by a member's own link. Who may: anybody who is signed in; or holder of a pass for councils.seat. Scope: `plan:write`."""
        return self._done(
            "councils.suggest",
            {
                "council": council,
                "title": title,
                "words": words,
                "email": email,
                "invitation": invitation,
                "name": name,
                "organisation": organisation,
                "sector": sector,
                "source": source,
            },
            idempotency_key,
        )

    def councils_take_rolls(
        self,
        *,
        calls: dict[str, CouncilsCall],
        council: int,
        names: dict[str, str],
        same: dict[str, str],
        voices: dict[str, list[tuple[str, str]]],
        idempotency_key: str = "",
    ) -> Done:
        """Calls with their voices, wholly or not at all. One whose voices are the same as before is left as it is; one that was corrected is written anew. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done(
            "councils.take_rolls", {"calls": calls, "council": council, "names": names, "same": same, "voices": voices}, idempotency_key
        )

    def councils_vote(self, *, choice: str, invitation: int, motion: int, idempotency_key: str = "") -> Done:
        """An open vote by name, by whoever stands for the seat; at a roll call the secretary may write it down. Until the end it may be changed. Who may: holder of a pass for councils.seat; or the person concerned; or office or leader or editor; or the person concerned. Scope: `plan:write`."""
        return self._done("councils.vote", {"choice": choice, "invitation": invitation, "motion": motion}, idempotency_key)

    def country_answer(self, *, owed: int, words: TextIn, idempotency_key: str = "") -> Done:
        """Who may: office or leader or administrator or editor. Scope: `measure:write`."""
        return self._done("country.answer", {"owed": owed, "words": words}, idempotency_key)

    def country_ask(self, *, indicator: str, keeper: int, organisation: int, period: str, words: TextIn, idempotency_key: str = "") -> Done:
        """Ask a university about one figure; it owes the answer by a date, and both stand in public beside the figure. Who may: office or leader or analyst or administrator. Scope: `measure:write`."""
        return self._done(
            "country.ask",
            {"indicator": indicator, "keeper": keeper, "organisation": organisation, "period": period, "words": words},
            idempotency_key,
        )

    def country_expect(self, *, keeper: int, organisations: list[int], since: str, idempotency_key: str = "") -> Done:
        """Put universities on the list of those that hand in. Returns how many are new. Who may: office or leader or analyst or administrator. Scope: `measure:write`."""
        return self._done("country.expect", {"keeper": keeper, "organisations": organisations, "since": since}, idempotency_key)

    def country_receive(self, *, keeper: int, received: CountryReceived, idempotency_key: str = "") -> Done:
        """Keep what came in with what the check found. Accepted figures take the place of the earlier version's; refused ones change nothing. Who may: office or leader or administrator; or office or leader or analyst or administrator. Scope: `measure:write`."""
        return self._done("country.receive", {"keeper": keeper, "received": received}, idempotency_key)

    def dialogue_admit(self, *, statement: int, idempotency_key: str = "") -> Done:
        """Publish a statement that waited: from now on it is asked. Its author is told. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("dialogue.admit", {"statement": statement}, idempotency_key)

    def dialogue_answer(self, *, owed: int, state: str, words: TextIn, idempotency_key: str = "") -> Done:
        """The body answers the conversation as a whole; whoever made a statement reads it. Who may: office or leader or editor or partner; or office or leader. Scope: `listen:write`."""
        return self._done("dialogue.answer", {"owed": owed, "state": state, "words": words}, idempotency_key)

    def dialogue_ask_for_answer(self, *, conversation: int, party: int, due_on: str | None = None, idempotency_key: str = "") -> Done:
        """Name the body that owes an answer to what people said. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("dialogue.ask_for_answer", {"conversation": conversation, "party": party, "due_on": due_on}, idempotency_key)

    def dialogue_begin(
        self,
        *,
        ends_on: str,
        owner: int,
        summary: TextIn,
        title: TextIn,
        discusses: int | None = None,
        identity: bool | None = None,
        may_say: bool | None = None,
        place: int | None = None,
        read_first: bool | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A question with a last day; it is a draft until it is opened. It `discusses` a need or a recommendation. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done(
            "dialogue.begin",
            {
                "ends_on": ends_on,
                "owner": owner,
                "summary": summary,
                "title": title,
                "discusses": discusses,
                "identity": identity,
                "may_say": may_say,
                "place": place,
                "read_first": read_first,
            },
            idempotency_key,
        )

    def dialogue_change(
        self,
        *,
        conversation: int,
        ends_on: str | None = None,
        identity: bool | None = None,
        summary: Any = None,
        title: Any = None,
        idempotency_key: str = "",
    ) -> Done:
        """Title, summary, last day; whether guests vote only before anybody has. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done(
            "dialogue.change",
            {"conversation": conversation, "ends_on": ends_on, "identity": identity, "summary": summary, "title": title},
            idempotency_key,
        )

    def dialogue_close(self, *, conversation: int, idempotency_key: str = "") -> Done:
        """End the voting; the last picture is drawn. Waiting statements stay to be answered by the office. Who may: office or leader or editor; or Tertia itself. Scope: `listen:write`."""
        return self._done("dialogue.close", {"conversation": conversation}, idempotency_key)

    def dialogue_decline(self, *, rule: str, statement: int, words: TextIn, idempotency_key: str = "") -> Done:
        """Do not show a statement, by a published rule and with reasons. One that people have voted on keeps its votes, unshown. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("dialogue.decline", {"rule": rule, "statement": statement, "words": words}, idempotency_key)

    def dialogue_join_statements(self, *, statement: int, to: int, idempotency_key: str = "") -> Done:
        """Both say the same: one is asked no more and points at the other. Its votes stay with its own words and are not added. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("dialogue.join_statements", {"statement": statement, "to": to}, idempotency_key)

    def dialogue_open(self, *, conversation: int, ends_on: str | None = None, idempotency_key: str = "") -> Done:
        """Open to the public. It needs statements to begin with: an empty card asks nobody anything. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("dialogue.open", {"conversation": conversation, "ends_on": ends_on}, idempotency_key)

    def dialogue_say_anew(self, *, statement: int, texts: list[TextIn], idempotency_key: str = "") -> Done:
        """One text: it is said in other words; several: it is divided. The old one is asked no more and keeps its votes; the new begin without. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("dialogue.say_anew", {"statement": statement, "texts": texts}, idempotency_key)

    def dialogue_seed(self, *, conversation: int, texts: list[TextIn], idempotency_key: str = "") -> Done:
        """Statements of the hosts, to begin with. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("dialogue.seed", {"conversation": conversation, "texts": texts}, idempotency_key)

    def dialogue_set_aside(self, *, conversation: int, sign: str, voices: list[int], idempotency_key: str = "") -> Done:
        """These voices are not counted any more, because of a sign of stuffing. Nothing is deleted; `count_again` takes it back. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("dialogue.set_aside", {"conversation": conversation, "sign": sign, "voices": voices}, idempotency_key)

    def dialogue_take_back(self, *, conversation: int, sign: str, idempotency_key: str = "") -> Done:
        """Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("dialogue.take_back", {"conversation": conversation, "sign": sign}, idempotency_key)

    def dialogue_tell_outcome(
        self, *, became: str, statement: int, words: TextIn, record: int | None = None, idempotency_key: str = ""
    ) -> Done:
        """Say what became of a statement, with the record that came of it where there is one; its author is told. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done(
            "dialogue.tell_outcome", {"became": became, "statement": statement, "words": words, "record": record}, idempotency_key
        )

    def dialogue_translate(self, *, language: str, statement: int, text: str, idempotency_key: str = "") -> Done:
        """Write a statement in another language. Its own words are not changed so: that is saying it anew. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("dialogue.translate", {"language": language, "statement": statement, "text": text}, idempotency_key)

    def faculty_add_training(
        self, *, ended_on: str, held_by: str, hours: float | str, organisation: int, title: TextIn, idempotency_key: str = ""
    ) -> Done:
        """Who may: office or leader. Scope: `plan:write`."""
        return self._done(
            "faculty.add_training",
            {"ended_on": ended_on, "held_by": held_by, "hours": hours, "organisation": organisation, "title": title},
            idempotency_key,
        )

    def faculty_agree(self, *, assignment: int, reason: str | None = None, idempotency_key: str = "") -> Done:
        """Agree to what the other side offered: the lines stand from now on, and what stood before is kept as the version before. Who may: the side of the assignment whose turn it is. Scope: `plan:write`."""
        return self._done("faculty.agree", {"assignment": assignment, "reason": reason}, idempotency_key)

    def faculty_approve_profile(self, *, profile: int, source: str, idempotency_key: str = "") -> Done:
        """Put the profile in force as it stands. `source`: the paper by which it was approved. Raises WrongState where nothing changed. Who may: office or leader. Scope: `plan:write`."""
        return self._done("faculty.approve_profile", {"profile": profile, "source": source}, idempotency_key)

    def faculty_begin_assignment(self, *, organisation: int, person: int, post: int | None, year: str, idempotency_key: str = "") -> Done:
        """Begin the draft of a year; whoever begins it writes it first, and the other side sees it when it is offered. Who may: the person, or the head of the unit. Scope: `plan:write`."""
        return self._done(
            "faculty.begin_assignment", {"organisation": organisation, "person": person, "post": post, "year": year}, idempotency_key
        )

    def faculty_begin_review(
        self, *, due_on: str, owner: int, title: TextIn, source: int | None = None, summary: TextIn | None = None, idempotency_key: str = ""
    ) -> Done:
        """Every profile in force or being written comes on the list; of a faculty's own profile its dean is asked, else whoever began it. Who may: office or leader. Scope: `plan:write`."""
        return self._done(
            "faculty.begin_review",
            {"due_on": due_on, "owner": owner, "title": title, "source": source, "summary": summary},
            idempotency_key,
        )

    def faculty_change_profile(
        self, *, profile: int, qualification: TextIn, summary: TextIn, title: TextIn, idempotency_key: str = ""
    ) -> Done:
        """Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done(
            "faculty.change_profile",
            {"profile": profile, "qualification": qualification, "summary": summary, "title": title},
            idempotency_key,
        )

    def faculty_close_review(self, *, review: int, idempotency_key: str = "") -> Done:
        """Finish it when every profile was looked through. Who may: office or leader. Scope: `plan:write`."""
        return self._done("faculty.close_review", {"review": review}, idempotency_key)

    def faculty_confirm_trained(self, *, part: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader. Scope: `plan:write`."""
        return self._done("faculty.confirm_trained", {"part": part}, idempotency_key)

    def faculty_drop_function(self, *, function: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done("faculty.drop_function", {"function": function}, idempotency_key)

    def faculty_drop_line(self, *, line: int, idempotency_key: str = "") -> Done:
        """Who may: the side of the assignment whose turn it is. Scope: `plan:write`."""
        return self._done("faculty.drop_line", {"line": line}, idempotency_key)

    def faculty_end_post(self, *, post: int, idempotency_key: str = "") -> Done:
        """Who may: administrator or office or leader. Scope: `plan:write`."""
        return self._done("faculty.end_post", {"post": post}, idempotency_key)

    def faculty_fill_post(
        self,
        *,
        organisation: int,
        person: int,
        position: str,
        rate: float | str,
        starts_on: str,
        chair: int | None = None,
        ends_on: str | None = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Somebody of the university works in a position. All posts of one person at one time are at most two full ones. Who may: administrator or office or leader. Scope: `plan:write`."""
        return self._done(
            "faculty.fill_post",
            {
                "organisation": organisation,
                "person": person,
                "position": position,
                "rate": rate,
                "starts_on": starts_on,
                "chair": chair,
                "ends_on": ends_on,
                "unit": unit,
            },
            idempotency_key,
        )

    def faculty_hand_line(self, *, line: int, person: int, review: int, idempotency_key: str = "") -> Done:
        """Somebody else of the university looks at this profile. Who may: office or leader. Scope: `plan:write`."""
        return self._done("faculty.hand_line", {"line": line, "person": person, "review": review}, idempotency_key)

    def faculty_note_trained(self, *, person: int, training: int, paper: str | None = None, idempotency_key: str = "") -> Done:
        """That somebody finished a training. The office's word counts at once, the person's own when the office has confirmed it. Who may: office or leader; or the person concerned. Scope: `plan:write`."""
        return self._done("faculty.note_trained", {"person": person, "training": training, "paper": paper}, idempotency_key)

    def faculty_offer(self, *, assignment: int, idempotency_key: str = "") -> Done:
        """Show the draft to the other side, which agrees or writes its own. What leaves the norms needs a reason. Who may: the side of the assignment whose turn it is. Scope: `plan:write`."""
        return self._done("faculty.offer", {"assignment": assignment}, idempotency_key)

    def faculty_place(self, *, assignment: int, function: str, record: int, idempotency_key: str = "") -> Done:
        """Count a record under a function that is planned, whatever its kind shows; an empty function takes that back. Who may: the person concerned. Scope: `plan:write`."""
        return self._done("faculty.place", {"assignment": assignment, "function": function, "record": record}, idempotency_key)

    def faculty_put_function(self, *, function: str, profile: int, words: TextIn, idempotency_key: str = "") -> Done:
        """Write a function into the profile, or change what it means there. The words say what whoever holds the position does. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done("faculty.put_function", {"function": function, "profile": profile, "words": words}, idempotency_key)

    def faculty_put_line(
        self,
        *,
        assignment: int,
        function: str,
        hours: float | str | None,
        what: str,
        by_on: str | None = None,
        measure: int | None = None,
        times: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Write what is to be done of a function. Without hours they follow from the pieces by the norm in force when the year began. Who may: the side of the assignment whose turn it is. Scope: `plan:write`."""
        return self._done(
            "faculty.put_line",
            {
                "assignment": assignment,
                "function": function,
                "hours": hours,
                "what": what,
                "by_on": by_on,
                "measure": measure,
                "times": times,
            },
            idempotency_key,
        )

    def faculty_recognise(
        self,
        *,
        decided_on: str,
        kind: str,
        organisation: int,
        person: int,
        source: str,
        records: list[int] | None = None,
        words: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Write down a decision of personnel. `records`: ids of the person's own confirmed work on which it rests; none: it did not count. Who may: administrator or office or leader. Scope: `plan:write`."""
        return self._done(
            "faculty.recognise",
            {
                "decided_on": decided_on,
                "kind": kind,
                "organisation": organisation,
                "person": person,
                "source": source,
                "records": records,
                "words": words,
            },
            idempotency_key,
        )

    def faculty_reopen(self, *, assignment: int, reason: str, idempotency_key: str = "") -> Done:
        """Either side opens an agreed assignment again, with a reason; what was agreed counts until both have agreed anew. Who may: either side of the assignment. Scope: `plan:write`."""
        return self._done("faculty.reopen", {"assignment": assignment, "reason": reason}, idempotency_key)

    def faculty_retire_profile(self, *, profile: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader. Scope: `plan:write`."""
        return self._done("faculty.retire_profile", {"profile": profile}, idempotency_key)

    def faculty_review_line(self, *, line: int, outcome: str, reason: str, review: int, idempotency_key: str = "") -> Done:
        """Say what was found. A profile that stays needs a reason; one that changed has to differ from what was in force before. Who may: office or leader; or the person concerned. Scope: `plan:write`."""
        return self._done("faculty.review_line", {"line": line, "outcome": outcome, "reason": reason, "review": review}, idempotency_key)

    def faculty_set_norm(
        self,
        *,
        function: str,
        organisation: int,
        source: str,
        valid_from: str,
        each: float | str | None = None,
        fewest: float | str | None = None,
        most: float | str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A norm from a day on. What was agreed under the one before stays as it was agreed. Who may: office or leader. Scope: `plan:write`."""
        return self._done(
            "faculty.set_norm",
            {
                "function": function,
                "organisation": organisation,
                "source": source,
                "valid_from": valid_from,
                "each": each,
                "fewest": fewest,
                "most": most,
            },
            idempotency_key,
        )

    def faculty_take_back(self, *, assignment: int, idempotency_key: str = "") -> Done:
        """Whoever offered it takes it back before the other side has answered. Who may: the side of the assignment that waits. Scope: `plan:write`."""
        return self._done("faculty.take_back", {"assignment": assignment}, idempotency_key)

    def faculty_take_up(self, *, assignment: int, idempotency_key: str = "") -> Done:
        """Do not agree, but write into what was offered; it goes back as an offer. Who may: the side of the assignment whose turn it is. Scope: `plan:write`."""
        return self._done("faculty.take_up", {"assignment": assignment}, idempotency_key)

    def faculty_write_assignment(
        self, *, assignment: int, beyond_why: str, other_hours: float | str | None, words: str, idempotency_key: str = ""
    ) -> Done:
        """What stands beside the lines: hours of other work, a word to the other side, why the norms are left. Who may: the side of the assignment whose turn it is. Scope: `plan:write`."""
        return self._done(
            "faculty.write_assignment",
            {"assignment": assignment, "beyond_why": beyond_why, "other_hours": other_hours, "words": words},
            idempotency_key,
        )

    def faculty_write_profile(
        self,
        *,
        owner: int,
        position: str,
        title: TextIn,
        qualification: TextIn | None = None,
        summary: TextIn | None = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A profile for a position, of the whole university or of one faculty. There is one of each at a time. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done(
            "faculty.write_profile",
            {"owner": owner, "position": position, "title": title, "qualification": qualification, "summary": summary, "unit": unit},
            idempotency_key,
        )

    def indicators_choose(
        self, *, catalogue_id: str, owner: int, measures: list[int] | None = None, starts_on: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """Answer for an indicator of the catalogue and say which recommendations or measures it measures. Who may: editor or office or leader or administrator. Scope: `measure:write`."""
        return self._done(
            "indicators.choose",
            {"catalogue_id": catalogue_id, "owner": owner, "measures": measures, "starts_on": starts_on},
            idempotency_key,
        )

    def intake_begin(self, *, run: int, idempotency_key: str = "") -> Done:
        """From now on its right lines are taken in. Raises WrongState unless it was looked through. Who may: office or administrator. Scope: `organisation:write`."""
        return self._done("intake.begin", {"run": run}, idempotency_key)

    def intake_begin_undoing(self, *, run: int, idempotency_key: str = "") -> Done:
        """Take back what a list did, for a month; what somebody has built on stays. Who may: office or administrator. Scope: `organisation:write`."""
        return self._done("intake.begin_undoing", {"run": run}, idempotency_key)

    def intake_undo_batch(self, *, run: int, most: int | None = None, idempotency_key: str = "") -> Done:
        """Take back the last lines that are not taken back yet. When none is left the list is undone. Who may: office or administrator. Scope: `organisation:write`."""
        return self._done("intake.undo_batch", {"run": run, "most": most}, idempotency_key)

    def involvement_invite(
        self,
        *,
        assessment: int,
        name: str,
        language: str | None = None,
        outsider: bool | None = None,
        person: int | None = None,
        speaks_for: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Ask somebody to judge: a person with an account, or anybody by a link without one. Who may: office or leader or editor. Scope: `measure:write`."""
        return self._done(
            "involvement.invite",
            {
                "assessment": assessment,
                "name": name,
                "language": language,
                "outsider": outsider,
                "person": person,
                "speaks_for": speaks_for,
            },
            idempotency_key,
        )

    def involvement_open(self, *, framework: str, owner: int, period: str, idempotency_key: str = "") -> Done:
        """Begin: every cell gets the level that the figures of the period propose, with the figures beside it. Who may: office or leader or editor. Scope: `measure:write`."""
        return self._done("involvement.open", {"framework": framework, "owner": owner, "period": period}, idempotency_key)

    def involvement_publish(self, *, assessment: int, idempotency_key: str = "") -> Done:
        """Close and show it to everybody. A cell that was never decided stays open in it, visibly. Who may: leader or office. Scope: `measure:write`."""
        return self._done("involvement.publish", {"assessment": assessment}, idempotency_key)

    def learning_add_platform(
        self,
        *,
        auth_url: str,
        client_id: str,
        deployments: list[str],
        issuer: str,
        keys_url: str,
        owner: int,
        title: str,
        token_url: str,
        idempotency_key: str = "",
    ) -> Done:
        """Make a platform known. The addresses that this server will call must lead to the open web. Raises BadInput. Who may: administrator. Scope: `act:write`."""
        return self._done(
            "learning.add_platform",
            {
                "auth_url": auth_url,
                "client_id": client_id,
                "deployments": deployments,
                "issuer": issuer,
                "keys_url": keys_url,
                "owner": owner,
                "title": title,
                "token_url": token_url,
            },
            idempotency_key,
        )

    def learning_assess(self, *, levels: dict[str, int], reflection: int, words: str | None = None, idempotency_key: str = "") -> Done:
        """Judge by the rubric. The later judgement takes the place of the one before, which the journal keeps. Who may: editor or office or leader or administrator; or the person concerned. Scope: `act:write`."""
        return self._done("learning.assess", {"levels": levels, "reflection": reflection, "words": words}, idempotency_key)

    def learning_award(self, *, course: int, person: int, idempotency_key: str = "") -> Done:
        """Credits of a course for hours that hosts have signed, after a reflection that was assessed as passed. Who may: editor or office or leader or administrator; or the person concerned. Scope: `act:write`."""
        return self._done("learning.award", {"course": course, "person": person}, idempotency_key)

    def learning_award_scheme(self, *, owner: int, person: int, scheme: str, idempotency_key: str = "") -> Done:
        """Credits of a national scheme for signed hours that no course has used. Who may: office or leader or administrator. Scope: `act:write`."""
        return self._done("learning.award_scheme", {"owner": owner, "person": person, "scheme": scheme}, idempotency_key)

    def learning_connect_user(self, *, platform: int, subject: str, idempotency_key: str = "") -> Done:
        """Whoever signed in says that this user of the platform is himself. Who may: anybody who is signed in. Scope: `act:write`."""
        return self._done("learning.connect_user", {"platform": platform, "subject": subject}, idempotency_key)

    def learning_drop_practitioner(self, *, course: int, session: int, idempotency_key: str = "") -> Done:
        """Take back what was written down wrongly. Who may: editor or office or leader or administrator; or the person concerned. Scope: `act:write`."""
        return self._done("learning.drop_practitioner", {"course": course, "session": session}, idempotency_key)

    def learning_give_feedback(self, *, reflection: int, words: str, host: int | None = None, idempotency_key: str = "") -> Done:
        """A word of the teacher, or of a host with whom the student served for this course. Who may: anybody who is signed in. Scope: `act:write`."""
        return self._done("learning.give_feedback", {"reflection": reflection, "words": words, "host": host}, idempotency_key)

    def learning_hand_in(self, *, reflection: int, idempotency_key: str = "") -> Done:
        """From now on the teacher may read it, and the hosts where the student served for the course. Who may: the person concerned. Scope: `act:write`."""
        return self._done("learning.hand_in", {"reflection": reflection}, idempotency_key)

    def learning_import(self, *, language: str, owner: int, rows: list[LearningStudyRow], idempotency_key: str = "") -> Done:
        """Bring programmes, courses and outcomes in line with a checked list. The same list again changes nothing; nothing is deleted. Who may: office or administrator or leader. Scope: `act:write`."""
        return self._done("learning.import", {"language": language, "owner": owner, "rows": rows}, idempotency_key)

    def learning_issue_badge(
        self, *, owner: int, person: int, course: int | None = None, language: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """A badge of all hours that hosts have signed, or of one course with its credits and outcomes. The same as the last one is not issued again. Who may: the person concerned; or office or leader or editor or administrator. Scope: `act:write`."""
        return self._done(
            "learning.issue_badge", {"owner": owner, "person": person, "course": course, "language": language}, idempotency_key
        )

    def learning_note_practitioner(
        self, *, course: int, held_on: str, hours: float | str, led_by: str, organisation: int, topic: TextIn, idempotency_key: str = ""
    ) -> Done:
        """A session that somebody from outside led; a guest of the own university is none. Who may: editor or office or leader or administrator; or the person concerned. Scope: `act:write`."""
        return self._done(
            "learning.note_practitioner",
            {"course": course, "held_on": held_on, "hours": hours, "led_by": led_by, "organisation": organisation, "topic": topic},
            idempotency_key,
        )

    def learning_retire_platform(self, *, platform: int, idempotency_key: str = "") -> Done:
        """Nothing from this platform is acted upon any more; what it brought stays. Who may: administrator. Scope: `act:write`."""
        return self._done("learning.retire_platform", {"platform": platform}, idempotency_key)

    def learning_revoke_badge(self, *, badge: int, reason: str, idempotency_key: str = "") -> Done:
        """Take a badge back; whoever verifies it with the list of today sees it. Who may: office or leader or administrator. Scope: `act:write`."""
        return self._done("learning.revoke_badge", {"badge": badge, "reason": reason}, idempotency_key)

    def learning_show_course(self, *, course: int, link: int, idempotency_key: str = "") -> Done:
        """Say which course a link of the platform shows. For whoever teaches it. Who may: anybody who is signed in. Scope: `act:write`."""
        return self._done("learning.show_course", {"course": course, "link": link}, idempotency_key)

    def learning_take_back(self, *, award: int, reason: str, idempotency_key: str = "") -> Done:
        """The award no longer counts and its hours are free again; it stays in the history with the reason. Who may: office or leader or administrator. Scope: `act:write`."""
        return self._done("learning.take_back", {"award": award, "reason": reason}, idempotency_key)

    def learning_take_template(self, *, name: str, owner: int, idempotency_key: str = "") -> Done:
        """A ready course with its outcomes in three languages, to be changed as one likes. Taken twice it is one. Who may: office or administrator or leader. Scope: `act:write`."""
        return self._done("learning.take_template", {"name": name, "owner": owner}, idempotency_key)

    def learning_tie(self, *, course: int, opportunity: int, outcomes: list[int], idempotency_key: str = "") -> Done:
        """Say that serving there leads to outcomes of the course; at least one. Who may: editor or office or leader or administrator; or the person concerned. Scope: `act:write`."""
        return self._done("learning.tie", {"course": course, "opportunity": opportunity, "outcomes": outcomes}, idempotency_key)

    def learning_untie(self, *, course: int, tie: int, idempotency_key: str = "") -> Done:
        """Take the tie away. Refused while credits rest on it. Who may: editor or office or leader or administrator; or the person concerned. Scope: `act:write`."""
        return self._done("learning.untie", {"course": course, "tie": tie}, idempotency_key)

    def learning_write_outcome(
        self, *, code: str, course: int, third_mission: bool, words: TextIn, reason: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """A new outcome, or what an outcome says from now on; the difference stays readable. Who may: editor or office or leader or administrator; or the person concerned. Scope: `act:write`."""
        return self._done(
            "learning.write_outcome",
            {"code": code, "course": course, "third_mission": third_mission, "words": words, "reason": reason},
            idempotency_key,
        )

    def learning_write_reflection(self, *, course: int, words: str, idempotency_key: str = "") -> Done:
        """One's own draft. Nobody else can read it, and the journal keeps no trace of it, until it is handed in. Who may: anybody who is signed in. Scope: `act:write`."""
        return self._done("learning.write_reflection", {"course": course, "words": words}, idempotency_key)

    def mentions_add(self, *, outlet: int, piece: MentionsNew, idempotency_key: str = "") -> Done:
        """By hand: whoever writes it down says with it that it is about us. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("mentions.add", {"outlet": outlet, "piece": piece}, idempotency_key)

    def mentions_add_outlet(
        self,
        *,
        owner: int,
        everything: bool | None = None,
        feed: str | None = None,
        kind: str | None = None,
        language: str | None = None,
        name: str | None = None,
        organisation: int | None = None,
        place: int | None = None,
        reach_source: str | None = None,
        website: str | None = None,
        words: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """An outlet to follow; with a feed it is read from the next minute on. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done(
            "mentions.add_outlet",
            {
                "owner": owner,
                "everything": everything,
                "feed": feed,
                "kind": kind,
                "language": language,
                "name": name,
                "organisation": organisation,
                "place": place,
                "reach_source": reach_source,
                "website": website,
                "words": words,
            },
            idempotency_key,
        )

    def mentions_bear_out(self, *, claim: int, source: TextIn, proof: int | None = None, idempotency_key: str = "") -> Done:
        """A person says where the claim is proven: a record that he may see, or a source in words. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("mentions.bear_out", {"claim": claim, "source": source, "proof": proof}, idempotency_key)

    def mentions_change_outlet(
        self,
        *,
        outlet: int,
        everything: bool | None = None,
        feed: str | None = None,
        kind: str | None = None,
        language: str | None = None,
        name: str | None = None,
        organisation: int | None = None,
        place: int | None = None,
        reach_source: str | None = None,
        website: str | None = None,
        words: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A changed feed is read anew at once. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done(
            "mentions.change_outlet",
            {
                "outlet": outlet,
                "everything": everything,
                "feed": feed,
                "kind": kind,
                "language": language,
                "name": name,
                "organisation": organisation,
                "place": place,
                "reach_source": reach_source,
                "website": website,
                "words": words,
            },
            idempotency_key,
        )

    def mentions_drop(self, *, mention: int, idempotency_key: str = "") -> Done:
        """Not about us. It stays on record, so that the feed does not bring it again; reprints of it stand for themselves. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("mentions.drop", {"mention": mention}, idempotency_key)

    def mentions_join_reprint(self, *, mention: int, of: int, idempotency_key: str = "") -> Done:
        """It is counted with another one from now on, and so are its own reprints. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("mentions.join_reprint", {"mention": mention, "of": of}, idempotency_key)

    def mentions_judge(self, *, mention: int, origin: str, tone: str, idempotency_key: str = "") -> Done:
        """A person says it, by name; no machine does. Empty takes it back. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("mentions.judge", {"mention": mention, "origin": origin, "tone": tone}, idempotency_key)

    def mentions_keep(self, *, mention: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("mentions.keep", {"mention": mention}, idempotency_key)

    def mentions_part_reprint(self, *, mention: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("mentions.part_reprint", {"mention": mention}, idempotency_key)

    def mentions_refuse(self, *, mention: int, record: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("mentions.refuse", {"mention": mention, "record": record}, idempotency_key)

    def mentions_tie(self, *, mention: int, record: int, idempotency_key: str = "") -> Done:
        """A person says of what it speaks; a mention that was only found is kept by it. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("mentions.tie", {"mention": mention, "record": record}, idempotency_key)

    def mentions_untie(self, *, mention: int, record: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("mentions.untie", {"mention": mention, "record": record}, idempotency_key)

    def moderation_decide_appeal(self, *, reverse: bool, ruling: int, words: TextIn, idempotency_key: str = "") -> Done:
        """Somebody else than who ruled keeps the ruling or reverses it, with reasons. Reversed, it is published at once. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("moderation.decide_appeal", {"reverse": reverse, "ruling": ruling, "words": words}, idempotency_key)

    def money_state_year(
        self,
        *,
        organisation: int,
        source: str,
        year: int,
        academic_fte: float | str | None = None,
        income: float | str | None = None,
        spending: float | str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """What finance states of a calendar year; stated again, it is corrected, and the journal keeps both. Who may: office or leader or administrator. Scope: `organisation:write`."""
        return self._done(
            "money.state_year",
            {
                "organisation": organisation,
                "source": source,
                "year": year,
                "academic_fte": academic_fte,
                "income": income,
                "spending": spending,
            },
            idempotency_key,
        )

    def money_strike_out(self, *, money: int, reason: str, idempotency_key: str = "") -> Done:
        """A sum was wrong: it counts no longer and stays readable, with the reason. Who may: editor or office or leader. Scope: `organisation:write`."""
        return self._done("money.strike_out", {"money": money, "reason": reason}, idempotency_key)

    def money_write_down(
        self,
        *,
        amount: float | str,
        category: str,
        kind: str,
        on: str,
        record: int,
        evidence_url: str | None = None,
        evidence_words: str | None = None,
        file_name: str | None = None,
        quantity: float | str | None = None,
        taken: Any = None,
        unit: str | None = None,
        words: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A sum for a record. What a partner gave names the partner. `taken`: a checked upload that shows it (`core/files/store`). Who may: editor or office or leader or administrator; or the person concerned; or the person concerned. Scope: `organisation:write`."""
        return self._done(
            "money.write_down",
            {
                "amount": amount,
                "category": category,
                "kind": kind,
                "on": on,
                "record": record,
                "evidence_url": evidence_url,
                "evidence_words": evidence_words,
                "file_name": file_name,
                "quantity": quantity,
                "taken": taken,
                "unit": unit,
                "words": words,
            },
            idempotency_key,
        )

    def needs_answer(self, *, owed: int, state: str, words: TextIn, answered_with: str | None = None, idempotency_key: str = "") -> Done:
        """Answer a need with yes, partly, done, or "no, because"; `answered_with` says by what: a study, a project, volunteers, a course. Who may: office or leader or editor or partner; or office or leader. Scope: `listen:write`."""
        return self._done("needs.answer", {"owed": owed, "state": state, "words": words, "answered_with": answered_with}, idempotency_key)

    def needs_ask_for_answer(
        self, *, need: int, party: int, due_on: str | None = None, person: int | None = None, idempotency_key: str = ""
    ) -> Done:
        """Name the body that owes the answer, from today on, by a date. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("needs.ask_for_answer", {"need": need, "party": party, "due_on": due_on, "person": person}, idempotency_key)

    def needs_attach(self, *, name: str, need: int, taken: FileIn, words: str, idempotency_key: str = "") -> Done:
        """A study, a table, a letter that shows the need; `words` says what it is. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("needs.attach", {"name": name, "need": need, "taken": taken, "words": words}, idempotency_key)

    def needs_begin_round(self, *, criteria: list[str], needs: list[int], owner: int, title: TextIn, idempotency_key: str = "") -> Done:
        """Declare the criteria and the needs; both are fixed before anybody judges. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("needs.begin_round", {"criteria": criteria, "needs": needs, "owner": owner, "title": title}, idempotency_key)

    def needs_close(self, *, need: int, idempotency_key: str = "") -> Done:
        """Close with the asker's consent; the office may close only what it raised itself or what has no asker with an account. Who may: the person concerned; or office or leader. Scope: `listen:write`."""
        return self._done("needs.close", {"need": need}, idempotency_key)

    def needs_close_round(self, *, round: int, idempotency_key: str = "") -> Done:
        """Close and publish; it needs at least one judgement. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("needs.close_round", {"round": round}, idempotency_key)

    def needs_decline(self, *, need: int, rule: str, words: TextIn, idempotency_key: str = "") -> Done:
        """Do not publish a need, by a published rule and with reasons; its author gets them and may appeal. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("needs.decline", {"need": need, "rule": rule, "words": words}, idempotency_key)

    def needs_judge(self, *, marks: dict[str, list[int | None]], round: int, weights: list[int], idempotency_key: str = "") -> Done:
        """One's own weights (0 to 10 for each criterion) and marks (0 to 4); judging again replaces them until the round is closed. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("needs.judge", {"marks": marks, "round": round, "weights": weights}, idempotency_key)

    def needs_mark_urgent(self, *, need: int, party: int, words: TextIn, idempotency_key: str = "") -> Done:
        """A public body says that a public need is urgent, and why. Raises BadInput, WrongState. Who may: office or leader or editor or partner. Scope: `listen:write`."""
        return self._done("needs.mark_urgent", {"need": need, "party": party, "words": words}, idempotency_key)

    def needs_merge(self, *, into: int, need: int, idempotency_key: str = "") -> Done:
        """The same was said before: this need points at the other one, who said "me too" goes over, and its asker is told. Nothing is deleted. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("needs.merge", {"into": into, "need": need}, idempotency_key)

    def needs_object(self, *, need: int, words: TextIn, idempotency_key: str = "") -> Done:
        """The asker says why the answer does not settle it: the need is open again, and whoever answered owes a new answer. Who may: the person concerned. Scope: `listen:write`."""
        return self._done("needs.object", {"need": need, "words": words}, idempotency_key)

    def needs_publish(self, *, need: int, idempotency_key: str = "") -> Done:
        """Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("needs.publish", {"need": need}, idempotency_key)

    def needs_take_back_urgent(self, *, need: int, idempotency_key: str = "") -> Done:
        """The body that marked it says that it is no longer urgent. Who may: office or leader or editor or partner. Scope: `listen:write`."""
        return self._done("needs.take_back_urgent", {"need": need}, idempotency_key)

    def parties_add_deputy(
        self, *, deputy: int, organisation: int, person: int, valid_from: str, valid_to: str, idempotency_key: str = ""
    ) -> Done:
        """Let somebody stand in, from a day to a day, both in. Who may: office or administrator; or Tertia itself. Scope: `organisation:write`."""
        return self._done(
            "parties.add_deputy",
            {"deputy": deputy, "organisation": organisation, "person": person, "valid_from": valid_from, "valid_to": valid_to},
            idempotency_key,
        )

    def parties_add_person(
        self,
        *,
        home: int | None,
        name: str,
        email: str | None = None,
        key: str | None = None,
        language: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Who may: office or administrator; or Tertia itself. Scope: `organisation:write`."""
        return self._done(
            "parties.add_person", {"home": home, "name": name, "email": email, "key": key, "language": language}, idempotency_key
        )

    def parties_describe(
        self,
        *,
        organisation: int,
        within: int | None,
        email: str | None = None,
        letter_language: str | None = None,
        short_name: Any = None,
        website: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Short name, e-mail, site, language of letters, and the name under which its own site here is reached. Who may: office or administrator; or office or leader or partner or administrator. Scope: `organisation:write`."""
        return self._done(
            "parties.describe",
            {
                "organisation": organisation,
                "within": within,
                "email": email,
                "letter_language": letter_language,
                "short_name": short_name,
                "website": website,
            },
            idempotency_key,
        )

    def parties_end_membership(self, *, membership: int, idempotency_key: str = "") -> Done:
        """Who may: administrator; or Tertia itself. Scope: `organisation:write`."""
        return self._done("parties.end_membership", {"membership": membership}, idempotency_key)

    def parties_found_organisation(
        self,
        *,
        kind: str,
        name: TextIn,
        slug: str,
        email: str | None = None,
        letter_language: str | None = None,
        parent: int | None = None,
        place: int | None = None,
        short_name: Any = None,
        website: str | None = None,
        within: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Write down a party. `within` is the organisation whose office adds it. Who may: office or administrator; or Tertia itself. Scope: `organisation:write`."""
        return self._done(
            "parties.found_organisation",
            {
                "kind": kind,
                "name": name,
                "slug": slug,
                "email": email,
                "letter_language": letter_language,
                "parent": parent,
                "place": place,
                "short_name": short_name,
                "website": website,
                "within": within,
            },
            idempotency_key,
        )

    def parties_import_people(self, *, organisation: int, rows: list[PartiesPersonRow], idempotency_key: str = "") -> Done:
        """Bring the people of a university in line with tonight's list: new ones added, leavers' memberships ended. Who may: administrator or office; or Tertia itself. Scope: `organisation:write`."""
        return self._done("parties.import_people", {"organisation": organisation, "rows": rows}, idempotency_key)

    def parties_invite(
        self, *, email: str, organisation: int, role: str, language: str | None = None, name: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """Invite somebody into an organisation; the pass for the letter is `invitation.link_pass`. Who may: administrator or office; or Tertia itself. Scope: `organisation:write`."""
        return self._done(
            "parties.invite",
            {"email": email, "organisation": organisation, "role": role, "language": language, "name": name},
            idempotency_key,
        )

    def parties_merge(self, *, gone: int, into: int, reason: str, within: int | None, idempotency_key: str = "") -> Done:
        """`gone` was `into` written down again. Everything that names it names `into` from now on, in this one transaction. Who may: office or administrator; or Tertia itself. Scope: `organisation:write`."""
        return self._done("parties.merge", {"gone": gone, "into": into, "reason": reason, "within": within}, idempotency_key)

    def parties_rename_organisation(self, *, name: TextIn, organisation: int, idempotency_key: str = "") -> Done:
        """Give a new name from a day on; texts of earlier days go on showing the name of their day. Who may: administrator; or Tertia itself. Scope: `organisation:write`."""
        return self._done("parties.rename_organisation", {"name": name, "organisation": organisation}, idempotency_key)

    def parties_write_identifiers(self, *, given: dict[str, str], organisation: int, within: int | None, idempotency_key: str = "") -> Done:
        """The numbers of an organisation by scheme; an empty one is taken away. Raises BadInput for each that is wrong or another's. Who may: office or administrator; or office or leader or partner or administrator. Scope: `organisation:write`."""
        return self._done("parties.write_identifiers", {"given": given, "organisation": organisation, "within": within}, idempotency_key)

    def partnerships_ask_assessment(self, *, party: int, record: int, idempotency_key: str = "") -> Done:
        """Ask a side how it went; asked already, nothing changes. The link is `assessment.link`, a new one each time. Who may: member or editor or office or leader; or Tertia itself; or holder of a pass for activities.attest. Scope: `act:write`."""
        return self._done("partnerships.ask_assessment", {"party": party, "record": record}, idempotency_key)

    def partnerships_assess(
        self, *, again: str, assessment: int, change: TextIn, good: TextIn, met: str, idempotency_key: str = ""
    ) -> Done:
        """What a side says of working together. It may be changed by the same link; both sides see it. Who may: holder of a pass for partnerships.assess; or office or leader or partner; or office or leader or editor. Scope: `act:write`."""
        return self._done(
            "partnerships.assess", {"again": again, "assessment": assessment, "change": change, "good": good, "met": met}, idempotency_key
        )

    def partnerships_attach_signature(self, *, data: FileIn, file_name: str, signature: int, idempotency_key: str = "") -> Done:
        """A detached electronic signature (CMS) over the canonical text, kept beside the record and checked where its algorithm is known. Who may: holder of a pass for partnerships.sign; or leader or office or partner; or office or leader or editor. Scope: `act:write`."""
        return self._done("partnerships.attach_signature", {"data": data, "file_name": file_name, "signature": signature}, idempotency_key)

    def partnerships_change(
        self,
        *,
        agreement: int,
        sides: list[ActionsSide],
        ends_on: str | None = None,
        form: str | None = None,
        notice_days: int | None = None,
        renewal: str | None = None,
        renewal_months: int | None = None,
        starts_on: str | None = None,
        summary: Any = None,
        terms: Any = None,
        title: Any = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Change a draft. A text that was fixed is taken back first. Who may: office or leader or editor. Scope: `act:write`."""
        return self._done(
            "partnerships.change",
            {
                "agreement": agreement,
                "sides": sides,
                "ends_on": ends_on,
                "form": form,
                "notice_days": notice_days,
                "renewal": renewal,
                "renewal_months": renewal_months,
                "starts_on": starts_on,
                "summary": summary,
                "terms": terms,
                "title": title,
                "unit": unit,
            },
            idempotency_key,
        )

    def partnerships_decide_registration(
        self, *, decision: str, registration: int, join_to: int | None = None, reason: TextIn | None = None, idempotency_key: str = ""
    ) -> Done:
        """Accept it as a new organisation, join it to one that is there, or decline with a reason. Whoever registered is told. Who may: office or leader or administrator. Scope: `act:write`."""
        return self._done(
            "partnerships.decide_registration",
            {"decision": decision, "registration": registration, "join_to": join_to, "reason": reason},
            idempotency_key,
        )

    def partnerships_draft(
        self,
        *,
        ends_on: str | None,
        form: str,
        owner: int,
        sides: list[ActionsSide],
        starts_on: str,
        title: TextIn,
        notice_days: int | None = None,
        public: bool | None = None,
        renewal: str | None = None,
        renewal_months: int | None = None,
        summary: TextIn | None = None,
        supports: int | None = None,
        terms: TextIn | None = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A draft that its sides may read. The university itself is one of the sides. Who may: office or leader or editor. Scope: `act:write`."""
        return self._done(
            "partnerships.draft",
            {
                "ends_on": ends_on,
                "form": form,
                "owner": owner,
                "sides": sides,
                "starts_on": starts_on,
                "title": title,
                "notice_days": notice_days,
                "public": public,
                "renewal": renewal,
                "renewal_months": renewal_months,
                "summary": summary,
                "supports": supports,
                "terms": terms,
                "unit": unit,
            },
            idempotency_key,
        )

    def partnerships_erase_contact(self, *, contact: int, idempotency_key: str = "") -> Done:
        """What is personal goes; that there was a contact stays, so that figures stay right. Who may: editor or office or leader or administrator; or Tertia itself. Scope: `act:write`."""
        return self._done("partnerships.erase_contact", {"contact": contact}, idempotency_key)

    def partnerships_give_notice(self, *, agreement: int, organisation: int, idempotency_key: str = "") -> Done:
        """A side ends it: on the last day of its term where it would go on by itself, else after the days of notice that were agreed. Who may: office or leader or editor; or office or leader or partner; or the body itself by its link (partnerships.desk). Scope: `act:write`."""
        return self._done("partnerships.give_notice", {"agreement": agreement, "organisation": organisation}, idempotency_key)

    def partnerships_invite_to_desk(self, *, organisation: int, owner: int, idempotency_key: str = "") -> Done:
        """The lasting link by which a partner without an account opens its own page; it can be taken back. Who may: office or leader or editor or administrator. Scope: `act:write`."""
        return self._done("partnerships.invite_to_desk", {"organisation": organisation, "owner": owner}, idempotency_key)

    def partnerships_join_activity(self, *, activity: int, agreement: int, idempotency_key: str = "") -> Done:
        """An activity was done under an agreement that the same university keeps. Who may: member or editor or office or leader; or Tertia itself. Scope: `act:write`."""
        return self._done("partnerships.join_activity", {"activity": activity, "agreement": agreement}, idempotency_key)

    def partnerships_keep_contact(self, *, consent: str, contact: int, idempotency_key: str = "") -> Done:
        """The person agreed anew: kept for another term. Who may: editor or office or leader or administrator. Scope: `act:write`."""
        return self._done("partnerships.keep_contact", {"consent": consent, "contact": contact}, idempotency_key)

    def partnerships_offer(self, *, agreement: int, idempotency_key: str = "") -> Done:
        """Fix the text and ask every side to sign exactly this one, each by its own link. Who may: office or leader or editor. Scope: `act:write`."""
        return self._done("partnerships.offer", {"agreement": agreement}, idempotency_key)

    def partnerships_offer_renewal(self, *, agreement: int, months: int, idempotency_key: str = "") -> Done:
        """Ask all sides to sign the same text for longer. The running term goes on meanwhile. Who may: office or leader or editor. Scope: `act:write`."""
        return self._done("partnerships.offer_renewal", {"agreement": agreement, "months": months}, idempotency_key)

    def partnerships_propose(
        self, *, gets: TextIn, gives: TextIn, months: int, organisation: int, owner: int, title: TextIn, idempotency_key: str = ""
    ) -> Done:
        """A partner proposes to work together: a draft that the office completes. The university's office is told. Who may: the body itself by its link (partnerships.desk); or office or leader or partner. Scope: `act:write`."""
        return self._done(
            "partnerships.propose",
            {"gets": gets, "gives": gives, "months": months, "organisation": organisation, "owner": owner, "title": title},
            idempotency_key,
        )

    def partnerships_refuse(self, *, reason: TextIn, signature: int, idempotency_key: str = "") -> Done:
        """A side does not sign, and says why. The other sides' links end; a renewal that is refused leaves the running term as it is. Who may: holder of a pass for partnerships.sign; or leader or office or partner. Scope: `act:write`."""
        return self._done("partnerships.refuse", {"reason": reason, "signature": signature}, idempotency_key)

    def partnerships_say_not_twins(self, *, first: int, second: int, within: int, idempotency_key: str = "") -> Done:
        """Somebody looked: they are two. They are not shown as alike again. Who may: office or administrator. Scope: `act:write`."""
        return self._done("partnerships.say_not_twins", {"first": first, "second": second, "within": within}, idempotency_key)

    def partnerships_sign(self, *, duty: str, name: str, signature: int, idempotency_key: str = "") -> Done:
        """A side signs the text that was fixed, once. When all have, the agreement is in force for that span. Who may: holder of a pass for partnerships.sign; or leader or office or partner. Scope: `act:write`."""
        return self._done("partnerships.sign", {"duty": duty, "name": name, "signature": signature}, idempotency_key)

    def partnerships_take_back(self, *, agreement: int, idempotency_key: str = "") -> Done:
        """Take the fixed text back before all have signed; who signed already is asked anew for the next text. Who may: office or leader or editor. Scope: `act:write`."""
        return self._done("partnerships.take_back", {"agreement": agreement}, idempotency_key)

    def partnerships_take_over_contacts(self, *, from_person: int, owner: int, to_person: int, idempotency_key: str = "") -> Done:
        """All contacts that one of us keeps become another's. Returns how many. Who may: office or leader or administrator. Scope: `act:write`."""
        return self._done(
            "partnerships.take_over_contacts", {"from_person": from_person, "owner": owner, "to_person": to_person}, idempotency_key
        )

    def partnerships_withdraw(self, *, agreement: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `act:write`."""
        return self._done("partnerships.withdraw", {"agreement": agreement}, idempotency_key)

    def partnerships_write_contact(
        self,
        *,
        consent: str,
        name: str,
        organisation: int,
        owner: int,
        purpose: str,
        duty: str | None = None,
        email: str | None = None,
        kept_by: int | None = None,
        phone: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Somebody in a partner organisation whom we may write to. Without purpose and consent nobody is kept. Who may: editor or office or leader or administrator. Scope: `act:write`."""
        return self._done(
            "partnerships.write_contact",
            {
                "consent": consent,
                "name": name,
                "organisation": organisation,
                "owner": owner,
                "purpose": purpose,
                "duty": duty,
                "email": email,
                "kept_by": kept_by,
                "phone": phone,
            },
            idempotency_key,
        )

    def practice_follow(self, *, measure: int, practice: int, idempotency_key: str = "") -> Done:
        """A measure follows this example; both pages say so. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done("practice.follow", {"measure": measure, "practice": practice}, idempotency_key)

    def practice_judge(self, *, organisation: int, practice: int, reason: TextIn, verdict: str, idempotency_key: str = "") -> Done:
        """Whether it fits us, and why. One's own word may be changed; others' words stand beside it. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done(
            "practice.judge", {"organisation": organisation, "practice": practice, "reason": reason, "verdict": verdict}, idempotency_key
        )

    def practice_keep(
        self,
        *,
        came_of_it: TextIn,
        country: str,
        evidence_url: str,
        evidence_words: str,
        licence: str,
        owner: int,
        summary: TextIn,
        title: TextIn,
        who: str,
        starts_on: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Experience of others. Without evidence and licence it is hearsay and is not kept. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done(
            "practice.keep",
            {
                "came_of_it": came_of_it,
                "country": country,
                "evidence_url": evidence_url,
                "evidence_words": evidence_words,
                "licence": licence,
                "owner": owner,
                "summary": summary,
                "title": title,
                "who": who,
                "starts_on": starts_on,
            },
            idempotency_key,
        )

    def practice_withdraw(self, *, practice: int, idempotency_key: str = "") -> Done:
        """Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done("practice.withdraw", {"practice": practice}, idempotency_key)

    def projects_add_stage(self, *, due_on: str, organisation: int, project: int, title: TextIn, idempotency_key: str = "") -> Done:
        """A stage; any of the leading bodies sets it. Who may: office or leader or editor; or office or leader or partner or editor; or the body itself by its link (partnerships.desk). Scope: `act:write`."""
        return self._done(
            "projects.add_stage", {"due_on": due_on, "organisation": organisation, "project": project, "title": title}, idempotency_key
        )

    def projects_agree(self, *, party: int, yes: bool, contributes: TextIn | None = None, idempotency_key: str = "") -> Done:
        """A body says yes, with what it puts in, or no: then it is no part of the project. When all leaders have agreed, it runs. Who may: holder of a pass for projects.join; or office or leader or partner. Scope: `act:write`."""
        return self._done("projects.agree", {"party": party, "yes": yes, "contributes": contributes}, idempotency_key)

    def projects_confirm(self, *, confirmation: int, says: str, words: TextIn, idempotency_key: str = "") -> Done:
        """Somebody who asked for it says whether the result is there. One "no" is a no; all have to say yes or partly. Who may: holder of a pass for projects.confirm; or the person concerned; or office or leader or partner. Scope: `act:write`."""
        return self._done("projects.confirm", {"confirmation": confirmation, "says": says, "words": words}, idempotency_key)

    def projects_finish_stage(self, *, organisation: int, project: int, stage: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor; or office or leader or partner or editor; or the body itself by its link (partnerships.desk). Scope: `act:write`."""
        return self._done("projects.finish_stage", {"organisation": organisation, "project": project, "stage": stage}, idempotency_key)

    def projects_propose(
        self,
        *,
        ends_on: str | None,
        expected: TextIn,
        how_seen: TextIn,
        owner: int,
        parties: list[ProjectsWith],
        starts_on: str,
        title: TextIn,
        solves: int | None = None,
        summary: TextIn | None = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A project of the university and others. Each leader is asked; it runs when all have agreed. Who may: office or leader or editor. Scope: `act:write`."""
        return self._done(
            "projects.propose",
            {
                "ends_on": ends_on,
                "expected": expected,
                "how_seen": how_seen,
                "owner": owner,
                "parties": parties,
                "starts_on": starts_on,
                "title": title,
                "solves": solves,
                "summary": summary,
                "unit": unit,
            },
            idempotency_key,
        )

    def projects_state_result(self, *, project: int, result: TextIn, idempotency_key: str = "") -> Done:
        """The leaders state what changed; those who asked are asked whether it is so. The project does not confirm itself. Who may: editor or office or leader or administrator. Scope: `act:write`."""
        return self._done("projects.state_result", {"project": project, "result": result}, idempotency_key)

    def projects_stop(self, *, project: int, words: TextIn, idempotency_key: str = "") -> Done:
        """It is stopped, and the log says why. Who may: office or leader or editor. Scope: `act:write`."""
        return self._done("projects.stop", {"project": project, "words": words}, idempotency_key)

    def projects_write_log(self, *, organisation: int, project: int, words: TextIn, idempotency_key: str = "") -> Done:
        """How it goes, in the words of one of the bodies; everybody reads it. Who may: office or leader or editor; or office or leader or partner or editor; or the body itself by its link (partnerships.desk). Scope: `act:write`."""
        return self._done("projects.write_log", {"organisation": organisation, "project": project, "words": words}, idempotency_key)

    def proposals_amend(self, *, proposal: int, reason: TextIn, words: TextIn, idempotency_key: str = "") -> Done:
        """Propose another text. It shows its difference from the text of today. Who may: anybody who is signed in. Scope: `listen:write`."""
        return self._done("proposals.amend", {"proposal": proposal, "reason": reason, "words": words}, idempotency_key)

    def proposals_argue(self, *, proposal: int, side: str, words: TextIn, idempotency_key: str = "") -> Done:
        """Give a reason for or against. Who may: anybody who is signed in. Scope: `listen:write`."""
        return self._done("proposals.argue", {"proposal": proposal, "side": side, "words": words}, idempotency_key)

    def proposals_bring_in(
        self, *, language: str, owner: int, rows: list[ProposalsCityProposal], source: str, idempotency_key: str = ""
    ) -> Done:
        """Keep proposals from elsewhere; those that are here already are left as they are. Returns how many are new. Who may: office or leader or editor; or Tertia itself. Scope: `listen:write`."""
        return self._done("proposals.bring_in", {"language": language, "owner": owner, "rows": rows, "source": source}, idempotency_key)

    def proposals_close_poll(self, *, poll: int, idempotency_key: str = "") -> Done:
        """Count, publish the ballots, keep their hash in the journal. Before the last day only when all have voted. Who may: Tertia itself; or office or leader. Scope: `listen:write`."""
        return self._done("proposals.close_poll", {"poll": poll}, idempotency_key)

    def proposals_decide(self, *, accept: bool, proposal: int, words: TextIn, idempotency_key: str = "") -> Done:
        """Say what comes of it, with reasons. Everybody who proposed, amended or argued with an account is told, once. Who may: office or leader. Scope: `listen:write`."""
        return self._done("proposals.decide", {"accept": accept, "proposal": proposal, "words": words}, idempotency_key)

    def proposals_decide_amendment(self, *, amendment: int, take: bool, words: TextIn, idempotency_key: str = "") -> Done:
        """Whoever proposed it, or the office, takes an amendment or not. Taken, the text changes, and open amendments of the old text are stale. Who may: the person concerned; or office or leader or editor. Scope: `listen:write`."""
        return self._done("proposals.decide_amendment", {"amendment": amendment, "take": take, "words": words}, idempotency_key)

    def proposals_hide_argument(self, *, argument: int, rule: str, words: TextIn, idempotency_key: str = "") -> Done:
        """Do not show a reason, by a published rule; its author gets the reasons and may appeal. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("proposals.hide_argument", {"argument": argument, "rule": rule, "words": words}, idempotency_key)

    def proposals_open_poll(
        self, *, ends_on: str, method: str, options: list[str], proposal: int, quorum: float | str, voters: str, idempotency_key: str = ""
    ) -> Done:
        """Open a formal vote. `options`: texts, of a choice at least for and against; `voters`: all members, or those who lead. Who may: office or leader. Scope: `listen:write`."""
        return self._done(
            "proposals.open_poll",
            {"ends_on": ends_on, "method": method, "options": options, "proposal": proposal, "quorum": quorum, "voters": voters},
            idempotency_key,
        )

    def proposals_propose(self, *, owner: int, title: TextIn, words: TextIn, about: int | None = None, idempotency_key: str = "") -> Done:
        """Propose what to do, in public. `about`: the need or the conversation from which it grows. Who may: anybody who is signed in. Scope: `listen:write`."""
        return self._done("proposals.propose", {"owner": owner, "title": title, "words": words, "about": about}, idempotency_key)

    def records_hand_over(self, *, from_person: int, organisation: int, to_person: int, idempotency_key: str = "") -> Done:
        """All that one person owes in an organisation becomes another's. Returns how many records and answers moved. Who may: office or leader or administrator; or Tertia itself. Scope: `organisation:write`."""
        return self._done(
            "records.hand_over", {"from_person": from_person, "organisation": organisation, "to_person": to_person}, idempotency_key
        )

    def records_link(self, *, lower: int, relation: str, upper: int, idempotency_key: str = "") -> Done:
        """Join two records. The actor works for the owner of the lower one and may see the upper one. Who may: editor or office or leader or administrator. Scope: `organisation:write`."""
        return self._done("records.link", {"lower": lower, "relation": relation, "upper": upper}, idempotency_key)

    def records_remind_owed(self, *, owed: int, idempotency_key: str = "") -> Done:
        """Ask again; once a day at most. The reminder is dated and counted. Who may: Tertia itself; or office or leader or editor. Scope: `organisation:write`."""
        return self._done("records.remind_owed", {"owed": owed}, idempotency_key)

    def records_unlink(self, *, link: int, idempotency_key: str = "") -> Done:
        """Who may: editor or office or leader or administrator. Scope: `organisation:write`."""
        return self._done("records.unlink", {"link": link}, idempotency_key)

    def records_write_version(self, *, field: str, language: str, record: int, text: str, idempotency_key: str = "") -> Done:
        """Write one language of the title or the summary; a changed original makes the other versions stale. Who may: editor or office or leader or administrator. Scope: `organisation:write`."""
        return self._done("records.write_version", {"field": field, "language": language, "record": record, "text": text}, idempotency_key)

    def region_break(self, *, series: int, words: TextIn, year: int, idempotency_key: str = "") -> Done:
        """From this year on something else is counted; no growth is told across it. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("region.break", {"series": series, "words": words, "year": year}, idempotency_key)

    def region_keep(
        self,
        *,
        adds: bool,
        licence: str,
        owner: int,
        source: str,
        summary: TextIn,
        taken: RegionTaken,
        title: TextIn,
        unit_words: TextIn,
        source_url: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A statistic with its first revision. Without source, unit and licence it is hearsay and is not kept. Raises BadInput. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done(
            "region.keep",
            {
                "adds": adds,
                "licence": licence,
                "owner": owner,
                "source": source,
                "summary": summary,
                "taken": taken,
                "title": title,
                "unit_words": unit_words,
                "source_url": source_url,
            },
            idempotency_key,
        )

    def region_revise(self, *, series: int, taken: RegionTaken, note: str | None = None, idempotency_key: str = "") -> Done:
        """A newer file of the same statistic. The same file changes nothing. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("region.revise", {"series": series, "taken": taken, "note": note}, idempotency_key)

    def region_withdraw(self, *, series: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("region.withdraw", {"series": series}, idempotency_key)

    def reports_write_chapter(self, *, chapter: str, owner: int, period: str, words: TextIn, idempotency_key: str = "") -> Done:
        """What the university says in a chapter, in its languages. Editions that are written stay as they are; the next one takes it. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("reports.write_chapter", {"chapter": chapter, "owner": owner, "period": period, "words": words}, idempotency_key)

    def reports_write_edition(self, *, owner: int, period: str, idempotency_key: str = "") -> Done:
        """Gather the year into a new edition. Unchanged content gives the edition that is there; else it takes the old one's place. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("reports.write_edition", {"owner": owner, "period": period}, idempotency_key)

    def research_answer_offer(
        self,
        *,
        takes: bool,
        topic: int,
        due_on: str | None = None,
        reason: TextIn | None = None,
        student: str | None = None,
        supervisor: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """The chair takes it, naming who supervises; or not, with a reason that the owner of the question reads. Taken, the university owes a summary. Who may: editor or office or leader; or editor or office or leader; or office or leader or editor. Scope: `listen:write`."""
        return self._done(
            "research.answer_offer",
            {"takes": takes, "topic": topic, "due_on": due_on, "reason": reason, "student": student, "supervisor": supervisor},
            idempotency_key,
        )

    def research_answer_use(self, *, so: bool, use: int, words: TextIn | None = None, idempotency_key: str = "") -> Done:
        """The body says yes or no, in its own words. A no stays readable beside the statement. Who may: holder of a pass for research.use; or office or leader or partner or editor. Scope: `listen:write`."""
        return self._done("research.answer_use", {"so": so, "use": use, "words": words}, idempotency_key)

    def research_ask(
        self,
        *,
        body: int,
        decides: TextIn,
        owner: int,
        summary: TextIn,
        title: TextIn,
        about: int | None = None,
        data: TextIn | None = None,
        place: int | None = None,
        wanted_by: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A body asks what it would need to know. It is public at once: its owner stands for it by name. Raises BadInput. Who may: office or leader or partner or editor; or office or leader or editor. Scope: `listen:write`."""
        return self._done(
            "research.ask",
            {
                "body": body,
                "decides": decides,
                "owner": owner,
                "summary": summary,
                "title": title,
                "about": about,
                "data": data,
                "place": place,
                "wanted_by": wanted_by,
            },
            idempotency_key,
        )

    def research_change(
        self, *, about: ActionsAbout, starts_on: str | None, study: int, summary: TextIn, title: TextIn, idempotency_key: str = ""
    ) -> Done:
        """What came from a list keeps what the form does not ask for: pages, volume, abstract. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done(
            "research.change", {"about": about, "starts_on": starts_on, "study": study, "summary": summary, "title": title}, idempotency_key
        )

    def research_drop_part(self, *, part: int, idempotency_key: str = "") -> Done:
        """It was noted by mistake. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("research.drop_part", {"part": part}, idempotency_key)

    def research_finish(self, *, finished_on: str, study: int, idempotency_key: str = "") -> Done:
        """Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("research.finish", {"finished_on": finished_on, "study": study}, idempotency_key)

    def research_give_up(self, *, reason: TextIn, topic: int, idempotency_key: str = "") -> Done:
        """What was taken is not carried on. The question is open again; the summary stays owed, because somebody waits for it. Who may: editor or office or leader; or editor or office or leader; or office or leader or editor. Scope: `listen:write`."""
        return self._done("research.give_up", {"reason": reason, "topic": topic}, idempotency_key)

    def research_hand_back(self, *, question: int, words: TextIn, study: int | None = None, idempotency_key: str = "") -> Done:
        """Tell the owner of the question what was found, in plain words in Kazakh and Russian. What is owed is answered by it. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("research.hand_back", {"question": question, "words": words, "study": study}, idempotency_key)

    def research_keep_apart(self, *, twin: int, idempotency_key: str = "") -> Done:
        """The two are two; they are not shown again. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("research.keep_apart", {"twin": twin}, idempotency_key)

    def research_merge(self, *, study: int, twin: int, idempotency_key: str = "") -> Done:
        """The other entry of a pair goes into `study`: missing pieces, links, uses, authors. Its address leads to the one that stays. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("research.merge", {"study": study, "twin": twin}, idempotency_key)

    def research_name_author(self, *, person: int, study: int, idempotency_key: str = "") -> Done:
        """Somebody of the university is among the authors. Twice changes nothing. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("research.name_author", {"person": person, "study": study}, idempotency_key)

    def research_note_part(self, *, organisation: int, part: str, study: int, idempotency_key: str = "") -> Done:
        """A body from outside took part in the question, the data or the reading of results. Twice changes nothing. Who may: editor or office or leader or administrator. Scope: `listen:write`."""
        return self._done("research.note_part", {"organisation": organisation, "part": part, "study": study}, idempotency_key)

    def research_offer_topic(self, *, chair: int, level: str, question: int, idempotency_key: str = "") -> Done:
        """Offer it to a chair as a topic. A chair has one open offer of a level at a time. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("research.offer_topic", {"chair": chair, "level": level, "question": question}, idempotency_key)

    def research_register(
        self,
        *,
        about: ActionsAbout,
        owner: int,
        starts_on: str | None,
        summary: TextIn,
        title: TextIn,
        finished_on: str | None = None,
        studies: int | None = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A study on the city or the region. `summary` is its summary in plain words. Raises BadInput. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done(
            "research.register",
            {
                "about": about,
                "owner": owner,
                "starts_on": starts_on,
                "summary": summary,
                "title": title,
                "finished_on": finished_on,
                "studies": studies,
                "unit": unit,
            },
            idempotency_key,
        )

    def research_set_apart(self, *, owner: int, works: list[int], idempotency_key: str = "") -> Done:
        """Works of a list that are not about the region: kept, not counted as regional. Returns how many. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("research.set_apart", {"owner": owner, "works": works}, idempotency_key)

    def research_state_use(
        self,
        *,
        body: int,
        document: str,
        kind: str,
        on: str,
        study: int,
        words: TextIn,
        address: str | None = None,
        amount: float | str | None = None,
        decision: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A document of the body names the study. Whoever speaks for the body confirms by stating it; else the body is asked by a letter. Who may: editor or office or leader or administrator; or office or leader or partner or editor. Scope: `listen:write`."""
        return self._done(
            "research.state_use",
            {
                "body": body,
                "document": document,
                "kind": kind,
                "on": on,
                "study": study,
                "words": words,
                "address": address,
                "amount": amount,
                "decision": decision,
            },
            idempotency_key,
        )

    def research_tie(self, *, owner: int, place: int, works: list[int], idempotency_key: str = "") -> Done:
        """Works of a list are about a region: they become public and count. `place` None: each gets the region that was found in it. Returns how many. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("research.tie", {"owner": owner, "place": place, "works": works}, idempotency_key)

    def site_drop_address(self, *, address: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or administrator. Scope: `tell:write`."""
        return self._done("site.drop_address", {"address": address}, idempotency_key)

    def site_keep_addresses(self, *, addresses: list[tuple[str, str]], owner: int, idempotency_key: str = "") -> Done:
        """Old addresses lead to new ones from now on; of one that leads to another old one the last counts, so nobody is led in a circle. Who may: office or leader or administrator. Scope: `tell:write`."""
        return self._done("site.keep_addresses", {"addresses": addresses, "owner": owner}, idempotency_key)

    def site_rename(self, *, record: int, slug: str, idempotency_key: str = "") -> Done:
        """Another word at the end of a record's address; the old address leads to the new one in every language. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("site.rename", {"record": record, "slug": slug}, idempotency_key)

    def site_write(
        self, *, about: TextIn, owner: int, press_email: str, press_name: str, press_phone: str, idempotency_key: str = ""
    ) -> Done:
        """Who may: office or leader or administrator. Scope: `tell:write`."""
        return self._done(
            "site.write",
            {"about": about, "owner": owner, "press_email": press_email, "press_name": press_name, "press_phone": press_phone},
            idempotency_key,
        )

    def startups_change(
        self,
        *,
        graduated_in: int,
        helped_with: TextIn,
        starts_on: str,
        startup: int,
        summary: TextIn,
        title: TextIn,
        organisation: int | None = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Correct what was written down. Raises BadInput, WrongState. Who may: editor or office or leader or administrator. Scope: `act:write`."""
        return self._done(
            "startups.change",
            {
                "graduated_in": graduated_in,
                "helped_with": helped_with,
                "starts_on": starts_on,
                "startup": startup,
                "summary": summary,
                "title": title,
                "organisation": organisation,
                "unit": unit,
            },
            idempotency_key,
        )

    def startups_confirm(self, *, how_seen: TextIn, startup: int, idempotency_key: str = "") -> Done:
        """Somebody looked, a year or more after it was registered, and found it at work. Raises BadInput, WrongState. Who may: editor or office or leader or administrator. Scope: `act:write`."""
        return self._done("startups.confirm", {"how_seen": how_seen, "startup": startup}, idempotency_key)

    def startups_end(self, *, ends_on: str, startup: int, idempotency_key: str = "") -> Done:
        """The firm has ended. Raises BadInput, WrongState. Who may: editor or office or leader or administrator. Scope: `act:write`."""
        return self._done("startups.end", {"ends_on": ends_on, "startup": startup}, idempotency_key)

    def startups_register(
        self,
        *,
        graduated_in: int,
        helped_with: TextIn,
        owner: int,
        starts_on: str,
        title: TextIn,
        grew_from: int | None = None,
        organisation: int | None = None,
        summary: TextIn | None = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A firm that graduates started. `starts_on` is the day of its registration, `helped_with` what the university did for it. Raises BadInput. Who may: editor or office or leader or administrator. Scope: `act:write`."""
        return self._done(
            "startups.register",
            {
                "graduated_in": graduated_in,
                "helped_with": helped_with,
                "owner": owner,
                "starts_on": starts_on,
                "title": title,
                "grew_from": grew_from,
                "organisation": organisation,
                "summary": summary,
                "unit": unit,
            },
            idempotency_key,
        )

    def startups_withdraw(self, *, startup: int, idempotency_key: str = "") -> Done:
        """It was written down by mistake: it counts nowhere. Raises WrongState. Who may: editor or office or leader or administrator. Scope: `act:write`."""
        return self._done("startups.withdraw", {"startup": startup}, idempotency_key)

    def stories_add_picture(self, *, consent: str, name: str, story: int, taken: FileIn, words: TextIn, idempotency_key: str = "") -> Done:
        """A picture of the press office's own, drawn anew without place and camera. Who can be recognised on it has agreed, or nobody can. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done(
            "stories.add_picture", {"consent": consent, "name": name, "story": story, "taken": taken, "words": words}, idempotency_key
        )

    def stories_change(
        self,
        *,
        body: TextIn,
        consent_words: str,
        shows_people: bool,
        story: int,
        summary: TextIn,
        title: TextIn,
        seen: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A draft, or one with the reviewer. `seen`: when the version was written that the writer had before him; a newer one is never written over. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done(
            "stories.change",
            {
                "body": body,
                "consent_words": consent_words,
                "shows_people": shows_people,
                "story": story,
                "summary": summary,
                "title": title,
                "seen": seen,
            },
            idempotency_key,
        )

    def stories_correct(
        self,
        *,
        body: TextIn,
        consent_words: str,
        shows_people: bool,
        story: int,
        summary: TextIn,
        title: TextIn,
        words: TextIn,
        seen: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """What is published changes in the open only: the page says what was corrected and when. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done(
            "stories.correct",
            {
                "body": body,
                "consent_words": consent_words,
                "shows_people": shows_people,
                "story": story,
                "summary": summary,
                "title": title,
                "words": words,
                "seen": seen,
            },
            idempotency_key,
        )

    def stories_publish(self, *, story: int, at: str | None = None, idempotency_key: str = "") -> Done:
        """From the review, now or at an hour that is still to come. Whoever publishes is named inside as the reviewer. Who may: office or leader. Scope: `tell:write`."""
        return self._done("stories.publish", {"story": story, "at": at}, idempotency_key)

    def stories_quote(
        self,
        *,
        organisation: int,
        story: int,
        words: TextIn,
        agreed_how: str | None = None,
        agreed_on: str | None = None,
        name: str | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A partner's words. Without the day of the agreement the story does not come out. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done(
            "stories.quote",
            {"organisation": organisation, "story": story, "words": words, "agreed_how": agreed_how, "agreed_on": agreed_on, "name": name},
            idempotency_key,
        )

    def stories_send(self, *, story: int, idempotency_key: str = "") -> Done:
        """To the reviewer, when everything that publishing needs is there. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("stories.send", {"story": story}, idempotency_key)

    def stories_send_back(self, *, story: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader. Scope: `tell:write`."""
        return self._done("stories.send_back", {"story": story}, idempotency_key)

    def stories_show(self, *, consent: str, file: int, story: int, words: TextIn, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done("stories.show", {"consent": consent, "file": file, "story": story, "words": words}, idempotency_key)

    def stories_translate(
        self, *, body: str, language: str, seen: str, story: int, summary: str, title: str, idempotency_key: str = ""
    ) -> Done:
        """Another language of a story, written beside the original; what stands there is up to date from then on. `seen`: as in `change_story`. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done(
            "stories.translate",
            {"body": body, "language": language, "seen": seen, "story": story, "summary": summary, "title": title},
            idempotency_key,
        )

    def stories_withdraw(self, *, reason: TextIn, story: int, idempotency_key: str = "") -> Done:
        """Its address stays and says that it was withdrawn, and why; its text is seen inside only. Who may: office or leader. Scope: `tell:write`."""
        return self._done("stories.withdraw", {"reason": reason, "story": story}, idempotency_key)

    def stories_write(
        self, *, body: TextIn, owner: int, summary: TextIn, title: TextIn, tells: int | None = None, idempotency_key: str = ""
    ) -> Done:
        """A draft. Out of a record it takes the pictures that may be shown, with their words and what those on them agreed to. Who may: office or leader or editor. Scope: `tell:write`."""
        return self._done(
            "stories.write", {"body": body, "owner": owner, "summary": summary, "title": title, "tells": tells}, idempotency_key
        )

    def strategy_adopt(self, *, decision: str, strategy: int, why: TextIn | None = None, idempotency_key: str = "") -> Done:
        """Adopt what all have approved: frozen with its digest, public, its measures planned. Adopted once for each version. Who may: leader. Scope: `plan:write`."""
        return self._done("strategy.adopt", {"decision": decision, "strategy": strategy, "why": why}, idempotency_key)

    def strategy_approve(self, *, step: int, words: TextIn | None = None, idempotency_key: str = "") -> Done:
        """A body or an office approves; the next one is asked. The order is kept. Who may: the person concerned; or leader. Scope: `plan:write`."""
        return self._done("strategy.approve", {"step": step, "words": words}, idempotency_key)

    def strategy_ask_for_news(self, *, measure: int, idempotency_key: str = "") -> Done:
        """Nothing was heard of a measure for a term: its owner is asked, else the office. Who may: Tertia itself; or office or leader or editor. Scope: `plan:write`."""
        return self._done("strategy.ask_for_news", {"measure": measure}, idempotency_key)

    def strategy_begin_review(self, *, route: list[tuple[TextIn, int]], strategy: int, idempotency_key: str = "") -> Done:
        """Send it on its way: (body or office, person who speaks for it), in order. Incomplete it does not go. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done("strategy.begin_review", {"route": route, "strategy": strategy}, idempotency_key)

    def strategy_change_measure(
        self,
        *,
        ends_on: str | None,
        measure: int,
        starts_on: str | None,
        title: TextIn,
        budget: float | str | None = None,
        number: str | None = None,
        proof: TextIn | None = None,
        responsible: int | None = None,
        summary: TextIn | None = None,
        target: str | None = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Change what is planned. A measure of an adopted strategy is frozen until the strategy is opened for a new version. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done(
            "strategy.change_measure",
            {
                "ends_on": ends_on,
                "measure": measure,
                "starts_on": starts_on,
                "title": title,
                "budget": budget,
                "number": number,
                "proof": proof,
                "responsible": responsible,
                "summary": summary,
                "target": target,
                "unit": unit,
            },
            idempotency_key,
        )

    def strategy_choose_need(self, *, need: int, strategy: int, idempotency_key: str = "") -> Done:
        """The strategy takes a need up. The need has to be there for whoever chooses it. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done("strategy.choose_need", {"need": need, "strategy": strategy}, idempotency_key)

    def strategy_choose_partner(self, *, organisation: int, strategy: int, words: TextIn | None = None, idempotency_key: str = "") -> Done:
        """Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done("strategy.choose_partner", {"organisation": organisation, "strategy": strategy, "words": words}, idempotency_key)

    def strategy_drop_choice(
        self, *, strategy: int, need_id: int | None = None, organisation_id: int | None = None, idempotency_key: str = ""
    ) -> Done:
        """A need or a partner is not taken up after all. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done(
            "strategy.drop_choice", {"strategy": strategy, "need_id": need_id, "organisation_id": organisation_id}, idempotency_key
        )

    def strategy_move_measure(self, *, measure: int, state: str, idempotency_key: str = "") -> Done:
        """Take a measure on. One that waits for another cannot begin before that one is done. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done("strategy.move_measure", {"measure": measure, "state": state}, idempotency_key)

    def strategy_open_again(self, *, strategy: int, idempotency_key: str = "") -> Done:
        """Open an adopted strategy for a new version. What was adopted stays in force, frozen, until the new one is. Who may: office or leader or editor. Scope: `plan:write`."""
        return self._done("strategy.open_again", {"strategy": strategy}, idempotency_key)

    def strategy_plan_measure(
        self,
        *,
        answers: int | None,
        ends_on: str | None,
        owner: int,
        starts_on: str | None,
        title: TextIn,
        budget: float | str | None = None,
        number: str | None = None,
        proof: TextIn | None = None,
        responsible: int | None = None,
        strategy: int | None = None,
        summary: TextIn | None = None,
        target: str | None = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Plan a measure; from its first day on it answers a recommendation or a need, or corrects a target that lags. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done(
            "strategy.plan_measure",
            {
                "answers": answers,
                "ends_on": ends_on,
                "owner": owner,
                "starts_on": starts_on,
                "title": title,
                "budget": budget,
                "number": number,
                "proof": proof,
                "responsible": responsible,
                "strategy": strategy,
                "summary": summary,
                "target": target,
                "unit": unit,
            },
            idempotency_key,
        )

    def strategy_return(self, *, step: int, words: TextIn, idempotency_key: str = "") -> Done:
        """It goes back to be written better, with the reason. Who may: the person concerned; or leader. Scope: `plan:write`."""
        return self._done("strategy.return", {"step": step, "words": words}, idempotency_key)

    def strategy_say_news(self, *, measure: int, words: TextIn, idempotency_key: str = "") -> Done:
        """What its owner tells. Progress is still counted from activities and evidence alone. Who may: editor or office or leader or administrator; or the person concerned. Scope: `plan:write`."""
        return self._done("strategy.say_news", {"measure": measure, "words": words}, idempotency_key)

    def strategy_set_priorities(self, *, strategy: int, titles: list[TextIn], idempotency_key: str = "") -> Done:
        """What comes first, in this order; measures keep the priority that keeps its words, or its place where only the words changed. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done("strategy.set_priorities", {"strategy": strategy, "titles": titles}, idempotency_key)

    def strategy_take_measure(self, *, measure: int, strategy: int, leave: bool | None = None, idempotency_key: str = "") -> Done:
        """A measure that was planned on its own becomes part of the strategy; `leave` takes it out again. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done("strategy.take_measure", {"measure": measure, "strategy": strategy, "leave": leave}, idempotency_key)

    def strategy_wait_for(self, *, before: int | None, measure: int, stop: bool | None = None, idempotency_key: str = "") -> Done:
        """A measure begins only after another; `stop` takes that back. A circle is refused and told in words. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done("strategy.wait_for", {"before": before, "measure": measure, "stop": stop}, idempotency_key)

    def strategy_withdraw(self, *, strategy: int, idempotency_key: str = "") -> Done:
        """A draft is given up; its measures stay as measures of their own. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done("strategy.withdraw", {"strategy": strategy}, idempotency_key)

    def strategy_write(
        self,
        *,
        ends_on: str | None,
        forms: list[str],
        mission: TextIn,
        owner: int,
        starts_on: str | None,
        title: TextIn,
        analysis: TextIn | None = None,
        own_forms: TextIn | None = None,
        strategy: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """A new draft, or other words for one that is open. Who may: editor or office or leader or administrator. Scope: `plan:write`."""
        return self._done(
            "strategy.write",
            {
                "ends_on": ends_on,
                "forms": forms,
                "mission": mission,
                "owner": owner,
                "starts_on": starts_on,
                "title": title,
                "analysis": analysis,
                "own_forms": own_forms,
                "strategy": strategy,
            },
            idempotency_key,
        )

    def surveys_close(self, *, survey: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("surveys.close", {"survey": survey}, idempotency_key)

    def surveys_open(self, *, survey: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("surveys.open", {"survey": survey}, idempotency_key)

    def surveys_prepare(
        self,
        *,
        ends_on: str | None,
        lines: str,
        owner: int,
        summary: TextIn,
        title: TextIn,
        about: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Questions a line each (`questions.read_questions`); a draft until it is opened. Opened, its questions stand. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done(
            "surveys.prepare",
            {"ends_on": ends_on, "lines": lines, "owner": owner, "summary": summary, "title": title, "about": about},
            idempotency_key,
        )

    def surveys_print(self, *, count: int, survey: int, idempotency_key: str = "") -> Done:
        """Codes for so many new paper sheets. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done("surveys.print", {"count": count, "survey": survey}, idempotency_key)

    def surveys_say_sampling(
        self,
        *,
        asked: int | None,
        notes: TextIn,
        population: int | None,
        sampling: str,
        survey: int,
        weight_question: int | None,
        weight_shares: dict[str, float],
        idempotency_key: str = "",
    ) -> Done:
        """How those asked were found, how many there are, and the known shares of one question's groups for weights. Who may: office or leader or editor. Scope: `listen:write`."""
        return self._done(
            "surveys.say_sampling",
            {
                "asked": asked,
                "notes": notes,
                "population": population,
                "sampling": sampling,
                "survey": survey,
                "weight_question": weight_question,
                "weight_shares": weight_shares,
            },
            idempotency_key,
        )

    def targets_comment(self, *, fact: float | str | None, standing: str, target: int, words: TextIn, idempotency_key: str = "") -> Done:
        """Say why a target lags and what is done about it; how it stood that day is kept with the words. Who may: office or leader or editor. Scope: `measure:write`."""
        return self._done("targets.comment", {"fact": fact, "standing": standing, "target": target, "words": words}, idempotency_key)

    def targets_decide(self, *, approve: bool, target: int, words: TextIn | None = None, idempotency_key: str = "") -> Done:
        """Approve a proposed target, or give it back with a reason. An approved one is public. Who may: leader. Scope: `measure:write`."""
        return self._done("targets.decide", {"approve": approve, "target": target, "words": words}, idempotency_key)

    def targets_propose(self, *, owner: int, proposal: TargetsProposal, idempotency_key: str = "") -> Done:
        """Propose a target, or propose another value of one that stands: it is then to be approved anew. Who may: office or leader or editor. Scope: `measure:write`."""
        return self._done("targets.propose", {"owner": owner, "proposal": proposal}, idempotency_key)

    def targets_save_sheet(self, *, owner: int, proposals: list[TargetsProposal], idempotency_key: str = "") -> Done:
        """Propose all targets of a table, or none. Returns how many were new or changed. Who may: office or leader or editor. Scope: `measure:write`."""
        return self._done("targets.save_sheet", {"owner": owner, "proposals": proposals}, idempotency_key)

    def targets_withdraw(self, *, target: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader. Scope: `measure:write`."""
        return self._done("targets.withdraw", {"target": target}, idempotency_key)

    def targets_write_forecasts(self, *, found: list[tuple[int, TargetsForecast | None]], owner: int, idempotency_key: str = "") -> Done:
        """Keep the forecast of each target; what can no longer be forecast keeps none. Returns how many have one. Who may: office or leader or editor. Scope: `measure:write`."""
        return self._done("targets.write_forecasts", {"found": found, "owner": owner}, idempotency_key)

    def volunteering_add_shifts(self, *, opportunity: int, shifts: list[ActionsTimes], idempotency_key: str = "") -> Done:
        """Who may: editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done("volunteering.add_shifts", {"opportunity": opportunity, "shifts": shifts}, idempotency_key)

    def volunteering_allow_listing(self, *, allowed: bool, person: int, idempotency_key: str = "") -> Done:
        """Say yes or no; a no leaves no trace. Who may: the person concerned. Scope: `act:write`."""
        return self._done("volunteering.allow_listing", {"allowed": allowed, "person": person}, idempotency_key)

    def volunteering_answer_choice(self, *, freely: bool, sign_up: int, idempotency_key: str = "") -> Done:
        """One's own answer to "did you choose freely, and could you have left?": added to a sum; kept is only that one has answered. Who may: the person concerned. Scope: `act:write`."""
        return self._done("volunteering.answer_choice", {"freely": freely, "sign_up": sign_up}, idempotency_key)

    def volunteering_ask_consent(self, *, email: str, opportunity: int, parent: str | None = None, idempotency_key: str = "") -> Done:
        """A minor asks a parent, by a link that needs no account. Asking again sends a new link. Who may: anybody who is signed in. Scope: `act:write`."""
        return self._done("volunteering.ask_consent", {"email": email, "opportunity": opportunity, "parent": parent}, idempotency_key)

    def volunteering_begin_plan(
        self, *, owner: int, days: int | None = None, told_only: bool | None = None, unit: int | None = None, idempotency_key: str = ""
    ) -> Done:
        """Ask for a plan; it is worked out by `keep_plan`. Who may: office or leader. Scope: `act:write`."""
        return self._done("volunteering.begin_plan", {"owner": owner, "days": days, "told_only": told_only, "unit": unit}, idempotency_key)

    def volunteering_call_off_shift(self, *, shift: int, idempotency_key: str = "") -> Done:
        """The shift does not take place; who signed up is told, and calendars strike it out. Who may: editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done("volunteering.call_off_shift", {"shift": shift}, idempotency_key)

    def volunteering_change(
        self, *, opportunity: int, plan: ActionsPlan, summary: TextIn, title: TextIn, idempotency_key: str = ""
    ) -> Done:
        """Write the text and the conditions anew; who signed up keeps the place. Who may: editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done(
            "volunteering.change", {"opportunity": opportunity, "plan": plan, "summary": summary, "title": title}, idempotency_key
        )

    def volunteering_check_host(
        self, *, checked_on: str, host: int, owner: int, valid_to: str, note: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """Note that the host was looked at, and until when that is good enough. Who may: office or leader or administrator. Scope: `act:write`."""
        return self._done(
            "volunteering.check_host",
            {"checked_on": checked_on, "host": host, "owner": owner, "valid_to": valid_to, "note": note},
            idempotency_key,
        )

    def volunteering_check_in(
        self, *, at: str, code: str, key: str, shift: int, kind: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """One's own arrival or departure by the code on the host's screen; `at` is when it was read. The same key again changes nothing. Who may: anybody who is signed in. Scope: `act:write`."""
        return self._done("volunteering.check_in", {"at": at, "code": code, "key": key, "shift": shift, "kind": kind}, idempotency_key)

    def volunteering_close(self, *, opportunity: int, idempotency_key: str = "") -> Done:
        """No more sign-ups; those who have a place keep it. Who may: editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done("volunteering.close", {"opportunity": opportunity}, idempotency_key)

    def volunteering_close_incident(self, *, incident: int, outcome: str, idempotency_key: str = "") -> Done:
        """Say what was done; only whoever may read the report. Who may: anybody who is signed in. Scope: `act:write`."""
        return self._done("volunteering.close_incident", {"incident": incident, "outcome": outcome}, idempotency_key)

    def volunteering_close_list(self, *, shift: int, idempotency_key: str = "") -> Done:
        """The shift is over: who was there becomes an activity with its sheet of hours, which the host is asked to sign. None where nobody came. Who may: holder of a pass for volunteering.desk; or editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done("volunteering.close_list", {"shift": shift}, idempotency_key)

    def volunteering_copy(self, *, first_day: str, opportunity: int, invite: bool | None = None, idempotency_key: str = "") -> Done:
        """Last year's plan on other days: every shift keeps its distance from the first and its hour on the wall. With `invite` the people of then get a letter; nobody is signed up by it. Who may: editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done("volunteering.copy", {"first_day": first_day, "opportunity": opportunity, "invite": invite}, idempotency_key)

    def volunteering_drop_plan(self, *, plan: int, idempotency_key: str = "") -> Done:
        """Throw a plan away: no letter is written. Who may: office or leader. Scope: `act:write`."""
        return self._done("volunteering.drop_plan", {"plan": plan}, idempotency_key)

    def volunteering_enter(self, *, entries: list[ActionsGiven], shift: int, source: str | None = None, idempotency_key: str = "") -> Done:
        """Take entries in; one that is there already (same key) changes nothing. Returns how many were new. Who may: holder of a pass for volunteering.desk; or editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done("volunteering.enter", {"entries": entries, "shift": shift, "source": source}, idempotency_key)

    def volunteering_forget_search(self, *, search: int, idempotency_key: str = "") -> Done:
        """Who may: the person concerned. Scope: `act:write`."""
        return self._done("volunteering.forget_search", {"search": search}, idempotency_key)

    def volunteering_lift_suspension(self, *, suspension: int, idempotency_key: str = "") -> Done:
        """Who may: office or leader or administrator. Scope: `act:write`."""
        return self._done("volunteering.lift_suspension", {"suspension": suspension}, idempotency_key)

    def volunteering_make_desk(self, *, shift: int, idempotency_key: str = "") -> Done:
        """A link for the host's helpers at the door: the list and the changing code of one shift, until two days after it. Who may: editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done("volunteering.make_desk", {"shift": shift}, idempotency_key)

    def volunteering_move_shift(self, *, ends_at: str, places: int, shift: int, starts_at: str, idempotency_key: str = "") -> Done:
        """Another time or another number of places. Who has a place keeps it and is told; the queue moves up into new places. Who may: editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done(
            "volunteering.move_shift", {"ends_at": ends_at, "places": places, "shift": shift, "starts_at": starts_at}, idempotency_key
        )

    def volunteering_name_keeper(self, *, organisation: int, person: int, idempotency_key: str = "") -> Done:
        """Name who reads confidential reports; the one before reads no more of them. Who may: leader or administrator. Scope: `act:write`."""
        return self._done("volunteering.name_keeper", {"organisation": organisation, "person": person}, idempotency_key)

    def volunteering_offer(
        self,
        *,
        host: int,
        owner: int,
        shifts: list[ActionsTimes],
        title: TextIn,
        copied_from: int | None = None,
        helps_with: list[int] | None = None,
        plan: Any = None,
        student_led: bool | None = None,
        summary: TextIn | None = None,
        unit: int | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """Ask for help. What the office, a dean or a leader writes is open at once; what a partner or a club writes the office opens. Who may: member or editor or office or leader; or partner or office or leader. Scope: `act:write`."""
        return self._done(
            "volunteering.offer",
            {
                "host": host,
                "owner": owner,
                "shifts": shifts,
                "title": title,
                "copied_from": copied_from,
                "helps_with": helps_with,
                "plan": plan,
                "student_led": student_led,
                "summary": summary,
                "unit": unit,
            },
            idempotency_key,
        )

    def volunteering_open(self, *, opportunity: int, idempotency_key: str = "") -> Done:
        """The office has read it: students may sign up. Who may: editor or office or leader. Scope: `act:write`."""
        return self._done("volunteering.open", {"opportunity": opportunity}, idempotency_key)

    def volunteering_reopen(self, *, opportunity: int, idempotency_key: str = "") -> Done:
        """Who may: editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done("volunteering.reopen", {"opportunity": opportunity}, idempotency_key)

    def volunteering_save_search(self, *, query: str, idempotency_key: str = "") -> Done:
        """Keep the filters of an address; what is new is told once a day at most. Who may: anybody who is signed in. Scope: `act:write`."""
        return self._done("volunteering.save_search", {"query": query}, idempotency_key)

    def volunteering_send_proposals(self, *, plan: int, idempotency_key: str = "") -> Done:
        """Write the letters, one to each, in the reader's language and with the reason. Shifts that are full by now are left out. Who may: office or leader. Scope: `act:write`."""
        return self._done("volunteering.send_proposals", {"plan": plan}, idempotency_key)

    def volunteering_sign_up(
        self,
        *,
        opportunity: int,
        shifts: list[int],
        birth_date: str | None = None,
        phone: str | None = None,
        wait: bool | None = None,
        idempotency_key: str = "",
    ) -> Done:
        """The actor takes these shifts, all or none. A full one gives a place in its queue, or is refused where `wait` is False. Who may: anybody who is signed in. Scope: `act:write`."""
        return self._done(
            "volunteering.sign_up",
            {"opportunity": opportunity, "shifts": shifts, "birth_date": birth_date, "phone": phone, "wait": wait},
            idempotency_key,
        )

    def volunteering_step_back(self, *, sign_up: int, idempotency_key: str = "") -> Done:
        """Withdraw, without a reason and without a trace; the first in the queue gets the place. Not once the shift has begun. Who may: the person concerned. Scope: `act:write`."""
        return self._done("volunteering.step_back", {"sign_up": sign_up}, idempotency_key)

    def volunteering_suspend_host(self, *, host: int, owner: int, reason: str, idempotency_key: str = "") -> Done:
        """From now on nobody signs up with this host; whoever has a place is told that the shifts to come do not take place. Who may: office or leader or administrator. Scope: `act:write`."""
        return self._done("volunteering.suspend_host", {"host": host, "owner": owner, "reason": reason}, idempotency_key)

    def volunteering_walk_in(
        self, *, at: str, key: str, name: str, shift: int, number: str | None = None, idempotency_key: str = ""
    ) -> Done:
        """Somebody comes who did not sign up: known by the university's number, else written down by name, without an account. Who may: holder of a pass for volunteering.desk; or editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done("volunteering.walk_in", {"at": at, "key": key, "name": name, "shift": shift, "number": number}, idempotency_key)

    def volunteering_withdraw(self, *, opportunity: int, idempotency_key: str = "") -> Done:
        """It will not take place: every shift to come is called off, and who signed up is told. Who may: editor or office or leader; or partner or office or leader; or the person concerned. Scope: `act:write`."""
        return self._done("volunteering.withdraw", {"opportunity": opportunity}, idempotency_key)

    def volunteering_write_profile(
        self, *, languages: list[str], person: int, skills: list[str], near: tuple[float, float] | None = None, idempotency_key: str = ""
    ) -> Done:
        """What one can do; only words of the vocabulary are kept. Who may: the person concerned. Scope: `act:write`."""
        return self._done(
            "volunteering.write_profile", {"languages": languages, "person": person, "skills": skills, "near": near}, idempotency_key
        )
