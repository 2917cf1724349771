"""One council's year in a real browser: an empty employer's seat is found and filled, an invitation is answered by link with a deputy, the quorum
is lost and regained, a secret vote, minutes in Kazakh, a decision that falls due and returns, a course that changes, an indicator that moves."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.browser.test_from_need_to_return import become
from tests.browser.test_main_job import complaints_of
from tests.cast import TODAY

from tertia.core.access.models import Pass
from tertia.core.actions.actor import Actor
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.measure.indicators.actions import choose_indicator
from tertia.measure.indicators.models import Figure
from tertia.measure.indicators.nightly import recompute
from tertia.plan.councils.models import Council, Decision, Invitation, Meeting, Motion

pytestmark = [pytest.mark.browser, pytest.mark.production, pytest.mark.django_db(transaction=True)]


def link_of(invitation, email=""):
    rows = Pass.objects.filter(purpose="councils.seat", subject_id=invitation.pk, revoked_at=None)
    return f"/kk/p/{(rows.filter(sent_to=email) if email else rows).latest('pk').token}/"


def figure_of(university, catalogue_id):
    return Figure.objects.filter(indicator__owner=university, indicator__catalogue_id=catalogue_id, period="2026-27", breakdown="").first()


def test_a_council_through_its_year(visit, demonstration):
    university = demonstration.university
    measure = Record.objects.filter(owner=university, kind="measure").first()
    with clock.at(TODAY, 7):
        choose_indicator(by=Actor.system("test"), owner=university, catalogue_id="council-both-sides-share", measures=[measure])
        recompute(university, TODAY)
    before = figure_of(university, "council-both-sides-share")
    council = Council.objects.get(owner=university)
    page = become(visit, "kk", "office")
    page.goto(f"/kk/councils/{council.slug}/")
    assert "Бос" in page.inner_text("main") and "1 орынның 0 толған" in page.inner_text("main"), "the empty employer's seat is told"
    assert complaints_of(page) == []
    _fill_the_employers_seat(page, council)
    assert "1 орынның 0 толған" not in page.inner_text("main")

    meeting = Meeting.objects.get(council=council, state="called")
    page.goto(f"/kk/meetings/{meeting.slug}/")
    page.locator("details:has(#off-reason) > summary").click()
    page.locator("#off-reason").fill("Жаңа мүше шақырылуы керек")
    page.locator("button[value=off]").click()
    meeting = _call_another(page, council)
    employer = Invitation.objects.get(meeting=meeting, sector="employer")

    member = visit(link_of(employer), width=360)
    member.locator("[name=answer][value=deputy]").check()
    member.locator("[name=deputy_name]").fill("Инженер")
    member.locator("[name=deputy_email]").fill("engineer@demonstration.invalid")
    member.locator("button[value=answer]").click()
    assert "Инженер" in member.inner_text("main")
    deputy = visit(link_of(employer, "engineer@demonstration.invalid"), width=360)

    motion = _quorum_lost_and_regained(visit, page, meeting, deputy, employer)
    assert (motion.outcome, motion.form) == ("carried", "secret")
    decision = _decide(page, meeting, motion)
    page.locator("button[value=close]").click()
    assert "хаттама" in page.inner_text("main").lower() and "Инженер" in page.inner_text("main")
    page.locator("[name=approved_by]").fill("Төраға")
    page.locator("button[value=approve]").click()
    assert Meeting.objects.get(pk=meeting.pk).state == "approved" and "ҚАУЛЫ ЕТТІ" in page.inner_text("main")
    assert complaints_of(page) == []

    # the decision falls due and comes back by itself; a course is linked to it, and its difference is seen
    following = _call_another(page, council, day=TODAY + dt.timedelta(days=20))
    assert decision.pk in following.items.get(kind="due").reviews.values_list("decision", flat=True)
    page.goto(f"/kk/decisions/{decision.slug}/")
    page.locator("[name=which]").select_option(index=0)
    page.locator("button[value=change]").click()
    assert decision.links_up.filter(relation="changes").exists()
    with clock.at(TODAY, 23):
        recompute(university, TODAY)
    after = figure_of(university, "council-both-sides-share")
    assert after.denominator == before.denominator + 1 and after.numerator == before.numerator + 1, "both sides sat at this meeting"


def _fill_the_employers_seat(page, council):
    page.goto(f"/kk/councils/{council.slug}/seats/")
    page.locator("li:has(.signal) a.button").first.click()
    row = page.locator("#fill")
    row.locator("[name=name]").fill("Жаңа жұмыс беруші")
    row.locator("[name=email]").fill("employer@demonstration.invalid")
    row.locator("[name=organisation]").select_option(label="Демонстрациялық кәсіпкерлер палатасы")
    row.locator("[name=starts_on]").fill("2026-11-24")
    row.locator("button[value=fill]").click()
    page.goto(f"/kk/councils/{council.slug}/")


def _call_another(page, council, day=TODAY):
    page.goto(f"/kk/councils/{council.slug}/meetings/new/")
    page.locator("[name=day]").fill(day.isoformat())
    page.locator("[name=from_time]").fill("15:00")
    page.locator("[name=to_time]").fill("17:00")
    page.locator("[name=where]").fill("Зал 305")
    page.locator("main button.main").click()
    page.locator("details:has(button[value=item]) > summary").click()
    page.locator("[name=title_kk]").fill("Бағдарлама нәтижелері")
    page.locator("button[value=item]").click()
    page.locator("button[value=call]").click()
    return Meeting.objects.filter(council=council, state="called").latest("pk")


def _quorum_lost_and_regained(visit, page, meeting, deputy, employer):
    page.goto(f"/kk/meetings/{meeting.slug}/room/")
    page.locator("[name=chair_name]").fill("Төраға")
    page.locator("button[value=open]").click()
    rows = {i.sector if i.duty == "member" else i.duty: i for i in meeting.invitations.all()}
    for key in ("chair", "secretary", "academic"):
        page.locator(f"form:has([name=which][value='{rows[key].pk}']) button[value=site]").click()
    item = meeting.items.get(kind="report")
    page.locator(f"#item-{item.pk} button[value=begin]").click()
    page.locator("details:has(button[value=vote]) > summary").click()
    page.locator("#vote_text_kk, form:has(button[value=vote]) [name=text_kk]").first.fill("Нәтижені қайта жазу")
    page.locator("select[name=form]").select_option("secret")
    page.locator("button[value=vote]").click()
    assert "кворум жоқ" in page.inner_text("main aside")
    page.locator("button[value=close-vote]").click()
    assert Motion.objects.latest("pk").outcome == "no-quorum"
    deputy.goto(link_of(employer, "engineer@demonstration.invalid"))
    deputy.locator("button[value=site]").click()
    local = visit(link_of(rows["local"]), width=360)
    local.locator("button[value=afar]").click()
    page.goto(f"/kk/meetings/{meeting.slug}/room/")
    assert "кворум (4) бар" in page.inner_text("main aside")
    page.locator("details:has(button[value=vote]) > summary").click()
    page.locator("#vote_text_kk, form:has(button[value=vote]) [name=text_kk]").first.fill("Нәтижені қайта жазу")
    page.locator("select[name=form]").select_option("secret")
    page.locator("button[value=vote]").click()
    screen = become(visit, "kk", "leader")
    screen.goto(f"/kk/meetings/{meeting.slug}/screen/")
    for voter in (deputy, local):
        voter.reload()
        voter.locator("button[name=choice][value=for]").click()
        assert "жәшікте" in voter.inner_text("main")
    screen.locator("#live progress[value='2']").wait_for()
    page.goto(f"/kk/meetings/{meeting.slug}/room/")
    page.locator("button[value=close-vote]").click()
    assert complaints_of(deputy) == []
    return Motion.objects.latest("pk")


def _decide(page, meeting, motion):
    page.locator("details:has(button[value=decide]) > summary").click()
    form = page.locator("form:has(button[value=decide])")
    form.locator("[name=text_kk]").fill("Оқу нәтижесін қайта жазу")
    form.locator("[name=motion]").select_option(value=str(motion.pk))
    form.locator("[name=responsible]").select_option(index=1)
    form.locator("[name=due_on]").fill("2026-12-10")
    form.locator("[name=proof_kk]").fill("Пәндер тізілімінде жазылған")
    form.locator("button[value=decide]").click()
    return Decision.objects.get(meeting=meeting)
