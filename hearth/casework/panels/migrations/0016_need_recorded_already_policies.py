"""A decision may point at a need that others recorded: it is found in the case, and taking the decision back leaves it to them."""

from importlib import import_module

from django.db import migrations

from hearth.casework.panels.functions import missed_functions
from hearth.foundation.core.policies import row_by_row, said_again

before = import_module("hearth.casework.panels.migrations.0014_unmet_policies")


def changes(where_they_run: str) -> str:
    """Who changes a need: whoever recorded or met it, who works its themes, and who runs the panel that recorded it."""
    condition = row_by_row(f"{before.MINE} or {before.THEMES} or ({where_they_run})")
    return f"alter policy changes on {before.NEED} using ({condition}) with check ({condition})"


class Migration(migrations.Migration):
    dependencies = [("panels", "0015_need_recorded_already"), ("panels", "0014_unmet_policies")]
    operations = [
        *missed_functions()[:2],
        *said_again(missed_functions()[2:]),
        migrations.RunSQL(changes(f"source = 'panel' and {before.WHERE_THEY_RUN}"), changes(before.WHERE_THEY_RUN)),
    ]
