"""What is due says whether a step up waits for social care or was answered; rows from before are told apart."""

from django.db import migrations

from hearth.casework.cases.steps.functions import answering, told_apart


class Migration(migrations.Migration):
    dependencies = [
        ("steps", "0008_agreed_on"),
        ("cases", "0011_held_by_a_team"),
        ("people", "0004_search_functions"),
    ]
    operations = [*told_apart(), *answering()]
