"""Searches that found nothing, or nothing with places, are counted by need, district and month."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from hearth.records.directory.finding.functions import counting


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_forgetting"), ("directory", "0005_finder_words")]

    operations = [
        migrations.CreateModel(
            name="FinderCount",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField(help_text="its first day")),
                (
                    "need",
                    models.CharField(
                        blank=True, help_text="a code of the practice pack; blank: not understood", max_length=40
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("nothing", "Nothing was found"), ("full", "All that fitted was full")], max_length=8
                    ),
                ),
                ("by_worker", models.BooleanField(help_text="somebody who signs in; else the public")),
                ("searches", models.PositiveIntegerField()),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.area",
                    ),
                ),
            ],
            options={
                "verbose_name": "finder count",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("month", "area", "need", "outcome", "by_worker"),
                        name="finder_count_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        *counting(),
    ]
