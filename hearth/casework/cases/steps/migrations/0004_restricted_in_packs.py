"""A restriction that is placed after a pack was sent reaches into it: what names somebody restricted is kept back."""

from django.db import migrations

from hearth.foundation.core.policies import READERS

KEPT = "(select hearth_kept_from(hearth_reader()))::uuid[]"
FAMILY = "exists (select 1 from people_family f where f.id = {table}.family_id offset 0)"
DECIDES_UP = "(select hearth_holds(hearth_reader(), 'decide_step_up'))"
# As in 0002; the brackets and what is after them are new.
READ = f"""({FAMILY.format(table="steps_carestep")} or (direction = 'up' and status = 'requested' and {DECIDES_UP})
    or (direction = 'up' and decided_by_id = hearth_reader()) or (direction = 'down' and requested_by_id = hearth_reader()))"""
OPENS_PACK = f"""exists (select 1 from steps_carestep s where s.id = steps_frozenitem.step_id and (
    {FAMILY.format(table="s")} or (s.direction = 'up' and s.status = 'requested' and {DECIDES_UP})
    or (s.direction = 'up' and s.status = 'accepted' and s.decided_by_id = hearth_reader())) offset 0)"""

# Packs that were sent before it was kept whom an item names: as if each named the whole family.
NAMED = """
    update steps_{table} t set people = coalesce((
        select array_agg(distinct m.person_id) from people_membership m where m.family_id = {family}), '{{}}')
"""


def _policies(step: str, item: str) -> str:
    return f"""
        drop policy reads on steps_carestep;
        create policy reads on steps_carestep for select to {READERS} using ({READ}{step});
        drop policy reads on steps_frozenitem;
        create policy reads on steps_frozenitem for select to {READERS} using ({OPENS_PACK}{item});
    """


class Migration(migrations.Migration):
    dependencies = [("steps", "0003_whom_it_names"), ("people", "0005_kept_apart")]
    operations = [
        migrations.RunSQL(NAMED.format(table="carestep", family="t.family_id"), migrations.RunSQL.noop),
        migrations.RunSQL(
            NAMED.format(
                table="frozenitem", family="(select s.family_id from steps_carestep s where s.id = t.step_id)"
            ),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            _policies(f" and not (family_id = any({KEPT}))", f" and not (people && {KEPT})"), _policies("", "")
        ),
    ]
