"""A strategy as one text that never changes: the same standing always makes the same letters, and so the same digest."""

import hashlib
import json
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.ui.filters import day
from hearth.oversight.governance.strategy.models import Strategy, StrategyReport
from hearth.oversight.governance.strategy.queries import by_priority, evidence_of


def as_it_stands(reader: Any, strategy: Strategy) -> dict[str, Any]:
    """Everything that the board is told: priorities with what was counted, and each action with its last progress and its evidence."""
    return {
        "strategy": {"reference": strategy.reference, "title": strategy.title, "where": strategy.where, "what": strategy.what},
        "days": [strategy.from_on.isoformat(), strategy.until_on.isoformat()],
        "as_at": clock.today().isoformat(),
        "priorities": [
            {
                "number": each.priority.number, "title": each.priority.title, "counted": [list(pair) for pair in each.counted], "late": each.late,
                "actions": [
                    {
                        "reference": row.action.reference, "what": row.action.what, "shows": row.action.shows, "owner": row.action.owner.full_name,
                        "due_on": day(row.action.due_on), "stands": row.words, "late": row.is_late,
                        "said": row.progress.words if row.progress else "",
                        "said_on": clock.in_london(row.progress.noted_at).date().isoformat() if row.progress else "",
                        "evidence": _shown(reader, row.action) if row.evidence else [],
                    }
                    for row in each.actions
                ],
            }
            for each in by_priority(reader, strategy)
        ],
    }  # fmt: skip


def _shown(reader: Any, action: Any) -> list[str]:
    """By code and reference: a title may be read by fewer than a report is."""
    found = (each.evidence for each in evidence_of(reader, action))
    return [f"{each.get_kind_display()}{f' {each.of}' if each.of else ''}: {each.words}" for each in found]


def digest_of(frozen: Any, words: str) -> str:
    """SHA-256 of what is frozen and of the words beside it."""
    content = json.dumps([frozen, words], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def is_whole(report: StrategyReport) -> bool:
    """Whether it is, letter for letter, what was frozen."""
    return report.digest == digest_of(report.frozen, report.words)
