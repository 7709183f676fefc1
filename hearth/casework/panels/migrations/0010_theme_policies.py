"""A theme is brought by who sits on the panel or works themes in its area; it is read by them, and by those who work the theme that it is."""

from importlib import import_module

from django.db import migrations

from hearth.casework.panels.reach import SITS
from hearth.foundation.core.policies import READERS, row_by_row

before = import_module("hearth.casework.panels.migrations.0004_item_policies")
TABLE, FAMILY, THEME, OWN = before.TABLE, before.FAMILY, before.THEME, before.OWN
WORKED = "any((select hearth_theme_areas(hearth_reader(), 'work_themes'))::uuid[])"
SITS_THERE = SITS.format(column=f"{TABLE}.panel_id")
OF_THEIRS = f"exists (select 1 from unmet_theme t where t.id = {TABLE}.theme_id and t.area_id = {WORKED})"
OF_ITS_AREA = f"""exists (select 1 from panels_panel p join accounts_area a on a.id = p.area_id or a.parent_id = p.area_id
    where p.id = {TABLE}.panel_id and a.id = {WORKED})"""
READ = f"{FAMILY} or ({THEME} and ({OWN} or {SITS_THERE} or {OF_THEIRS}))"
ADD = f"{OWN} and ({FAMILY} or ({THEME} and ({SITS_THERE} or {OF_ITS_AREA})))"


def policies(read: str, add: str) -> str:
    """Who reads and changes an item, and who adds one."""
    return (
        f"alter policy reads on {TABLE} using ({row_by_row(read)});"
        f"alter policy changes on {TABLE} using ({row_by_row(read)}) with check ({row_by_row(read)});"
        f"alter policy adds on {TABLE} with check ({row_by_row(add)});"
    )


class Migration(migrations.Migration):
    dependencies = [("panels", "0009_themes"), ("panels", "0004_item_policies"), ("unmet", "0002_policies")]
    operations = [
        migrations.RunSQL(policies(READ, ADD), policies(before.READ, before.ADD)),
        migrations.RunSQL(
            f"grant update (title) on panels_listentry to {READERS}",
            f"revoke update (title) on panels_listentry from {READERS}",
        ),
    ]
