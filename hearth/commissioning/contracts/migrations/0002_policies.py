"""A contract is read where it is paid from and by its provider; once signed it stands; whose outcome it was stays with the family."""

from django.db import migrations

from hearth.commissioning.contracts import functions, policies
from hearth.foundation.core.policies import events, gate_reads

TRACKED = (
    "contract", "contractpart", "milestone", "target", "profile", "paymentterm", "variation", "qualityvisit", "visitaction", "outcomeclaim",
    "decommissioning", "familydestination",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0001_initial"),
        ("money", "0004_budget_policies"),
        ("people", "0002_policies"),
        ("procurement", "0002_policies"),
    ]
    operations = [
        *functions.reach(),
        *functions.standing(),
        *policies.contracts(),
        *policies.agreed(),
        *policies.visits(),
        *policies.payments(),
        *policies.endings(),
        *(events(f"contracts_{name}event", f"contracts_{name}") for name in TRACKED),
        # Again, for row security is on only now.
        gate_reads(*functions.GATED),
    ]
