"""Reads what a claim rests on: facts and signs by the gate's functions, what people named, and when they looked again."""

import datetime as dt
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.claims import ClaimRules
from hearth.foundation.core.packs.indicators import Framework
from hearth.intelligence.insight import queries as insight
from hearth.intelligence.insight.frameworks import digest, rules_of
from hearth.oversight.programmes.freezing import canonical
from hearth.oversight.programmes.models import Claim, LookAgain, NamedNeed
from hearth.oversight.programmes.needs import Basis, on
from hearth.oversight.programmes.working import Worked

FORMAT = 1  # of the frozen text: raised when its shape changes, so that an old one is read as it was written


@dataclass(frozen=True)
class ClaimCase:
    """A case as whoever makes claims may see it: references, its area, and facts as at a day."""

    id: uuid.UUID
    family_id: uuid.UUID
    area: str
    as_at: dt.date
    facts: dict[str, Any]

    @property
    def reference(self) -> str:
        """The case's reference."""
        return str(self.facts["case"])

    @property
    def opened(self) -> dt.date:
        """The day on which the case was opened."""
        return dt.date.fromisoformat(self.facts["opened_on"])

    @property
    def closed(self) -> dt.date | None:
        """The day on which it was closed, where it was by then."""
        return on(self.facts["closed_on"])


def frameworks() -> list[Framework]:
    """Frameworks under which families are claimed for, the newest first."""
    return [each for each in reversed(pack().frameworks) if each.claim]


def framework_of(code: str) -> Framework | None:
    """The framework with that code, where it has claims."""
    return next((each for each in frameworks() if each.code == code), None)


def case_with(reference: str) -> uuid.UUID | None:
    """The case with that reference, or the newest of the family with it; nothing where the reader may not claim for it."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_claim_case(%s)", [reference])
        return cursor.fetchone()[0]


def cases_to_look_through(district: str, page: int, size: int) -> list[uuid.UUID]:
    """A page of cases whose plans have an outcome that was reached or scored, the newest first; one too many tells of more."""
    with connection.cursor() as cursor:
        cursor.execute("select case_id from hearth_claim_cases(%s, %s, %s)", [district, (page - 1) * size, size + 1])
        return [key for (key,) in cursor.fetchall()]


def facts_of(pairs: Iterable[tuple[uuid.UUID, dt.date]]) -> dict[tuple[uuid.UUID, dt.date], ClaimCase]:
    """The facts of cases as at days: one query."""
    wanted = list(dict.fromkeys(pairs))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select case_id, family_id, area, as_at, facts from hearth_claim_facts(%s, %s)",
            [[key for key, _ in wanted], [day for _, day in wanted]],
        )
        rows = [ClaimCase(key, family, area, day, _read(facts)) for key, family, area, day, facts in cursor.fetchall()]
    return {(row.id, row.as_at): row for row in rows}


def signs_of(cases: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    """What flags of the families' people rest on, by case: one query."""
    with connection.cursor() as cursor:
        cursor.execute("select case_id, signs from hearth_claim_signs(%s)", [list(cases)])
        return {key: sorted(_read(signs), key=canonical) for key, signs in cursor.fetchall()}


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def named_of(reader: Any, cases: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, str], list[NamedNeed]]:
    """The needs named in force, by case and framework: one query."""
    rows = NamedNeed.objects.visible_to(reader).filter(case__in=cases, ended_at=None).select_related("by")
    found: dict[tuple[uuid.UUID, str], list[NamedNeed]] = defaultdict(list)
    for row in rows.order_by("outcome_id"):
        found[row.case_id, row.framework].append(row)
    return found


def looks_of(reader: Any, cases: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, str], list[LookAgain]]:
    """Looks again, by case and framework: one query."""
    rows = LookAgain.objects.visible_to(reader).filter(case__in=cases).select_related("by").order_by("seen_on", "id")
    found: dict[tuple[uuid.UUID, str], list[LookAgain]] = defaultdict(list)
    for row in rows:
        found[row.case_id, row.framework].append(row)
    return found


