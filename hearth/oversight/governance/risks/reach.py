"""Who reads the risk log, keeps it and answers what is escalated: conditions that `visible_to` and the row policies share."""

from typing import Any

from django.db.models import Expression, Q

from hearth.oversight.governance.reach import governed, in_area_sql, in_sql, of_governed

SEES, KEEPS, ANSWERS = "see_risks", "keep_risks", "answer_escalated_risks"
FUNCTION = "hearth_risks"


def risks(user: Any, what: str = "see") -> Expression:
    """Risks that the user may read ("see"), assess and follow ("edit"), keep, or answer where they were escalated ("decide")."""
    return governed(user, FUNCTION, what)


def of_risk(user: Any, prefix: str = "risk", what: str = "see") -> Q:
    """Rows that hang from such a risk."""
    return of_governed(user, FUNCTION, prefix, what)


def risk_sql(what: str, column: str = "risk_id") -> str:
    """As row policies ask it."""
    return in_sql(FUNCTION, what, column)


MEETS = in_area_sql(KEEPS)
READS_MEETING = f"""(select hearth_holds(hearth_reader(), '{SEES}'))
    and (area_id is null or area_id = any((select hearth_money_areas(hearth_reader(), '{SEES}'))::uuid[]))"""
