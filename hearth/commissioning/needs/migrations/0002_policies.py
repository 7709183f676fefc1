"""Who reads and writes intentions; and what stands side by side, counted by `system:measures`."""

from django.db import migrations

from hearth.commissioning.needs.functions import answering, counts, rights, told
from hearth.commissioning.needs.policies import intentions


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0001_initial"), ("accounts", "0004_measures"), ("people", "0017_lifted_because"), ("cases", "0002_policies"),
        ("front_door", "0016_signs_of_danger_in_the_queue"), ("directory", "0001_initial"), ("insight", "0013_entitlement"),
        ("unmet", "0004_searches"), ("money", "0002_policies"),
    ]  # fmt: skip
    operations = [*answering(), *intentions(), told(), *rights(), *counts()]