def frozen_look(look: LookAgain) -> dict[str, Any]:
    """A look again as a claim freezes it."""
    return {
        "need": look.need, "seen_on": look.seen_on.isoformat(), "how": look.how, "how_words": look.get_how_display(),
        "still_met": look.still_met, **({"counted": look.counted} if look.counted else {}),
    }  # fmt: skip


def rules_counted(framework: Framework) -> dict[str, str]:
    """Which need each rule of concern is a sign of, in a framework."""
    codes = {need.label: need.code for need in framework.claim.needs} if framework.claim else {}
    found = {}
    for rule in rules_of(pack(), clock.today()).rules:
        for counts in rule.counts:
            if counts.framework == framework.code and counts.need in codes:
                found[rule.code] = codes[counts.need]
    return found


def labels_of_rules() -> dict[str, str]:
    """Each rule of concern in words."""
    return {rule.code: rule.indicator.label for rule in insight.rules_now().rules}


def hidden_sources(reader: Any, signs: Iterable[dict[str, Any]]) -> frozenset[str] | None:
    """Whose signs the agreements do not let this reader see today; None: all of them. Each answer is on record."""
    if not any(True for _ in signs):
        return frozenset()
    run = insight.current_run(reader)
    return frozenset(insight.not_permitted(reader, run)) if run is not None else None


def basis_now(
    framework: Framework, case: ClaimCase, named: list[NamedNeed], looks: list[LookAgain], signs: list[Any]
) -> Basis:
    """What a claim would be worked out from, from what stands."""
    assert framework.claim is not None  # noqa: S101 - those without are not asked for
    known = [frozen_look(look) for look in looks if look.seen_on <= case.as_at]
    names = {str(row.outcome_id): row.need for row in named}
    return Basis(
        framework.claim, framework.from_on, rules_counted(framework), case.as_at, case.facts, names, known, signs
    )


def content_of(basis: Basis, worked: Worked, framework: dict[str, Any]) -> dict[str, Any]:
    """What is frozen: rules, evidence, and what came of them."""
    return {
        "format": FORMAT,
        "framework": framework,
        "rules": basis.rules.model_dump(mode="json", by_alias=True),
        "signs_of": basis.signs_of,
        "as_at": basis.as_at.isoformat(),
        "facts": basis.facts,
        "named": basis.named,
        "looks": basis.looks,
        "signs": basis.signs,
        "answers": {each.code: each.answer for each in worked.conditions},
        "needs": [
            {"code": need.code, "since": need.since, "due_on": need.due_on, "lasted_on": need.lasted_on} for need in worked.needs
        ],
    }  # fmt: skip


def as_frozen(framework: Framework) -> dict[str, Any]:
    """What is kept of the framework itself."""
    return {
        "code": framework.code, "title": framework.title, "version": framework.version, "digest": digest(framework),
        "from_on": framework.from_on.isoformat(),
    }  # fmt: skip


def read_content(claim: Claim) -> dict[str, Any]:
    """The frozen evidence of a claim."""
    content: dict[str, Any] = json.loads(claim.content)
    return content


def basis_frozen(content: dict[str, Any], hidden: frozenset[str] | None = frozenset()) -> Basis:
    """What a claim was worked out from, as it is frozen, by the rules of then."""
    return Basis(
        ClaimRules.model_validate_json(json.dumps(content["rules"])),
        dt.date.fromisoformat(content["framework"]["from_on"]),
        content["signs_of"],
        dt.date.fromisoformat(content["as_at"]),
        content["facts"],
        content["named"],
        content["looks"],
        content["signs"],
        hidden,
        labels_of_rules(),
    )


def known_by(looks: list[LookAgain], moment: dt.datetime) -> list[LookAgain]:
    """Those that were recorded by a moment."""
    return [look for look in looks if look.created_at <= moment]
