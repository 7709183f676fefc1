"""Whoever works with a family reads why help was asked for; nobody reads a typed name that turned out to be kept from them."""

import importlib

from django.db import migrations

from hearth.foundation.core.policies import gate_function, gate_reads, row_by_row
from hearth.records.people.policies import family_condition

before = importlib.import_module("hearth.casework.front_door.migrations.0002_policies")
passing = importlib.import_module("hearth.casework.front_door.migrations.0005_passing_policies")
closed = importlib.import_module("hearth.casework.front_door.migrations.0009_closed_with_the_family")
READ = f"{before.READ} or {passing.PASSED}"
WORKS_WITH_THEM = family_condition("front_door_request", category="assessment")


class Migration(migrations.Migration):
    dependencies = [("front_door", "0012_interpreter_asked"), ("people", "0010_the_list_of_cases")]
    operations = [
        migrations.RunSQL(
            f"alter policy reads on front_door_request using ({row_by_row(f'{READ} or {WORKS_WITH_THEM}')})",
            f"alter policy reads on front_door_request using ({READ})",
        ),
        # The front door's matches are its own: whoever reads a request without them is still kept from who was matched.
        gate_reads("front_door_personmatch"),
        gate_function(
            "hearth_typed_kept_from(reader uuid)",
            "uuid[]",
            """select coalesce(array_agg(m.typed_id), '{}') from front_door_personmatch m
                where m.person_id = any((select hearth_kept_from(reader))::uuid[])""",
        ),
        migrations.RunSQL(
            """alter policy kept_apart on front_door_requestperson
                using (not (id = any((select hearth_typed_kept_from(hearth_reader()))::uuid[])))""",
            f"alter policy kept_apart on front_door_requestperson using (not ({closed.RESTRICTED}))",
        ),
    ]
