"""Who starts, writes, approves, publishes and corrects reports; and the sentence when they may not."""

from collections.abc import Collection, Iterable
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import clean
from hearth.oversight.performance.reach import SEES
from hearth.oversight.performance.reports.models import Report, ReportState
from hearth.oversight.performance.reports.reach import ALL, APPROVES, PUBLISHES, WRITES
from hearth.oversight.performance.reports.sections import SECTIONS, section_coded
from hearth.records.money.reach import holds_whole

State = ReportState
LONGEST = 10_000

BEING_GATHERED = Refusal(
    "reports.being_gathered", "These figures are being gathered at this moment. Look again in a minute."
)
STARTED = Refusal(
    "reports.started", "There is a report of that place and time already. Open it, or correct it once it is approved."
)
STANDS = Refusal(
    "reports.stands",
    "This report is approved, and never changes. Correct it with a new version, and say what was wrong.",
)


def why_not_see_reports(user: Any) -> Refusal | None:
    """The list: whoever works on reports, and whoever sees counts."""
    if any(user.may(each) for each in (*ALL, SEES)):
        return None
    return Refusal(
        "reports.may_not_see", "Your role does not include reports. Those that are published are open to everybody."
    )


def works_in(user: Any, area: Any, permission: str) -> bool:
    """Whether somebody of the authority holds a permission in a district, or for all of it where there is none."""
    if not user.organisation.is_authority:
        return False
    return bool(user.may(permission, area)) if area is not None else holds_whole(user, permission)


def why_not_write_in(user: Any, area: Any) -> Refusal | None:
    """Writing reports of a district, or of the authority."""
    if works_in(user, area, WRITES):
        return None
    where = area.name if area is not None else "the whole authority"
    return Refusal(
        "reports.may_not_write",
        f"You do not write reports of {where}. Ask a development officer or an analyst who does.",
    )


def why_not_start(user: Any, area: Any, period: Any) -> Refusal | None:
    """Starting: of a place of one's own, and a period that is over; a year is the authority's."""
    if refusal := why_not_write_in(user, area):
        return refusal
    if period is None:
        return Refusal("reports.period", "Choose a quarter or a year that is over.")
    if period.kind == Report.Kind.YEAR and area is not None:
        return Refusal("reports.year", "An annual report is of the whole authority. Choose a quarter for a district.")
    return None


def why_not_gather(user: Any, report: Report) -> Refusal | None:
    """Gathering the figures again: until it is sent."""
    if refusal := why_not_write_in(user, report.area):
        return refusal
    if report.state in (State.WRITING, State.FAILED):
        return None
    return BEING_GATHERED if report.is_open else _not_being_written(report)


def _not_being_written(report: Report) -> Refusal:
    if report.is_approved:
        return STANDS
    if report.state == State.SENT:
        return Refusal("reports.sent", "This report is sent for approval. It can be written in once it is sent back.")
    return Refusal("reports.no_figures", "Its figures are not there yet. Look again in a minute.")


def why_not_write(user: Any, report: Report) -> Refusal | None:
    """Writing in it: its district's writers, once its figures are there and until it is sent."""
    if refusal := why_not_write_in(user, report.area):
        return refusal
    return None if report.state == State.WRITING else _not_being_written(report)


def why_not_these_words(section: str, words: str) -> Refusal | None:
    """What is written is of a section that there is, and no longer than is kept."""
    if section_coded(section) is None:
        return Refusal("reports.section", "There is no such section. Choose one of those that there are.")
    if len(words) > LONGEST:
        return Refusal("reports.too_long", f"That is longer than {LONGEST:,} characters. Make it shorter.")
    return None


def why_not_this_study(said: dict[str, Any], *, names_changed: bool) -> Refusal | None:
    """A case study says who consented, on which day and where that is kept; and somebody states that every name is changed."""
    if not all(clean(str(said[name])).strip() for name in ("title", "story")):
        return Refusal("reports.no_story", "Write what happened, and a title.")
    if (
        not clean(said["consented_by"]).strip()
        or not clean(said["consent_kept"]).strip()
        or said["consented_on"] is None
    ):
        return Refusal(
            "reports.no_consent",
            "A case study is told with consent alone. Say who agreed, on which day, and where that is written down.",
        )
    if said["consented_on"] > clock.today():
        return Refusal("reports.consent_to_come", "That day has not been yet. Say the day on which they agreed.")
    if not names_changed:
        return Refusal(
            "reports.names",
            "State that every name, and whatever else says who they are, is changed. Without that it is not told.",
        )
    return None


def why_not_withdraw(user: Any, report: Report, withdrawn: Any) -> Refusal | None:
    """Taking a case study out: whoever works on the report, at any time, once."""
    if not any(works_in(user, report.area, each) for each in ALL):
        return Refusal(
            "reports.may_not_withdraw", "Ask whoever writes or approves this report to take the case study out."
        )
    if withdrawn:
        return Refusal("reports.withdrawn", "This case study is taken out already.")
    return None


def why_not_send(user: Any, report: Report, written: Collection[str]) -> Refusal | None:
    """Sending: every section has somebody's words."""
    if refusal := why_not_write(user, report):
        return refusal
    missing = [each.title for each in SECTIONS if each.code not in written]
    if missing:
        return Refusal("reports.unwritten", f"Write about “{missing[0]}”, if only that there is nothing to tell of it.")
    return None


def why_not_decide(user: Any, report: Report, writers: Iterable[Any]) -> Refusal | None:
    """Approving or sending back: whoever approves there, and nobody who wrote in it."""
    if not works_in(user, report.area, APPROVES):
        return Refusal(
            "reports.may_not_approve",
            "A manager of the district, or the strategic lead, approves reports. Ask one of them.",
        )
    if report.is_approved:
        return STANDS
    if report.state != State.SENT:
        return Refusal(
            "reports.not_sent",
            "This report was not sent for approval yet, or was sent back. It is with whoever writes it.",
        )
    if user.pk in writers:
        return Refusal(
            "reports.own",
            "You wrote in this report, so somebody else approves it. Ask another manager or the strategic lead.",
        )
    return None


def why_not_send_back(words: str) -> Refusal | None:
    """What is sent back says why."""
    return (
        None
        if clean(words).strip()
        else Refusal("reports.no_words", "Write what is to be changed before it can be approved.")
    )


def why_not_correct(user: Any, report: Report, why: str, *, later: bool) -> Refusal | None:
    """A new version: of what is approved and has none yet, with what was wrong."""
    if refusal := why_not_write_in(user, report.area):
        return refusal
    if not report.is_approved:
        return Refusal(
            "reports.not_approved",
            "Only an approved report is corrected with a new version. This one can still be changed.",
        )
    if later:
        return Refusal("reports.corrected", "There is a newer version of this report already. Open that.")
    return None if clean(why).strip() else Refusal("reports.no_reason", "Say what was wrong in it.")


def why_not_publish(user: Any, report: Report, *, published: bool) -> Refusal | None:
    """Publishing: an approved report, once, by whoever publishes."""
    if not works_in(user, report.area, PUBLISHES):
        return Refusal("reports.may_not_publish", "Only the strategic lead publishes reports. Ask them.")
    if not report.is_approved:
        return Refusal("reports.not_approved_yet", "Only an approved report is published. Have it approved first.")
    return Refusal("reports.published", "This report is published already.") if published else None


def why_not_without_looking(*, looked: bool) -> Refusal | None:
    """Somebody read it for names and small numbers before everybody does."""
    if looked:
        return None
    return Refusal(
        "reports.not_looked", "Say that you read its words, and that no name and no small number stands in them."
    )
