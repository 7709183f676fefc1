"""Which panels a reader sits on and runs, as conditions that the database answers: models and row policies share them."""

from typing import Any

from django.db.models import Expression

from hearth.records.people.reach import called


def panels(user: Any) -> Expression:
    """Panels that the user sits on today, as a member or as somebody's deputy."""
    return called("hearth_panels", user)


def panels_run_by(user: Any) -> Expression:
    """Panels that the user chairs or coordinates today."""
    return called("hearth_panels_run", user)


SITS = "{column} = any((select hearth_panels(hearth_reader()))::uuid[])"
RUNS = "{column} = any((select hearth_panels_run(hearth_reader()))::uuid[])"
SEES = "(select hearth_holds(hearth_reader(), 'see_panels'))"
HUB = "decide_step_up"  # the safeguarding hub
MANAGES_PANELS = "set_up_panels"
MANAGES_ASKERS = "see_requests_of_organisation"  # a manager of a partner organisation, of what its people asked
