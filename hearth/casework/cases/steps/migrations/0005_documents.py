"""The bytes of documents that travel with a step."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import hearth.foundation.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("steps", "0004_restricted_in_packs"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenFile",
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
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="file", to="steps.frozenitem"
                    ),
                ),
            ],
            options={
                "verbose_name": "frozen file",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bytes__isnull", False), ("key", "")),
                            models.Q(("bytes", None), models.Q(("key", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="frozenfile_is_in_one_place",
                    )
                ],
            },
        ),
    ]
