"""Who reads an audit, as questions that the database answers: `visible_to` and the policies ask them alike."""

from typing import Any

from django.db.models import BooleanField, F, Func, Q

from hearth.records.people.reach import areas

LEADS, AUDITS = "lead_audits", "audit_assessments"


def _asked(function: str, column: str) -> Func:
    return Func(F(column), function=function, output_field=BooleanField())


def reads_audit(audit: str) -> Func:
    """A condition for `filter()`, on the column that holds an audit's key: its leads, its auditors, and its worker once they are told."""
    return _asked("hearth_reads_audit", audit)


def works_on_audit(audit: str) -> Func:
    """The same without the worker: its leads and its auditors."""
    return _asked("hearth_works_on_audit", audit)


def reads_grade(grade: str) -> Func:
    """The same of what was graded: the auditor's own; once every grade of the audit is in, also its leads and its other auditor."""
    return _asked("hearth_reads_grade", grade)


def reads_sample(sample: str) -> Func:
    """The same of a sample: whoever leads audits where it was drawn, and whoever grades something of it."""
    return _asked("hearth_reads_sample", sample)


def leads_in(user: Any) -> Q:
    """A condition on what has an area: one in which the user leads audits, or none, for whoever leads anywhere."""
    return Q(area__one_of=areas(user, LEADS)) | Q(area=None) if user.may(LEADS) else Q(pk__in=[])
