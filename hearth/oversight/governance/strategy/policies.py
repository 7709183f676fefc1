"""Row policies of strategies. The conditions are those of reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import append_only, events, only, protect
from hearth.oversight.governance.strategy.reach import KEEPS_SQL, SEES_SQL

ME = "hearth_reader()"
STRATEGY, PRIORITY, ACTION, PROGRESS, EVIDENCE, REPORT = (
    f"strategy_{name}" for name in ("strategy", "strategypriority", "strategyaction", "strategyprogress", "strategyevidence", "strategyreport")
)  # fmt: skip
_KEPT = KEEPS_SQL.replace("area_id", "s.area_id")
_OF_STRATEGY = f"exists (select 1 from {STRATEGY} s where s.id = {{table}}.strategy_id and {_KEPT})"
_OF_PRIORITY = f"""exists (select 1 from {PRIORITY} p join {STRATEGY} s on s.id = p.strategy_id
    where p.id = {ACTION}.priority_id and {_KEPT})"""
# Its owner, or whoever keeps the strategy.
_OF_ACTION = f"""exists (select 1 from {ACTION} a join {PRIORITY} p on p.id = a.priority_id join {STRATEGY} s on s.id = p.strategy_id
    where a.id = {{table}}.action_id and (a.owner_id = {ME} or {_KEPT}))"""


def strategies() -> list[RunSQL]:
    """A strategy is kept by whoever does so where it is; its actions' owners say how they go; what was said and reported stands."""
    kept, own = f"{SEES_SQL} and ", f"{SEES_SQL} and {_OF_ACTION}"
    of_priority, of_report = _OF_STRATEGY.format(table=PRIORITY), _OF_STRATEGY.format(table=REPORT)
    return [
        protect(
            STRATEGY, read=SEES_SQL, add=f"{kept}started_by_id = {ME} and {KEEPS_SQL}", change=f"{kept}{KEEPS_SQL}"
        ),
        only(STRATEGY, "title, what, from_on, until_on"),
        protect(PRIORITY, read=SEES_SQL, add=kept + of_priority, change=kept + of_priority),
        only(PRIORITY, "title, what"),
        protect(ACTION, read=SEES_SQL, add=f"{kept}added_by_id = {ME} and {_OF_PRIORITY}", change=kept + _OF_PRIORITY),
        only(ACTION, "what, shows, owner_id, due_on"),
        append_only(PROGRESS, read=SEES_SQL, add=f"noted_by_id = {ME} and {own.format(table=PROGRESS)}"),
        append_only(EVIDENCE, read=SEES_SQL, add=f"added_by_id = {ME} and {own.format(table=EVIDENCE)}"),
        append_only(REPORT, read=SEES_SQL, add=f"taken_by_id = {ME} and {kept}{of_report}"),
        *(events(f"{table}event", table) for table in (STRATEGY, PRIORITY, ACTION)),
    ]
