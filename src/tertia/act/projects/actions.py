"""Proposing a joint project, agreeing to lead it, stages, log, result, and what those say who asked for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.act.projects.models import Confirmation, LogEntry, Project, ProjectParty, Stage
from tertia.core.access.actions import issue_pass, use_pass
from tertia.core.access.links import pass_url
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import OFFICE, WORKERS, holder, itself, one_of, roles, speaker, system
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.core.rules.queries import rule_on

__all__ = [
    "With", "add_stage", "agree_to_lead", "ask_again", "confirm_result", "finish_stage", "propose_project", "state_result", "stop_project", "write_log",
]  # fmt: skip

SPEAKS = ("office", "leader", "partner", "editor")


@dataclass(frozen=True)
class With:
    """A body in the project: whether it leads, and what it puts in."""

    organisation: Any
    leads: bool = False
    contributes: Text = field(default_factory=lambda: Text({}))


@action("projects.propose", may=roles(*OFFICE, of="owner.pk"))
def propose_project(
    *, by: Any, owner: Any, title: Text, parties: Sequence[With], expected: Text, how_seen: Text, starts_on: dt.date, ends_on: dt.date | None, on: dt.date,
    summary: Text | None = None, solves: Record | None = None, unit: Any = None,
) -> Project:  # fmt: skip
    """A project of the university and others. Each leader is asked; it runs when all have agreed."""
    faults = [Fault("title", _("Say in one sentence what is done together."))] if not title else []
    faults += [Fault("expected", _("Say what shall be different afterwards."))] if not expected else []
    faults += [Fault("how_seen", _("Say how that will be seen."))] if not how_seen else []
    if ends_on is not None and ends_on < starts_on:
        faults.append(Fault("ends_on", _("The last day is before the first one. Correct one of the two.")))
    ids = [p.organisation.pk for p in parties]
    if len(set(ids)) < len(ids) or owner.pk in ids:
        faults.append(Fault("parties", _("One organisation is named twice.")))
    if not any(p.leads for p in parties):
        faults.append(Fault("parties", _("A joint project has at least one more leader beside the university.")))
    if any(p.organisation.merged_into_id for p in parties):
        faults.append(Fault("parties", _("One of the organisations was merged with another. Choose the one that goes on.")))
    if faults:
        raise BadInput(*faults)
    made = Project(
        owner=owner, title=title, summary=summary or Text({}), expected=expected, how_seen=how_seen, starts_on=starts_on, ends_on=ends_on, due_on=ends_on, unit=unit,
        responsible=by.person, author=by.person, slug=free_slug(owner, "project", title), visibility=Visibility.PUBLIC, demonstration=owner.demonstration,
    )  # fmt: skip
    made.save()
    ProjectParty(project=made, organisation=owner, leads=True, agreed_on=on).save()
    for one in parties:
        party = ProjectParty(project=made, organisation=one.organisation, leads=one.leads, contributes=one.contributes, asked_on=on)
        party.save()
        _ask(
            party,
            "projects.join",
            gettext_noop("Will you lead this together: %(title)s"),
            gettext_noop("%(owner)s proposes a joint project. Read it and say yes or no; no account is needed:\n%(url)s"),
        )
    if solves is not None:
        join(made, "helps" if solves.kind == "measure" else "solves", solves)
    return made


def _ask(subject: Any, purpose: str, title: str, body: str) -> Any:
    """Inside an action: a link for a body, and the letter that carries it."""
    project, organisation = subject.project, subject.organisation
    held = issue_pass(
        by=Actor.system("projects"), purpose=purpose, issued_by=project.owner, subject_id=subject.pk, record=project, organisation=organisation, sent_to=organisation.email,
        language=organisation.letter_language,
    )  # fmt: skip
    write_letter(
        key=f"{purpose}:{subject.pk}:{held.pk}", to=organisation, organisation=project.owner, record=project, subject=title, body=body,
        values=lambda language: {"title": project.title.read(language).text, "owner": project.owner.name.read(language).text, "url": pass_url(held)},
    )  # fmt: skip
    return held


MAY_AGREE = one_of(holder("projects.join", of="party"), roles("office", "leader", "partner", of="party.organisation_id"))


@action("projects.agree", may=MAY_AGREE, about="party")
def agree_to_lead(*, by: Any, party: ProjectParty, yes: bool, on: dt.date, contributes: Text | None = None) -> ProjectParty:
    """A body says yes, with what it puts in, or no: then it is no part of the project. When all leaders have agreed, it runs."""
    use_pass(by)
    project = lock(party.project)
    require_state(project, "proposed", "running")
    party = lock(party)
    if party.agreed_on is not None:
        raise WrongState(party, "agreed", ("asked",))
    if not yes:
        party.delete()
        if not project.parties.filter(leads=True).exclude(organisation=project.owner_id).exists():
            move(project, "stopped")
        return party
    party.agreed_on, party.contributes = on, contributes or party.contributes
    party.save()
    if project.state == "proposed" and not project.parties.filter(leads=True, agreed_on=None).exists():
        move(project, "running")
    return party


LEADS = one_of(
    roles(*OFFICE, of="project.owner_id"), roles(*SPEAKS, of="organisation.pk"), speaker("partnerships.desk", of="organisation.pk")
)


def _of(project: Project, organisation: Any) -> None:
    if not project.parties.filter(organisation=organisation, agreed_on__isnull=False).exists():
        raise BadInput(Fault("organisation", _("Only the bodies of the project write here.")))


@action("projects.add_stage", may=LEADS, about="project")
def add_stage(*, by: Any, project: Project, organisation: Any, title: Text, due_on: dt.date, answers: Any = None) -> Stage:
    """A stage; any of the leading bodies sets it."""
    require_state(project, "proposed", "running")
    _of(project, organisation)
    faults = [Fault("title", _("Say what will be there."))] if not title else []
    if project.starts_on and due_on < project.starts_on:
        faults.append(Fault("due_on", _("The day is before the project begins.")))
    if faults:
        raise BadInput(*faults)
    made = Stage(project=project, title=title, due_on=due_on, organisation=answers or organisation)
    made.save()
    return made


@action("projects.finish_stage", may=LEADS, about="project")
def finish_stage(*, by: Any, project: Project, organisation: Any, stage: Stage, on: dt.date) -> Stage:
    _of(project, organisation)
    stage = lock(stage)
    if stage.project_id != project.pk or stage.done_on is not None:
        raise WrongState(stage, "done", ("open",))
    stage.done_on = on
    stage.save()
    return stage


@action("projects.write_log", may=LEADS, about="project")
def write_log(*, by: Any, project: Project, organisation: Any, words: Text, on: dt.date) -> LogEntry:
    """How it goes, in the words of one of the bodies; everybody reads it."""
    require_state(project, "proposed", "running", "finished", "confirmed", "unconfirmed")
    _of(project, organisation)
    if not words:
        raise BadInput(Fault("words", _("Write at least one sentence.")))
    made = LogEntry(project=project, on=on, words=words, organisation=organisation)
    made.save()
    return made


def _askers(project: Project) -> list[tuple[Any, Any]]:
    """(body, person) who asked for what the project works on; where nobody is known, the other leaders."""
    needs = Record.objects.filter(links_down__lower=project, links_down__relation="solves").select_related("as_need__asked_by", "author")
    found: dict[tuple[int, int], tuple[Any, Any]] = {}
    for need in needs:
        body = getattr(getattr(need, "as_need", None), "asked_by", None) if need.kind == "need" else None
        person = need.author if body is None else None
        if body is not None or person is not None:
            found[(body.pk if body else 0, person.pk if person else 0)] = (body, person)
    if found:
        return list(found.values())
    rows = project.parties.filter(agreed_on__isnull=False).exclude(organisation=project.owner_id).select_related("organisation")
    return [(p.organisation, None) for p in rows]


@action("projects.state_result", may=roles(*WORKERS, of="project.owner_id"), about="project")
def state_result(*, by: Any, project: Project, result: Text, on: dt.date) -> Project:
    """The leaders state what changed; those who asked are asked whether it is so. The project does not confirm itself."""
    project = lock(project)
    require_state(project, "running")
    if not result:
        raise BadInput(Fault("result", _("Say what is different now, measured as it was promised.")))
    project.result, project.result_on = result, on
    move(project, "finished")
    _ask_for_word(project, on, again=False)
    return project


def _ask_for_word(project: Project, on: dt.date, again: bool) -> None:
    for body, person in _askers(project):
        made = Confirmation(project=project, organisation=body, person=person, asked_on=on, again=again)
        made.save()
        subject, words = (
            gettext_noop("Is it so: %(title)s"),
            gettext_noop(
                "%(owner)s says that this is done. You asked for it: is the result there? One question, no account is needed:\n%(url)s"
            ),
        )
        if body is not None:
            _ask(made, "projects.confirm", subject, words)
        elif person is not None:
            write_letter(
                key=f"projects.confirm:{made.pk}", to=person, organisation=project.owner, record=project, subject=subject, body=words,
                values=lambda language: {
                    "title": project.title.read(language).text, "owner": project.owner.name.read(language).text, "url": project.get_absolute_url(),
                },
            )  # fmt: skip


MAY_CONFIRM = one_of(
    holder("projects.confirm", of="confirmation"),
    itself("confirmation.person_id"),
    roles("office", "leader", "partner", of="confirmation.organisation_id"),
)


@action("projects.confirm", may=MAY_CONFIRM, about="confirmation")
def confirm_result(*, by: Any, confirmation: Confirmation, says: str, words: Text, on: dt.date) -> Confirmation:
    """Somebody who asked for it says whether the result is there. One "no" is a no; all have to say yes or partly."""
    if says not in Confirmation.Says.values:
        raise BadInput(Fault("says", _("Choose one of the three answers.")))
    use_pass(by)
    project = lock(confirmation.project)
    confirmation = lock(confirmation)
    if confirmation.answered_on is not None:
        raise WrongState(confirmation, "answered", ("asked",))
    confirmation.says, confirmation.person_words, confirmation.answered_on = says, words, on
    confirmation.save()
    rows = project.confirmations.filter(again=confirmation.again)
    if says == Confirmation.Says.NO and project.state in ("finished", "confirmed"):
        move(project, "unconfirmed")
    elif project.state == "finished" and not rows.filter(answered_on=None).exists():
        project.again_on = on + dt.timedelta(days=rule_on("project.ask_again_days", on, project.owner))
        move(project, "confirmed")
    return confirmation


@action("projects.ask_again", may=system, about="project")
def ask_again(*, by: Any, project: Project, on: dt.date) -> Project:
    """After a time those concerned are asked once more whether it lasts."""
    project = lock(project)
    if project.state == "confirmed" and project.again_on is not None and project.again_on <= on:
        project.again_on = None
        project.save()
        _ask_for_word(project, on, again=True)
    return project


@action("projects.stop", may=roles(*OFFICE, of="project.owner_id"), about="project")
def stop_project(*, by: Any, project: Project, words: Text, on: dt.date) -> Project:
    """It is stopped, and the log says why."""
    project = lock(project)
    require_state(project, "proposed", "running")
    if not words:
        raise BadInput(Fault("words", _("Say why it is stopped.")))
    LogEntry(project=project, on=on, words=words, organisation=project.owner).save()
    move(project, "stopped")
    return project
