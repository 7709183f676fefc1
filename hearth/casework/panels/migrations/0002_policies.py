"""Panels, who sits on them and when they meet are read by whoever may bring something to one; set up where one's role reaches."""

from django.db import migrations

from hearth.casework.panels.functions import functions
from hearth.casework.panels.reach import RUNS, SEES, SITS
from hearth.foundation.core.policies import events, gate_reads, protect

SETS_UP = "area_id = any((select hearth_areas(hearth_reader(), 'set_up_panels'))::uuid[])"
OF_PANEL = f"exists (select 1 from panels_panel p where p.id = {{table}}.panel_id and p.{SETS_UP})"


def of_panel(table: str, by: str) -> migrations.RunSQL:
    """A row of a panel: read with it, written by whoever sets up panels there and by its chair and coordinator."""
    writes = f"({RUNS.format(column='panel_id')} or {OF_PANEL.format(table=table)})"
    return protect(
        table,
        read=f"{SEES} or {SITS.format(column='panel_id')}",
        add=f"{by} = hearth_reader() and {writes}",
        change=writes,
    )


class Migration(migrations.Migration):
    dependencies = [("panels", "0001_initial"), ("accounts", "0004_measures"), ("people", "0002_policies")]
    operations = [
        gate_reads("panels_panel", "panels_panelmember"),
        *functions(),
        protect(
            "panels_panel",
            read=f"{SEES} or {SITS.format(column='id')}",
            add=f"added_by_id = hearth_reader() and {SETS_UP}",
            change=f"{SETS_UP} or {RUNS.format(column='id')}",
        ),
        of_panel("panels_panelmember", "added_by_id"),
        of_panel("panels_panelmeeting", "planned_by_id"),
        events("panels_panelevent", "panels_panel"),
        events("panels_panelmemberevent", "panels_panelmember"),
        events("panels_panelmeetingevent", "panels_panelmeeting"),
        gate_reads("panels_panel", "panels_panelmember"),  # again, for row security is on only now
    ]
