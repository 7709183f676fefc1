"""What a panel could not offer is written down by its chair or its coordinator, for whoever brought it; the answer comes to both."""

from importlib import import_module

from django.db import migrations

from hearth.casework.panels.functions import unmet_functions
from hearth.casework.panels.unmet.functions import recorders
from hearth.foundation.core.policies import gate_reads, row_by_row, said_again

before = import_module("hearth.casework.panels.unmet.migrations.0002_policies")
NEED, WHOSE, THEMES, ADDS = before.NEED, before.whose(before.NEED), before.THEMES, before.ADDS
MINE = f"((recorded_by_id = hearth_reader() or met_by_id = hearth_reader()) and not coalesce(family_id = {before.KEPT}, false))"
WHERE_THEY_RUN = "id = any((select hearth_panel_needs(hearth_reader()))::uuid[])"
# Whoever runs the meeting to which the family was brought; a worker for themselves alone, as before.
AT_A_PANEL = f"""(source = 'panel' and recorded_by_id = hearth_reader() and theme_id is null and withdrawn_at is null
    and answer_read_at is null and case_id = any((select hearth_panel_cases(hearth_reader()))::uuid[])
    and exists (select 1 from cases_case c where c.id = case_id and c.family_id = {NEED}.family_id))"""
OF_NO_PANEL = f"({ADDS} and source <> 'panel' and met_by_id is null)"


def policies(read: str, add: str, change: str) -> str:
    """Who reads, adds and changes a need."""
    return (
        f"alter policy reads on {NEED} using ({row_by_row(read)});"
        f"alter policy adds on {NEED} with check ({row_by_row(add)});"
        f"alter policy changes on {NEED} using ({row_by_row(change)}) with check ({row_by_row(change)});"
    )


class Migration(migrations.Migration):
    dependencies = [("panels", "0013_unmet_needs"), ("panels", "0006_running_policies"), ("unmet", "0003_at_a_panel")]
    operations = [
        gate_reads("panels_paneldecision"),
        *unmet_functions(),
        migrations.RunSQL(
            policies(
                f"{WHOSE} or {MINE} or {THEMES} or {WHERE_THEY_RUN}",
                f"{OF_NO_PANEL} or {AT_A_PANEL}",
                f"{MINE} or {THEMES} or {WHERE_THEY_RUN}",
            ),
            policies(
                f"{WHOSE} or {before.MINE} or {THEMES}",
                ADDS,
                f"{before.MINE} or {THEMES}",
            ),
        ),
        *said_again(recorders()),
    ]
