"""Who may read and write consent and agreements; and the functions that say what lets us share."""

from django.db import migrations

from hearth.foundation.core.policies import events, gate_reads, protect
from hearth.records.people.policies import family_condition, person_condition
from hearth.records.sharing.functions import functions

SIGNED_IN = "hearth_reader() is not null"
GOVERNS = "hearth_holds(hearth_reader(), 'govern_agreements')"
TABLES = ("sharing_consent", "sharing_settlement", "sharing_sharingexception", "sharing_agreement")


def _of_person_in_family(table: str) -> migrations.RunSQL:
    # Both: a decision about a restricted person is hidden with them, whoever may open the rest of the family.
    return protect(table, read=f"{family_condition(table)} and {person_condition(table)}")


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0001_initial"),
        ("people", "0004_search_functions"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]
    operations = [
        # The functions are as they are now: they read a column that a later migration adds.
        migrations.RunSQL("set local check_function_bodies = off", migrations.RunSQL.noop),
        _of_person_in_family("sharing_consent"),
        _of_person_in_family("sharing_settlement"),
        # Why it was shared without consent is for those who may read the assessment; whoever may open the family records it.
        protect(
            "sharing_sharingexception",
            read=family_condition("sharing_sharingexception", category="assessment"),
            add=family_condition("sharing_sharingexception"),
        ),
        protect("sharing_agreement", read=SIGNED_IN, add=GOVERNS, change=GOVERNS),
        events("sharing_consentevent", "sharing_consent"),
        events("sharing_settlementevent", "sharing_settlement"),
        events("sharing_sharingexceptionevent", "sharing_sharingexception"),
        events("sharing_agreementevent", "sharing_agreement"),
        gate_reads(*TABLES),
        *functions(),
    ]
