"""A published call stands; a bid is sealed until it is opened; what was opened is its scorers' alone."""

from django.db import migrations

from hearth.commissioning.procurement import functions, policies
from hearth.foundation.core.policies import events, gate_reads

TRACKED = ("tender", "lot", "jointshare", "criterion", "bid", "scorer", "score", "agreedscore", "award")


class Migration(migrations.Migration):
    dependencies = [("procurement", "0001_initial"), ("money", "0002_policies"), ("people", "0002_policies")]
    operations = [
        *functions.parts(),
        *functions.standing(),
        *policies.calls(),
        *policies.keyholders(),
        *policies.questions(),
        *policies.bids(),
        *policies.scoring(),
        *policies.awards(),
        *(events(f"procurement_{name}event", f"procurement_{name}") for name in TRACKED),
        # Again, for row security is on only now.
        gate_reads(*functions.GATED),
    ]
