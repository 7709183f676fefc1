"""Who reads and changes unmet needs and themes. The conditions are those of unmet/reach.py; a test holds the two equal."""

from django.db import migrations

from hearth.casework.panels.unmet.functions import counts, reach
from hearth.foundation.core.policies import READERS, append_only, events, gate_reads, protect
from hearth.records.people.policies import family_condition

NEED, WORDS, THEME, ACTION, MOVE = (
    "unmet_unmetneed",
    "unmet_unmetwords",
    "unmet_theme",
    "unmet_themeaction",
    "unmet_thememove",
)


def whose(table: str) -> str:
    """Whose need it is, is theirs to open."""
    family = family_condition(table, category="plan")
    return f"({family} or ({table}.family_id is null and exists (select 1 from front_door_request q where q.id = {table}.request_id)))"


def areas(permission: str, column: str = "area_id") -> str:
    """A district in which the reader holds the permission."""
    return f"{column} = any((select hearth_theme_areas(hearth_reader(), '{permission}'))::uuid[])"


KEPT = "any((select hearth_kept_from(hearth_reader()))::uuid[])"
MINE = f"(recorded_by_id = hearth_reader() and not coalesce(family_id = {KEPT}, false))"
THEMES = f"({areas('work_themes')} and not (id = any((select hearth_unmet_kept_apart())::uuid[])))"
ADDS = f"""recorded_by_id = hearth_reader() and theme_id is null and withdrawn_at is null and answer_read_at is null
    and (source in ('search', 'full') or {whose(NEED)})"""
WORKS = f"({areas('work_themes')} or {areas('answer_escalated_needs')})"
COUNTS = "(select hearth_holds(hearth_reader(), 'see_counts'))"


def of_theme(table: str, condition: str = "true") -> str:
    """A row of `table` hangs from a theme that the reader may see and that fulfils `condition`."""
    return f"exists (select 1 from {THEME} t where t.id = {table}.theme_id and {condition})"


WORKED = areas("work_themes", "t.area_id")
MOVED = f"({WORKED} or {areas('answer_escalated_needs', 't.area_id')})"


class Migration(migrations.Migration):
    dependencies = [
        ("unmet", "0001_initial"), ("accounts", "0004_measures"), ("cases", "0002_policies"),
        ("front_door", "0016_signs_of_danger_in_the_queue"), ("people", "0017_lifted_because"),
    ]  # fmt: skip
    operations = [
        *reach(),
        protect(NEED, read=f"{whose(NEED)} or {MINE} or {THEMES}", add=ADDS, change=f"{MINE} or {THEMES}"),
        # What was recorded stays as it was: it comes into a theme or out of it, its answer is read, or it is taken back.
        migrations.RunSQL(
            f"revoke update on {NEED} from {READERS};"
            f"grant update (theme_id, answer_read_at, withdrawn_at, withdrawn_why) on {NEED} to {READERS};",
            f"grant update on {NEED} to {READERS}",
        ),
        append_only(
            WORDS,
            read=f"exists (select 1 from {NEED} n where n.id = {WORDS}.need_id and {whose('n')})",
            add=f"exists (select 1 from {NEED} n where n.id = {WORDS}.need_id and n.recorded_by_id = hearth_reader())",
        ),
        protect(
            THEME,
            read=f"{COUNTS} or {WORKS} or exists (select 1 from {NEED} n where n.theme_id = {THEME}.id)",
            add=f"started_by_id = hearth_reader() and {areas('work_themes')} and state = 'working'",
            change=WORKS,
        ),
        migrations.RunSQL(
            f"revoke update on {THEME} from {READERS};"
            f"grant update (title, analysis, priority, state, level, due_on, answer, answered_by_id, answered_at) on {THEME} to {READERS};",
            f"grant update on {THEME} to {READERS}",
        ),
        protect(ACTION, read=of_theme(ACTION), add=of_theme(ACTION, WORKED), change=of_theme(ACTION, WORKED)),
        append_only(MOVE, read=of_theme(MOVE), add=f"by_id = hearth_reader() and {of_theme(MOVE, MOVED)}"),
        events("unmet_unmetneedevent", NEED),
        events("unmet_themeevent", THEME),
        events("unmet_themeactionevent", ACTION),
        gate_reads(NEED, THEME),
        *counts(),
    ]
