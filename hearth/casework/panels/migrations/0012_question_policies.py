"""A question without a name is read by whoever asked, by those who answer and by their managers; what was asked stays as it was."""

from django.db import migrations

from hearth.casework.panels.reach import HUB, MANAGES_ASKERS, MANAGES_PANELS, RUNS, SEES
from hearth.foundation.core.policies import READERS, events, protect

TABLE = "panels_question"
OWN = f"{TABLE}.asked_by_id = hearth_reader()"
HUB_ANSWERS = f"({TABLE}.panel_id is null and (select hearth_holds(hearth_reader(), '{HUB}')))"
ANSWERS = f"(({RUNS.format(column=f'{TABLE}.panel_id')} or {HUB_ANSWERS}) and {TABLE}.withdrawn_at is null)"
MANAGES = f"{TABLE}.area_id = any((select hearth_areas(hearth_reader(), '{MANAGES_PANELS}'))::uuid[])"
OF_THEIR_PEOPLE = f"""({TABLE}.organisation_id = any((select hearth_organisation_managed(hearth_reader(), '{MANAGES_ASKERS}'))::uuid[])
    and {TABLE}.area_id = any((select hearth_partner_areas(hearth_reader(), '{MANAGES_ASKERS}'))::uuid[]))"""
TOOK_BACK = f"{TABLE}.withdrawn_by_id = hearth_reader()"


class Migration(migrations.Migration):
    dependencies = [("panels", "0011_questions"), ("panels", "0002_policies"), ("front_door", "0002_policies")]
    operations = [
        protect(
            TABLE,
            read=f"{OWN} or {ANSWERS} or {TOOK_BACK} or {MANAGES} or {OF_THEIR_PEOPLE}",
            add=f"{OWN} and {SEES} and answered_at is null and withdrawn_at is null",
            change=f"{OWN} or {ANSWERS} or {TOOK_BACK}",
        ),
        migrations.RunSQL(
            f"revoke update on {TABLE} from {READERS}; grant update (answer, answered_by_id, answered_at, answer_read_at,"
            f" withdrawn_at, withdrawn_by_id, withdrawn_why) on {TABLE} to {READERS};",
            f"grant update on {TABLE} to {READERS};",
        ),
        events("panels_questionevent", TABLE),
    ]
