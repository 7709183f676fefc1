"""Who reads and answers steps. The conditions are those of steps/models.py; a test holds the two equal.

Whoever decides cannot open the family yet: the step's own row and its frozen pack are all that they see until they accept.
"""

from django.db import migrations

from hearth.foundation.core.policies import READERS, append_only, events

FAMILY = "exists (select 1 from people_family f where f.id = {table}.family_id offset 0)"
DECIDES_UP = "(select hearth_holds(hearth_reader(), 'decide_step_up'))"
HANDS_DOWN = "(select hearth_holds(hearth_reader(), 'request_step_down'))"
FRONT_DOOR = "area_id = any((select hearth_areas(hearth_reader(), 'decide_request'))::uuid[])"
MINE = FAMILY.format(table="steps_carestep")

READ = f"""{MINE} or (direction = 'up' and status = 'requested' and {DECIDES_UP})
    or (direction = 'up' and decided_by_id = hearth_reader()) or (direction = 'down' and requested_by_id = hearth_reader())"""
ADD = f"requested_by_id = hearth_reader() and status = 'requested' and {MINE} and (direction = 'up' or {HANDS_DOWN})"
CHANGE = f"{MINE} or (direction = 'up' and status = 'requested' and {DECIDES_UP})"
# What a changed row may be: withdrawn or handed back by those who may open the family; answered only in one's own name,
# and only by the side that is asked.
CHANGED = f"""(status in ('withdrawn', 'ended') and {MINE})
    or (status in ('accepted', 'declined') and decided_by_id = hearth_reader() and (
        (direction = 'up' and {DECIDES_UP}) or (direction = 'down' and {MINE} and {FRONT_DOOR})))
    or (status = 'requested' and ({CHANGE}))"""
ANSWER = (
    "status, decided_by_id, decided_at, decline_reason, answer, other_reference, withdrawn_by_id, withdrawn_at,"
    " withdrawal_reason, withdrawal_words, ended_at"
)


def parent(table: str, condition: str = "true") -> str:
    """A row of `table` hangs from a step that the reader may see and that fulfils `condition`."""
    return f"exists (select 1 from steps_carestep s where s.id = {table}.step_id and ({condition}))"


OPENS_PACK = f"""{FAMILY.format(table="s")} or (s.direction = 'up' and s.status = 'requested' and {DECIDES_UP})
    or (s.direction = 'up' and s.status = 'accepted' and s.decided_by_id = hearth_reader())"""


class Migration(migrations.Migration):
    dependencies = [("steps", "0001_initial"), ("cases", "0002_policies"), ("people", "0002_policies")]
    operations = [
        migrations.RunSQL(
            f"""
            alter table steps_carestep enable row level security;
            revoke update, delete on steps_carestep from {READERS};
            grant update ({ANSWER}) on steps_carestep to {READERS};
            create policy reads on steps_carestep for select to {READERS} using ({READ});
            create policy adds on steps_carestep for insert to {READERS} with check ({ADD});
            create policy changes on steps_carestep for update to {READERS} using ({CHANGE}) with check ({CHANGED});
            """,
            f"""
            drop policy reads on steps_carestep; drop policy adds on steps_carestep; drop policy changes on steps_carestep;
            revoke update on steps_carestep from {READERS};
            grant update, delete on steps_carestep to {READERS};
            alter table steps_carestep disable row level security;
            """,
        ),
        append_only(
            "steps_basischeck",
            read=parent("steps_basischeck"),
            add=f"checked_by_id = hearth_reader() and {parent('steps_basischeck')}",
        ),
        # The step says how many items its pack has, and that cannot be changed: nothing is added to a pack afterwards.
        append_only(
            "steps_frozenitem",
            read=parent("steps_frozenitem", OPENS_PACK),
            add=parent(
                "steps_frozenitem",
                "s.requested_by_id = hearth_reader() and s.status = 'requested' and steps_frozenitem.number <= s.pack_items",
            ),
        ),
        append_only(
            "steps_receipt", read=parent("steps_receipt"), add=f"by_id = hearth_reader() and {parent('steps_receipt')}"
        ),
        events("steps_carestepevent", "steps_carestep"),
        # Accepting opens the family to whoever accepted, and to nobody else: they write their own access row, on that basis.
        migrations.RunSQL(
            f"""create policy adds_by_step_up on people_access for insert to {READERS} with check (
                why = 'step_up' and user_id = hearth_reader() and exists (
                    select 1 from steps_carestep s where s.id = people_access.basis and s.family_id = people_access.family_id
                    and s.direction = 'up' and s.status = 'accepted' and s.decided_by_id = hearth_reader()))""",
            "drop policy adds_by_step_up on people_access",
        ),
    ]
