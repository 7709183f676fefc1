"""What waits for a reader besides what is due for their cases: the queues of their roles, and their own requests."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from hearth.casework.assessments.queries import returned_to
from hearth.casework.assessments.queries import waiting_for as assessments_to_sign_off
from hearth.casework.cases.queries import cases_nobody_leads, newly_given
from hearth.casework.cases.reaching.queries import waiting_to_agree
from hearth.casework.cases.reaching.rules import agree_by
from hearth.casework.cases.steps.queries import (
    handed_back_to,
    late_step_ups,
    unread_step_downs,
    unread_step_ups,
    waiting_step_downs,
    waiting_step_ups,
)
from hearth.casework.front_door.passing.queries import how_many_passed_to
from hearth.casework.front_door.queries import my_counts
from hearth.casework.front_door.queries import unread_answers as answers_to_requests
from hearth.casework.front_door.triage.queries import counts
from hearth.casework.front_door.triage.rules import sees_any_area
from hearth.casework.panels.after.queries import unread_themes
from hearth.casework.panels.meetings.queries import meeting_today, to_say_what_is_known
from hearth.casework.panels.questions.queries import asked_of, news_of
from hearth.casework.panels.running.escalating import to_escalate
from hearth.casework.panels.running.queries import days_of_actions
from hearth.casework.panels.unmet.queries import unread_answers
from hearth.casework.panels.unmet.themes.queries import answered_to, to_answer
from hearth.casework.panels.unmet.words import label as unmet_words
from hearth.casework.plans.referring.queries import how_many_to_answer, unread_service_answers
from hearth.desk.buying import waiting as buying
from hearth.desk.panel.queries import how_many_wait_for_panel
from hearth.desk.queue import Waiting, by_days
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page
from hearth.foundation.core.text import lower_first, upper_first
from hearth.foundation.ui.filters import clock_time, count, counted, short_day
from hearth.records.directory.changes.queries import to_decide
from hearth.records.directory.queries import own_stale
from hearth.records.sharing.queries import disputed

MOST_THEMES = 5  # named one by one; the others are one link away


def _requests(reader: Any) -> Iterator[Waiting]:
    if not sees_any_area(reader):
        return
    found, queue = counts(reader), reverse("requests")
    if found["undecided"]:
        words = f"{counted(found['undecided'], 'request')} to decide"
        yield Waiting(words, f"{queue}?state=undecided", found["late_to_decide"], found["week_to_decide"])
    if found["to_tell"]:
        words = f"{counted(found['to_tell'], 'referrer')} to be told what was decided"
        yield Waiting(words, f"{queue}?state=to_tell", found["late_to_tell"], found["week_to_tell"])
    if found["to_pass_on"]:
        words = f"{counted(found['to_pass_on'], 'request')} to pass on to the agency that helps"
        yield Waiting(words, f"{queue}?state=to_pass_on")


def _step_ups(reader: Any) -> Iterator[Waiting]:
    if reader.may("decide_step_up"):
        yield from _of_steps(waiting_step_ups(reader), "step up", "step_ups")


def _step_downs(reader: Any) -> Iterator[Waiting]:
    if reader.may("decide_request"):
        yield from _of_steps(waiting_step_downs(reader), "step down", "step_downs")


def _of_steps(page: Page, noun: str, slice_: str) -> Iterator[Waiting]:
    if page.rows:
        yield Waiting(
            f"{_at_least(page, noun)} to answer", reverse(slice_), *by_days(s.answer_by_on for s in page.rows)
        )


def _returned(reader: Any) -> Iterator[Waiting]:
    for row in returned_to(reader) if reader.may("work_case") else ():
        words = f"The assessment of the {row['case__family__name']} family came back with comments"
        yield Waiting(words, reverse("assessment", args=[row["case__reference"]]))


def _answered(reader: Any) -> Iterator[Waiting]:
    for row in unread_step_ups(reader) if reader.may("work_case") else ():
        words = f"The step up of the {row['family__name']} family was {_how_answered(row)}"
        yield Waiting(words, reverse("step", args=[row["reference"]]))
    for row in unread_step_downs(reader) if reader.may("decide_step_up") else ():
        whose = f" of the {row['family_name']} family" if row["opens"] else ""
        words = f"Your step down {row['reference']}{whose} was {_how_answered(row)}"
        yield Waiting(words, reverse("step", args=[row["reference"]]))


def _handed_back(reader: Any) -> Iterator[Waiting]:
    for row in handed_back_to(reader) if reader.may("work_case") else ():
        words = f"The {row['family__name']} family is stepped down to you: agree what comes next"
        yield Waiting(words, reverse("step", args=[row["reference"]]))


def _unanswered(reader: Any) -> Iterator[Waiting]:
    for row in late_step_ups(reader) if reader.may("work_case") else ():
        whom = upper_first(pack().words.social_care)
        words = f"{whom} has not answered the step up of the {row['family__name']} family in time: ask them"
        yield Waiting(words, reverse("step", args=[row["reference"]]))


def _how_answered(row: dict[str, Any]) -> str:
    return "declined: read why" if row["status"] == "declined" else "accepted: read the answer"


def _my_answers(reader: Any) -> Iterator[Waiting]:
    for row in answers_to_requests(reader):
        whose = f"for the {row['family_name']} family" if row["family_name"] else row["reference"]
        words = f"Your request {whose} was answered: read the answer"
        yield Waiting(words, reverse("view_request", args=[row["reference"]]))


def _services(reader: Any) -> Iterator[Waiting]:
    if many := how_many_to_answer(reader):
        yield Waiting(f"{counted(many, 'family')} to answer for your services", reverse("service_referrals"))
    for row in unread_service_answers(reader) if reader.may("work_case") else ():
        words = f"{row['service_name']} answered for the {row['family__name']} family: read it"
        yield Waiting(words, reverse("service_referral", args=[row["reference"]]))


def _newly_given(reader: Any) -> Iterator[Waiting]:
    for row in newly_given(reader) if reader.may("work_case") else ():
        words = f"New: you lead the {row['family__name']} family, and no contact is on record yet"
        yield Waiting(words, reverse("family", args=[row["family__reference"]]))


def _to_sign_off(reader: Any) -> Iterator[Waiting]:
    page = assessments_to_sign_off(reader, None) if reader.may("sign_off_assessment") else None
    if page is not None and page.rows:
        yield Waiting(f"{_at_least(page, 'assessment')} to sign off or return", reverse("assessments_to_sign_off"))


def _nobody_leads(reader: Any) -> Iterator[Waiting]:
    page = cases_nobody_leads(reader) if reader.may("allocate_case") else None
    if page is not None and page.rows:
        yield Waiting(f"{_at_least(page, 'case')} that nobody leads", reverse("work", query={"whose": "nobody"}))


def _enough_tried(reader: Any) -> Iterator[Waiting]:
    for plan in waiting_to_agree(reader) if reader.may("sign_off_assessment") else ():
        words = f"The {plan.family.name} family could not be reached: say whether enough was tried"
        yield Waiting(words, reverse("agree_to_stop", args=[plan.case.reference]), *by_days([agree_by(plan)]))


def _my_requests(reader: Any) -> Iterator[Waiting]:
    found, mine = my_counts(reader), reverse("my_requests")
    if found["asked"]:
        words = (
            "You have a question to answer about your request"
            if found["asked"] == 1
            else f"You have {found['asked']} questions to answer about your requests"
        )
        one = reverse("answer_front_door", args=[found["asked_about"]])
        yield Waiting(words, one if found["asked"] == 1 else mine)
    if found["started"]:
        yield Waiting(f"{count(found['started'], 'request')} that you began and have not sent", mine)


def _passed_to_me(reader: Any) -> Iterator[Waiting]:
    found = how_many_passed_to(reader)
    if found:
        yield Waiting(f"{count(found, 'request')} passed to you: say whether you will help", reverse("passed_requests"))


def _for_the_panel(reader: Any) -> Iterator[Waiting]:
    if not sees_any_area(reader):
        return
    found = how_many_wait_for_panel(reader)
    if found["all"]:
        words = f"{count(found['all'], 'family', 'families')} to take to the panel"
        yield Waiting(words, reverse("waiting_for_panel"), found["late"], found["week"])


def _answered_by_panels(reader: Any) -> Iterator[Waiting]:
    for row in unread_themes(reader):
        yield Waiting(f"A panel answered: {row['title']}", reverse("panel_item", args=[row["reference"]]))


def _panel_meetings(reader: Any) -> Iterator[Waiting]:
    for meeting in meeting_today(reader):
        slice_ = "run_panel_meeting" if meeting.runs_it else "panel_meeting"  # type: ignore[attr-defined]
        words = f"{meeting.panel.name} meets today, {clock_time(meeting.starts_at)} to {clock_time(meeting.ends_at)}"
        yield Waiting(words, reverse(slice_, args=[meeting.reference]), week=1)
    for row in to_say_what_is_known(reader):
        families = count(row["families"], "family", "families")
        words = f"Say what you know of {families} before {row['meeting__panel__name']} on {short_day(row['meeting__meets_on'])}"
        where = reverse("panel_meeting", args=[row["meeting__reference"]])
        yield Waiting(words, where, *by_days([row["meeting__checks_by"]]))


def _asked_by_panels(reader: Any) -> Iterator[Waiting]:
    days = days_of_actions(reader)
    if days:
        words = f"{count(len(days), 'thing', 'things')} that panels asked of you"
        yield Waiting(words, reverse("panel_actions"), *by_days(days))


def _questions(reader: Any) -> Iterator[Waiting]:
    for question in news_of(reader):
        where = reverse("question", args=[question.reference])
        if question.answered_at is None:
            yield Waiting(f"A question without a name, asked of {asked_of(question)}", where)
        else:
            yield Waiting("Your question without a name was answered", where)


def _unmet(reader: Any) -> Iterator[Waiting]:
    for row in unread_answers(reader):
        whose = f" for the {row['family']} family" if row["family"] else f", {row['reference']}"
        words = f"An answer came back to a need you recorded: {lower_first(unmet_words('need', row['need']))}{whose}"
        yield Waiting(words, reverse("unmet_need", args=[row["reference"]]))
    asked = to_answer(reader)
    for theme in asked[:MOST_THEMES]:
        words = f"Escalated to you: {theme.title}, {theme.area.name}"
        yield Waiting(
            words, reverse("unmet_theme", args=[theme.reference]), *by_days([theme.due_on] if theme.due_on else [])
        )
    if len(asked) > MOST_THEMES:
        yield Waiting(f"{len(asked)} themes escalated to you in all", f"{reverse('unmet_themes')}?show=escalated")
    for theme in dict.fromkeys(each.item.theme for each in to_escalate(reader) if each.item.theme):
        words = f"A panel decided to escalate a theme: {theme.title}"
        yield Waiting(words, reverse("unmet_theme", args=[theme.reference]))
    answered = answered_to(reader)
    if answered:
        words = f"{counted(answered, 'theme')} of unmet need answered: close, or work on again"
        yield Waiting(words, f"{reverse('unmet_themes')}?show=answered")


def _directory(reader: Any) -> Iterator[Waiting]:
    found = to_decide(reader)
    if found:
        yield Waiting(f"{count(found, 'change')} of the directory to approve or send back", reverse("service_changes"))
    stale = own_stale(reader)
    if stale:
        words = f"{count(stale, 'entry', 'entries')} of yours in the directory to confirm: nobody has in time"
        yield Waiting(words, f"{reverse('directory')}?show=due", stale)


def _disagreements(reader: Any) -> Iterator[Waiting]:
    rows = disputed(reader) if reader.may("allocate_case") else []
    if rows:
        words = f"{counted(len(rows), 'disagreement')} about sharing to decide"
        yield Waiting(words, reverse("settle_disagreement", args=[rows[0].family.reference, rows[0].reference]))


def _at_least(page: Page, noun: str) -> str:
    """How many there are, as far as one page tells."""
    return f"more than {count(len(page.rows), noun)}" if page.more else count(len(page.rows), noun)


QUEUES: tuple[Callable[[Any], Iterator[Waiting]], ...] = (
    _returned,
    _answered,
    _my_answers,
    _services,
    _handed_back,
    _unanswered,
    _newly_given,
    _requests,
    _step_ups,
    _step_downs,
    _to_sign_off,
    _enough_tried,
    _nobody_leads,
    _for_the_panel,
    _disagreements,
    _panel_meetings,
    _answered_by_panels,
    _asked_by_panels,
    _questions,
    _unmet,
    _directory,
    *buying.QUEUES,
    _my_requests,
    _passed_to_me,
)


def waiting_for(reader: Any) -> list[Waiting]:
    """Every queue of the reader's that is not empty, what came back first: one query for each that they have."""
    return [each for queue in QUEUES for each in queue(reader)]
