"""Services are found by what somebody types in plain words, however it is spelt."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from hearth.records.directory.finding.functions import entering, finding_functions, keeping_words


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_one_run_at_a_time")]

    operations = [
        migrations.RunSQL("create extension if not exists fuzzystrmatch", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="DirectoryWord",
            fields=[
                ("word", models.CharField(db_collation="C", max_length=40, primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "directory word",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="directory_word_alike", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FinderEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("search_text", models.TextField()),
                ("stale_on", models.DateField(blank=True, null=True)),
                ("minimum_age", models.FloatField(blank=True, null=True)),
                ("maximum_age", models.FloatField(blank=True, null=True)),
                ("is_free", models.BooleanField(blank=True, null=True)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        default=list,
                        help_text="of the service, wherever it is held",
                        size=None,
                    ),
                ),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                (
                    "accessibility",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                (
                    "outward",
                    models.CharField(help_text="the first half of the postcode, where there is one", max_length=20),
                ),
                ("is_placed", models.BooleanField(help_text="whether it is held at a place")),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.service"
                    ),
                ),
            ],
            options={
                "verbose_name": "finder entry",
                "verbose_name_plural": "finder entries",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_text"], name="finder_words", opclasses=["gin_trgm_ops"]
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["terms"], name="finder_terms"),
                ],
            },
        ),
        *keeping_words(),
        *entering(),
        *finding_functions(),
    ]
