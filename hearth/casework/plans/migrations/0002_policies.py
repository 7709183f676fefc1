"""Who may read and write plans: whoever may open the family and is covered for what is in its plan."""

from django.db import migrations

from hearth.foundation.core.policies import events
from hearth.records.people.policies import of_family

TABLES = (
    "plan", "typechange", "planagreement", "outcome", "meeting", "planaction", "review", "outcomescore", "attendance",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("cases", "0002_policies"), ("people", "0002_policies")]
    operations = [
        *(of_family(f"plans_{table}", category="plan") for table in TABLES),
        *(events(f"plans_{table}event", f"plans_{table}") for table in TABLES),
    ]
