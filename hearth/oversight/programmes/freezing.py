"""Evidence as one text that never changes: the same evidence always makes the same letters, and so the same digest."""

import hashlib
import json
from typing import Any

# What each part of the frozen facts is, for saying what differs.
PARTS = {
    "case": "the case's reference",
    "family": "the family's reference",
    "opened_on": "the day on which the case was opened",
    "closed_on": "the day on which the case was closed",
    "taken_up_on": "the case was taken up again after it was closed",
    "children": "the children and their ages",
    "assessments": "assessments signed off",
    "lead_on": "since when there is a lead practitioner",
    "plans": "the plan, its outcomes and reviews",
    "later_cases": "later cases of the family",
}


def canonical(evidence: Any) -> str:
    """JSON with its keys in order and no spaces."""
    return json.dumps(evidence, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def digest_of(content: str) -> str:
    """SHA-256 of a frozen text."""
    return hashlib.sha256(content.encode()).hexdigest()


def differing(then: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Which parts of two frozen texts differ, in words."""
    found = [words for key, words in PARTS.items() if then["facts"].get(key) != now["facts"].get(key)]
    if then["looks"] != now["looks"]:
        found.append("looks again that were recorded before it was made")
    if not found and then != now:
        found.append("how the evidence is worked out")
    return found
