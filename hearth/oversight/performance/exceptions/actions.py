"""Say what is done about a measure that is behind."""

import datetime as dt
from typing import Any

from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.oversight.performance.exceptions import rules
from hearth.oversight.performance.models import ExceptionReport


@action
def write_exception_report(
    *, by: Any, measure: str, area: Any, why: str, doing: str, review_on: dt.date
) -> ExceptionReport:
    """Say why a measure is where it is, and what is done. It is never changed: what is said later stands above it.

    `measure` is a code of the pack, or `project.row`; `area` is None for the whole authority. Sent a second time, it is the one there is.
    """
    refuse(rules.why_not_report(by, area))
    refuse(rules.why_not_of(measure, area))
    why, doing = clean(why).strip(), clean(doing).strip()
    refuse(rules.why_not_said(why, doing, review_on))
    where = area.code if area else ""
    _hold(measure, where)
    there = (
        ExceptionReport.objects.filter(measure=measure, area=area, written_on=clock.today())
        .select_related("written_by")
        .first()
    )
    said = (why, doing, review_on, by.id)
    if there is not None and (there.why, there.doing, there.review_on, there.written_by_id) == said:
        record("performance.report_sent_again", subject=measure, area=where)
        return there
    refuse(rules.why_not_twice(there))
    made = ExceptionReport(measure=measure, area=area, why=why, doing=doing, review_on=review_on, written_by=by)
    made.save(force_insert=True)
    record("performance.exception_reported", subject=measure, area=where, review_on=review_on)
    return made


def _hold(measure: str, area: str) -> None:
    """Whoever says something of the same at the same moment waits, and then reads what was said."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 10))", [f"exception report {measure} {area}"])
