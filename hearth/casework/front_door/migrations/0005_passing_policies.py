"""Whoever a request is passed on to reads that request, while the passing lasts."""

import importlib

from django.db import migrations

from hearth.foundation.core.policies import events, gate_function, gate_reads, protect

before = importlib.import_module("hearth.casework.front_door.migrations.0002_policies")
PASSED = "id = any((select hearth_requests_passed(hearth_reader()))::uuid[])"
BY_FRONT_DOOR = before.parent("front_door_passing", before.BY_FRONT_DOOR)
SEEN_BY_FRONT_DOOR = before.parent("front_door_passing", before.SEEN_BY_FRONT_DOOR)


class Migration(migrations.Migration):
    dependencies = [("front_door", "0004_passing")]
    operations = [
        gate_function(
            "hearth_requests_passed(reader uuid)",
            "uuid[]",
            """select coalesce(array_agg(p.request_id), '{}') from front_door_passing p
                join accounts_user u on u.id = p.to_id and u.is_active where p.to_id = reader and p.ended_at is null""",
        ),
        protect(
            "front_door_passing",
            read=f"to_id = hearth_reader() or {SEEN_BY_FRONT_DOOR}",
            add=f"passed_by_id = hearth_reader() and {BY_FRONT_DOOR}",
            change=f"to_id = hearth_reader() or {BY_FRONT_DOOR}",
        ),
        events("front_door_passingevent", "front_door_passing"),
        gate_reads("front_door_passing"),
        migrations.RunSQL(
            f"alter policy reads on front_door_request using ({before.READ} or {PASSED})",
            f"alter policy reads on front_door_request using ({before.READ})",
        ),
    ]
