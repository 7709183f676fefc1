"""Who reads and types figures and sets targets; and measures, counted by `system:measures`."""

from django.db import migrations

from hearth.oversight.performance.functions import counts, rights
from hearth.oversight.performance.policies import figures, targets


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0001_initial"), ("accounts", "0004_measures"), ("counts", "0005_panel_times"), ("needs", "0002_policies"),
        ("money", "0002_policies"), ("assessments", "0002_policies"), ("cases", "0007_taken_up_again"), ("plans", "0003_how_agreed"),
        ("front_door", "0016_signs_of_danger_in_the_queue"), ("steps", "0009_answered"),
    ]  # fmt: skip
    operations = [*figures(), *targets(), *rights(), *counts()]
