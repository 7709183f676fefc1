"""Who may read and write cases: whoever may open the family; what belongs to its plan, whoever may read the plan."""

from django.db import migrations

from hearth.foundation.core.policies import events
from hearth.records.people.policies import of_family


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("people", "0002_policies")]
    operations = [
        of_family("cases_case"),
        of_family("cases_teammember"),
        of_family("cases_dueitem"),
        of_family("cases_reachingplan", category="plan"),
        of_family("cases_reachingtry", category="plan"),
        events("cases_caseevent", "cases_case"),
        events("cases_teammemberevent", "cases_teammember"),
        events("cases_dueitemevent", "cases_dueitem"),
        events("cases_reachingplanevent", "cases_reachingplan"),
        events("cases_reachingtryevent", "cases_reachingtry"),
    ]
