"""Forms that were done, so that sending one again does not do it again; each is its author's alone."""

import uuid

from django.db import migrations, models

import hearth.foundation.core.clock
from hearth.foundation.core.policies import protect

MINE = "author_id = (select hearth_reader())"


class Migration(migrations.Migration):
    dependencies = [("ui", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=hearth.foundation.core.clock.now, editable=False)),
                ("author_id", models.UUIDField(help_text="who sent it; no foreign key, as accounts stand above")),
                (
                    "mark",
                    models.CharField(help_text="digest of author, page, opening and words", max_length=64, unique=True),
                ),
                ("led_to", models.CharField(blank=True, default="", max_length=500)),
            ],
            options={"indexes": [models.Index(fields=["created_at"], name="sent_form_by_age")]},
        ),
        protect("ui_sentform", read=MINE),
        migrations.RunSQL(
            """
            grant select (id, created_at), delete on ui_sentform to hearth_tidying;
            create policy tidies_reads on ui_sentform for select to hearth_tidying using (true);
            create policy tidies on ui_sentform for delete to hearth_tidying using (created_at < now() - interval '1 day');
            """,
            "drop policy tidies_reads on ui_sentform; drop policy tidies on ui_sentform; revoke all on ui_sentform from hearth_tidying;",
        ),
    ]
