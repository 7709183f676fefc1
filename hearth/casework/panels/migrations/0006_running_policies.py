"""What was said in a meeting is read with its item; written by its chair and its coordinator; an action is its owner's until weeks after it is done."""

from django.db import migrations

from hearth.casework.panels.reach import RUNS, SITS
from hearth.foundation.core.policies import READERS, events, protect

KEPT = "(select hearth_kept_from(hearth_reader()))::uuid[]"
ATTENDANCE, INTEREST = "panels_panelattendance", "panels_declaredinterest"
DECISION, ACTION = "panels_paneldecision", "panels_panelaction"


def of_meeting(table: str, how: str) -> str:
    """A row of a meeting of a panel that the reader sits on, or runs."""
    condition = how.format(column="m.panel_id")
    return f"exists (select 1 from panels_panelmeeting m where m.id = {table}.meeting_id and {condition})"


def of_item(table: str) -> str:
    """A row of an item that the reader may read, whose words name nobody kept from them."""
    return (
        f"(exists (select 1 from panels_panelitem i where i.id = {table}.item_id) and not ({table}.people && {KEPT}))"
    )


def run_by_reader(table: str) -> str:
    """A row of an item that the reader may read, of a panel that they run."""
    condition = RUNS.format(column="i.panel_id")
    return f"exists (select 1 from panels_panelitem i where i.id = {table}.item_id and {condition})"


def only(table: str, columns: str) -> migrations.RunSQL:
    """Of a row that is there, these columns alone can be changed."""
    return migrations.RunSQL(
        f"revoke update on {table} from {READERS}; grant update ({columns}) on {table} to {READERS};",
        f"revoke update on {table} from {READERS}; grant update on {table} to {READERS};",
    )


OWN = f"({ACTION}.owner_id = hearth_reader() and not coalesce({ACTION}.family_id = any({KEPT}), false) and not ({ACTION}.people && {KEPT}))"


class Migration(migrations.Migration):
    dependencies = [("panels", "0005_running"), ("panels", "0004_item_policies")]
    operations = [
        protect(
            ATTENDANCE,
            read=of_meeting(ATTENDANCE, SITS),
            add=f"recorded_by_id = hearth_reader() and {of_meeting(ATTENDANCE, RUNS)}",
            change=of_meeting(ATTENDANCE, RUNS),
        ),
        protect(
            INTEREST,
            read=of_item(INTEREST),
            add=f"recorded_by_id = hearth_reader() and {run_by_reader(INTEREST)}",
            change=run_by_reader(INTEREST),
        ),
        protect(
            DECISION,
            read=of_item(DECISION),
            add=f"recorded_by_id = hearth_reader() and {run_by_reader(DECISION)}",
            change=run_by_reader(DECISION),
        ),
        only(DECISION, "withdrawn_at, withdrawn_by_id, withdrawn_why"),
        protect(
            ACTION,
            read=f"{of_item(ACTION)} or ({OWN} and (done_at is null or done_at > now() - interval '28 days'))",
            add=f"recorded_by_id = hearth_reader() and {run_by_reader(ACTION)}",
            change=f"{run_by_reader(ACTION)} or {OWN}",
        ),
        only(ACTION, "done_at, done_by_id, done_words"),
        events("panels_panelattendanceevent", ATTENDANCE),
        events("panels_declaredinterestevent", INTEREST),
        events("panels_paneldecisionevent", DECISION),
        events("panels_panelactionevent", ACTION),
    ]
