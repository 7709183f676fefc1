"""A family's item is read by whoever may open the family so far; a list entry by whom it was sent to, until the families close."""

from django.db import migrations

from hearth.casework.panels.functions import list_functions
from hearth.casework.panels.reach import SEES, SITS
from hearth.foundation.core.policies import READERS, events, gate_reads, protect
from hearth.records.people.policies import family_condition

TABLE, ENTRY, REPLY = "panels_panelitem", "panels_listentry", "panels_panelreply"
FAMILY = f"({family_condition(TABLE, category='assessment')} and not ({TABLE}.people && (select hearth_kept_from(hearth_reader()))::uuid[]))"
THEME = f"{TABLE}.family_id is null"
OWN = f"{TABLE}.proposed_by_id = hearth_reader()"
READ = f"{FAMILY} or ({THEME} and ({OWN} or {SITS.format(column=f'{TABLE}.panel_id')}))"
ADD = f"{OWN} and ({FAMILY} or ({THEME} and ({SEES} or {SITS.format(column=f'{TABLE}.panel_id')})))"

KEPT = "(select hearth_kept_from(hearth_reader()))::uuid[]"
ITEM = f"(exists (select 1 from {TABLE} i where i.id = {ENTRY}.item_id) and not ({ENTRY}.people && {KEPT}))"
ITEM_OF_MINE = f"exists (select 1 from {TABLE} i where i.id = {ENTRY}.item_id and {SITS.format(column='i.panel_id')})"
OPEN = f"""exists (select 1 from panels_panelmeeting m where m.id = {ENTRY}.meeting_id and m.cancelled_at is null
    and m.open_until_on >= (now() at time zone 'Europe/London')::date)"""
SENT = f"({ENTRY}.user_id = hearth_reader() and {ENTRY}.ended_at is null and {OPEN})"

OF_MINE = f"exists (select 1 from panels_panelmeeting m where m.id = {REPLY}.meeting_id and {SITS.format(column='m.panel_id')})"
TOLD = f"exists (select 1 from {ENTRY} e where e.meeting_id = {REPLY}.meeting_id and e.user_id = hearth_reader())"


def only(table: str, columns: str) -> migrations.RunSQL:
    """Of a row that is there, these columns alone can be changed."""
    return migrations.RunSQL(
        f"revoke update on {table} from {READERS}; grant update ({columns}) on {table} to {READERS};",
        f"revoke update on {table} from {READERS}; grant update on {table} to {READERS};",
    )


class Migration(migrations.Migration):
    dependencies = [("panels", "0003_items"), ("sharing", "0002_policies"), ("people", "0005_kept_apart")]
    operations = [
        protect(TABLE, read=READ, add=ADD),
        only(
            TABLE,
            "meeting_id, number, status, listed_at, heard_at, withdrawn_at, withdrawn_by_id, withdrawn_why",
        ),
        protect(
            ENTRY,
            read=f"{SENT} or {ITEM}",
            add=f"sent_by_id = hearth_reader() and {ITEM_OF_MINE}",
            change=f"{SENT} or {ITEM}",
        ),
        only(
            ENTRY,
            "number, ask, themes, ages, sent_at, sent_by_id, as_member, shared_on, opened_at, ended_at, known, known_words,"
            " answered_at, people",
        ),
        protect(
            REPLY,
            read=f"user_id = hearth_reader() or {OF_MINE}",
            add=f"user_id = hearth_reader() and ({OF_MINE} or {TOLD})",
            change="user_id = hearth_reader()",
        ),
        events("panels_panelitemevent", TABLE),
        events("panels_listentryevent", ENTRY),
        events("panels_panelreplyevent", REPLY),
        gate_reads(TABLE, "panels_panelmeeting"),
        *list_functions(),
    ]
