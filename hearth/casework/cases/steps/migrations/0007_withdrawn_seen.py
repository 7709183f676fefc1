"""The hub sees for some weeks that a step up was withdrawn, and why; the pack that went with it is closed to it at once."""

from importlib import import_module

from django.db import migrations

from hearth.foundation.core.policies import READERS

before = import_module("hearth.casework.cases.steps.migrations.0004_restricted_in_packs")
KEPT = f" and not (family_id = any({before.KEPT}))"
# As in 0004; the last line is new. The days are those of models.WITHDRAWN_IS_SEEN_FOR.
READ = f"""({before.READ} or (direction = 'up' and status = 'withdrawn' and {before.DECIDES_UP}
    and withdrawn_at > now() - interval '28 days'))"""


def _reads(condition: str) -> str:
    return f"""drop policy reads on steps_carestep;
        create policy reads on steps_carestep for select to {READERS} using ({condition}{KEPT});"""


class Migration(migrations.Migration):
    dependencies = [("steps", "0006_file_policies")]
    operations = [migrations.RunSQL(_reads(READ), _reads(before.READ))]
