"""What the live look-up compares, kept by the database, and how it is weighed. Whoever is on record is entered."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import hearth.foundation.core.clock
from hearth.foundation.core.policies import protect
from hearth.records.people.search.entries.functions import functions as entry_functions
from hearth.records.people.search.functions import asking_functions
from hearth.records.people.search.likeness.functions import functions as likeness_functions


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_asked_before"),
    ]

    operations = [
        migrations.CreateModel(
            name="NameCount",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=hearth.foundation.core.clock.now, editable=False)),
                ("word", models.CharField(db_collation="C", max_length=210, unique=True)),
                ("given", models.PositiveIntegerField(help_text="for how many it is the first given name")),
                ("family", models.PositiveIntegerField(help_text="for how many it is the family name")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LookUpEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=hearth.foundation.core.clock.now, editable=False)),
                ("given", models.CharField(db_collation="C", help_text="the first of the given names", max_length=110)),
                ("middle", models.CharField(db_collation="C", help_text="the others", max_length=110)),
                ("family", models.CharField(db_collation="C", max_length=110)),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(db_collation="C", max_length=210),
                        help_text="every word of this name",
                        size=None,
                    ),
                ),
                ("given_step", models.SmallIntegerField(help_text="how rare the given name is, in steps of two bits")),
                (
                    "family_step",
                    models.SmallIntegerField(help_text="how rare the family name is, in steps of two bits"),
                ),
                ("born_on", models.DateField(null=True)),
                (
                    "birth_precision",
                    models.CharField(
                        choices=[
                            ("full", "Full date"),
                            ("month", "Month and year"),
                            ("year", "Year only"),
                            ("estimated", "Estimated"),
                            ("expected", "Expected (unborn)"),
                            ("unknown", "Not known"),
                        ],
                        max_length=10,
                    ),
                ),
                ("homes", models.TextField(help_text="every postcode they lived at, as |BB11 1AA|BB12 8BB|")),
                ("hidden", models.BooleanField(help_text="a copy of the person's")),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        help_text="hashes of what a search for them might agree on",
                        size=None,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "look-up entry",
                "verbose_name_plural": "look-up entries",
            },
        ),
        migrations.RunSQL("create extension if not exists fuzzystrmatch", migrations.RunSQL.noop),
        # Names once more, for the look-up's functions alone: nobody else reads or writes them.
        protect("people_lookupentry", read="false"),
        protect("people_namecount", read="false"),
        *entry_functions(),
        *likeness_functions(),
        *(migrations.RunSQL(made.sql, migrations.RunSQL.noop) for made in asking_functions()),
    ]
