"""Drafts, and the policy that each is its author's alone."""

import uuid

from django.db import migrations, models

import hearth.foundation.core.clock
from hearth.foundation.core.policies import protect

MINE = "author_id = (select hearth_reader())"


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_roles_and_reader")]
    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=hearth.foundation.core.clock.now, editable=False)),
                ("author_id", models.UUIDField(help_text="whose it is; no foreign key, as accounts stand above")),
                ("path", models.CharField(max_length=500)),
                ("form", models.CharField(blank=True, default="", max_length=80)),
                ("sitting", models.CharField(blank=True, default="", max_length=40)),
                ("data", models.JSONField(default=dict, help_text="field name to the list of values sent for it")),
                (
                    "kept_at_sign_out",
                    models.BooleanField(default=False, help_text="kept because the session had run out"),
                ),
                ("updated_at", models.DateTimeField(default=hearth.foundation.core.clock.now)),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["updated_at"], name="draft_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("author_id", "path", "form"), name="draft_once_a_form")
                ],
            },
        ),
        protect("ui_draft", read=MINE, remove=MINE),
        # Tidying sees how old a draft is, not whose it is or what it says, and may delete what nobody has touched for a day.
        migrations.RunSQL(
            """
            grant select (id, updated_at, cleared_at), delete on ui_draft to hearth_tidying;
            create policy tidies_reads on ui_draft for select to hearth_tidying using (true);
            create policy tidies on ui_draft for delete to hearth_tidying using (updated_at < now() - interval '1 day');
            """,
            "drop policy tidies_reads on ui_draft; drop policy tidies on ui_draft; revoke all on ui_draft from hearth_tidying;",
        ),
    ]
