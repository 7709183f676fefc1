"""Who reads, writes and certifies returns; how a list is checked without anybody reading whom the other helps; what goes at night."""

from django.db import migrations

from hearth.commissioning.contracts.returns import functions
from hearth.commissioning.contracts.returns.policies import people, returns


class Migration(migrations.Migration):
    dependencies = [
        ("returns", "0001_initial"), ("contracts", "0002_policies"), ("cases", "0011_held_by_a_team"), ("plans", "0001_initial"),
        ("panels", "0014_unmet_policies"), ("sharing", "0002_policies"),
    ]  # fmt: skip
    operations = [
        *functions.of_authority(),
        *returns(),
        *people(),
        *functions.seen_by_the_gate(),
        *functions.taking_off(),
        *functions.checking(),
        *functions.keeping(),
    ]
