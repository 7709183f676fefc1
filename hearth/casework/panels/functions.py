"""SQL of the functions that say which panels somebody sits on, and which they run. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function

_SITS = """select coalesce(array_agg(distinct m.panel_id), '{{}}') from panels_panelmember m
    join panels_panel p on p.id = m.panel_id and p.ended_at is null
    where {who} and m.from_on <= current_date and m.ended_at is null
    and exists (select 1 from accounts_user u where u.id = reader and u.is_active)"""


def functions() -> list[RunSQL]:
    """hearth_panels: the panels a reader sits on, or is a deputy on. hearth_panels_run: those they chair or coordinate."""
    return [
        gate_function(
            "hearth_panels(reader uuid)", "uuid[]", _SITS.format(who="(m.user_id = reader or m.deputy_id = reader)")
        ),
        gate_function(
            "hearth_panels_run(reader uuid)",
            "uuid[]",
            _SITS.format(who="m.user_id = reader and (m.is_chair or m.place = 'coordinator')"),
        ),
    ]
