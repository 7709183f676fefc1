"""Documents of requests."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hearth.foundation.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("front_door", "0006_told_by_text"),
        ("people", "0004_search_functions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RequestDocument",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=hearth.foundation.core.clock.now, editable=False)),
                ("reference", models.CharField(max_length=12, unique=True)),
                ("name", models.CharField(help_text="as shown, with the ending that its content has", max_length=110)),
                ("media_type", models.CharField(help_text="found by looking inside", max_length=100)),
                ("size", models.PositiveIntegerField(help_text="bytes that are kept")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("letter", "Letter"),
                            ("report", "Report"),
                            ("picture", "Picture or drawing"),
                            ("form", "Form"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "caption",
                    models.CharField(
                        blank=True, help_text="what it shows or says, in somebody's words", max_length=200
                    ),
                ),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("unchecked", "Not yet checked for viruses"),
                            ("clean", "Checked for viruses"),
                            ("found", "Held a virus, and was destroyed"),
                        ],
                        default="unchecked",
                        max_length=10,
                    ),
                ),
                ("scanned_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.TextField(blank=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        help_text="once it is accepted",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.family",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="documents",
                        to="front_door.request",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "request document",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequestDocumentContent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=hearth.foundation.core.clock.now, editable=False)),
                ("bytes", models.BinaryField(null=True)),
                (
                    "key",
                    models.CharField(
                        blank=True, help_text="in the object store; it says nothing and names nobody", max_length=60
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                (
                    "document",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="content",
                        to="front_door.requestdocument",
                    ),
                ),
            ],
            options={
                "verbose_name": "document content",
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="requestdocument",
            index=models.Index(fields=["family"], name="request_document_family"),
        ),
        migrations.AddConstraint(
            model_name="requestdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="requestdocument_withdrawn_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestdocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)), fields=("request", "sha256"), name="request_document_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="requestdocumentcontent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bytes__isnull", False), ("key", "")),
                    models.Q(("bytes", None), models.Q(("key", ""), _negated=True)),
                    _connector="OR",
                ),
                name="requestdocumentcontent_is_in_one_place",
            ),
        ),
    ]
