"""A need may be met again: words are added to what stands. Its figures come as districts by needs, so that small ones can be left out."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from hearth.casework.panels.unmet.functions import few_counts
from hearth.foundation.core.policies import row_by_row, said_again

before = import_module("hearth.casework.panels.unmet.migrations.0002_policies")


def adds(who: str) -> str:
    """Who writes words of a need."""
    condition = row_by_row(f"exists (select 1 from {before.NEED} n where n.id = {before.WORDS}.need_id and {who})")
    return f"alter policy adds on {before.WORDS} with check ({condition})"


RECORDED = "n.recorded_by_id = hearth_reader()"
MET_AGAIN = f"({RECORDED} or {before.whose('n')}) and {before.WORDS}.written_by_id = hearth_reader()"


class Migration(migrations.Migration):
    dependencies = [
        ("unmet", "0004_searches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="unmetwords",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                help_text="empty in those of before it was kept: the recorder's",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="unmetwords",
            name="need",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="words", to="unmet.unmetneed"
            ),
        ),
        migrations.RunSQL(adds(MET_AGAIN), adds(RECORDED)),
        *said_again(few_counts()),
    ]
