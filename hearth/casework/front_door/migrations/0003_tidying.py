"""Answered requests in the order they came; and what was begun and never sent is forgotten after a time."""

from django.db import migrations, models

STATES = [
    ("started", "Not sent yet"),
    ("received", "Waiting for a decision"),
    ("paused", "Paused"),
    ("decided", "Decided, referrer to be told"),
    ("told", "Answered"),
    ("withdrawn", "Withdrawn"),
    ("recorded", "On record from another system"),
]


class Migration(migrations.Migration):
    dependencies = [("front_door", "0002_policies")]
    operations = [
        *(
            migrations.AlterField(model, "state", models.CharField(choices=STATES, default="started", max_length=10))
            for model in ("request", "requestevent")
        ),
        migrations.AddIndex("request", models.Index(fields=["-received_at", "id"], name="request_received")),
        # By the tidying identity, which sees an age and nothing else.
        migrations.RunSQL(
            """
            grant select (id, state, created_at), delete on front_door_request to hearth_tidying;
            create policy tidies_reads on front_door_request for select to hearth_tidying using (state = 'started');
            create policy tidies on front_door_request for delete to hearth_tidying using (state = 'started');
            """,
            """
            drop policy tidies on front_door_request; drop policy tidies_reads on front_door_request;
            revoke all on front_door_request from hearth_tidying;
            """,
        ),
    ]
