"""Who reads what members asked for, keeps it and approves answers: conditions that `visible_to` and the row policies share."""

from typing import Any

from django.db.models import Expression, Q

from hearth.oversight.governance.reach import governed, in_area_sql, in_sql, of_governed

SEES, KEEPS, APPROVES = "see_member_requests", "keep_member_requests", "approve_member_requests"
FUNCTION = "hearth_member_requests"


def member_requests(user: Any, what: str = "see") -> Expression:
    """Requests that the user may read ("see"), answer ("edit"), keep, or approve answers of ("decide")."""
    return governed(user, FUNCTION, what)


def of_request(user: Any, prefix: str = "request", what: str = "see") -> Q:
    """Rows that hang from such a request."""
    return of_governed(user, FUNCTION, prefix, what)


def request_sql(what: str, column: str = "request_id") -> str:
    """As row policies ask it."""
    return in_sql(FUNCTION, what, column)


KEPT_HERE = in_area_sql(KEEPS)
