import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import hearth.foundation.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_in"),
        ("insight", "0002_policies"),
        ("people", "0015_look_up_in_loops"),
    ]

    operations = [
        migrations.AddField(
            model_name="insightrun",
            name="linked_at",
            field=models.DateTimeField(
                blank=True,
                help_text="when the link run began that wrote it: whoever came on record later was not looked for",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=hearth.foundation.core.clock.now, editable=False)),
                ("feed", models.CharField(max_length=40)),
                (
                    "category",
                    models.CharField(
                        help_text="the feed's kind of information: access may leave it out", max_length=30
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("current", "Current"),
                            ("past", "Past"),
                            ("contacts", "Contacts"),
                            ("unsaid", "Known to them"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "from_on",
                    models.DateField(blank=True, help_text="since when; of contacts, the first", null=True),
                ),
                (
                    "until_on",
                    models.DateField(blank=True, help_text="until when; of contacts, the last", null=True),
                ),
                (
                    "provider",
                    models.CharField(
                        blank=True, help_text="which one of its kind, such as the landlord", max_length=200
                    ),
                ),
                ("contact_name", models.CharField(blank=True, max_length=200)),
                ("contact_phone", models.CharField(blank=True, max_length=200)),
                ("contact_email", models.CharField(blank=True, max_length=200)),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=260),
                        default=list,
                        help_text="in those rows of the feed, so that they can be erased",
                        size=None,
                    ),
                ),
                (
                    "content_hash",
                    models.CharField(
                        help_text="of all of it, so that only news is written", max_length=32, unique=True
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="who sent it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
    ]
