"""Words of entries are found by their key alone, and what is found stands in narrow rows."""

import django.db.models.deletion
from django.db import migrations, models

from hearth.foundation.core.policies import said_again
from hearth.records.directory.finding.functions import enter_service, finding_functions, wording


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_finding")]

    operations = [
        migrations.CreateModel(
            name="FinderWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "word", "service", "in_name", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("word", models.CharField(db_collation="C", max_length=40)),
                ("in_name", models.BooleanField(help_text="whether it stands in the name of the service")),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.service"
                    ),
                ),
            ],
            options={"verbose_name": "finder word"},
        ),
        *said_again([enter_service(), *finding_functions()]),
        migrations.RemoveIndex(model_name="finderentry", name="finder_words"),
        migrations.RemoveField(model_name="finderentry", name="search_text"),
        *wording(),
    ]
