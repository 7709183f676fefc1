"""Reads for the pages: cases to look through, one case under each framework, the list of claims, one claim, a file of them."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from hearth.foundation.audit.looks import looked
from hearth.foundation.core import clock
from hearth.foundation.core.packs.indicators import Framework
from hearth.foundation.core.paging import Page, number_of, page_of
from hearth.foundation.core.references import read_reference
from hearth.oversight.programmes import gathering
from hearth.oversight.programmes.gathering import ClaimCase
from hearth.oversight.programmes.holding import Holding, holdings
from hearth.oversight.programmes.models import Claim, LookAgain, NamedNeed, SampledClaim
from hearth.oversight.programmes.needs import name_of, outcomes_of
from hearth.oversight.programmes.working import Worked, work_out

PAGE = 25
STATES = [(str(value), str(label)) for value, label in Claim.State.choices]
FINDINGS = [(str(value), str(label)) for value, label in SampledClaim.Finding.choices]
HOWS = [(str(value), str(label)) for value, label in LookAgain.How.choices]


@dataclass(frozen=True)
class UnderFramework:
    """A case under one framework: how far it is from a claim, and the claim there is."""

    framework: Framework
    case: ClaimCase
    worked: Worked
    claim: Claim | None


def framework_of(code: str) -> Framework:
    """The framework with that code; not found where it has no claims."""
    found = gathering.framework_of(code)
    if found is None:
        raise Http404
    return found


def day_for(framework: Framework) -> dt.date:
    """As at which day a case is shown: today, or the last day for which the framework pays."""
    until = framework.claim.pays_until if framework.claim else None
    return min(clock.today(), until) if until else clock.today()


def case_of(reader: Any, reference: str, day: dt.date | None = None) -> ClaimCase:
    """One case as at a day, today if none is given; not found where it may not be claimed for by this reader."""
    key, day = gathering.case_with(reference), day or clock.today()
    found = gathering.facts_of([(key, day)]).get((key, day)) if key else None
    if found is None:
        raise Http404
    return found


def reference_typed(typed: str) -> str:
    """The case's reference, where somebody typed one or a family's, and may claim for it; empty otherwise."""
    wanted = read_reference(typed)
    key = gathering.case_with(wanted) if wanted else None
    found = gathering.facts_of([(key, clock.today())]) if key else {}
    return next((case.reference for case in found.values()), "")


def case_page(reader: Any, reference: str) -> dict[str, Any]:
    """A case under every framework, with its evidence. The look is on record."""
    now = case_of(reader, reference)
    looked(reader, "programmes.case_opened", family=now.family_id, subject=now.reference)
    signs = gathering.signs_of([now.id]).get(now.id, [])
    hidden = gathering.hidden_sources(reader, signs)
    return {"claim_case": now, "frameworks": _under_each(reader, [now], {now.id: signs}, hidden)[now.id]}


def _under_each(
    reader: Any, cases: list[ClaimCase], signs: dict[Any, list[Any]], hidden: frozenset[str] | None
) -> dict[Any, list[UnderFramework]]:
    """Each case under each framework that had begun when it was worked: four queries, however many."""
    keys, frames = [case.id for case in cases], gathering.frameworks()
    facts = gathering.facts_of([(key, day_for(frame)) for key in keys for frame in frames])
    named, looks, labels = (
        gathering.named_of(reader, keys),
        gathering.looks_of(reader, keys),
        gathering.labels_of_rules(),
    )
    rows = Claim.objects.visible_to(reader).filter(case__in=keys, state__in=Claim.IN_FORCE).defer("content")
    claims = {(claim.case_id, claim.framework): claim for claim in rows}
    found: dict[Any, list[UnderFramework]] = {key: [] for key in keys}
    for case in cases:
        for frame in frames:
            then, key = facts.get((case.id, day_for(frame))), (case.id, frame.code)
            if then is None:  # the programme had ended before the case began
                continue
            basis = gathering.basis_now(frame, then, named.get(key, []), looks.get(key, []), signs.get(case.id, []))
            worked = work_out(replace(basis, hidden=hidden, labels=labels))
            found[case.id].append(UnderFramework(frame, then, worked, claims.get(key)))
    return found


def families_to_claim_for(reader: Any, district: str, number: Any) -> Page:
    """Cases with something reached or scored, the newest first, each under every framework of its time."""
    page = number_of(number)
    keys = gathering.cases_to_look_through(district, page, PAGE)
    more, today = len(keys) > PAGE, clock.today()
    facts = gathering.facts_of([(key, today) for key in keys[:PAGE]])
    cases = [facts[key, today] for key in keys[:PAGE] if (key, today) in facts]
    under = _under_each(reader, cases, gathering.signs_of([case.id for case in cases]), None)
    return Page([(case, under[case.id]) for case in cases], page, more)


def names_of_outcomes(case: ClaimCase) -> list[tuple[str, str, str]]:
    """(key, name, area) of each outcome of the plans that the family agreed."""
    return [(outcome["id"], name_of(plan, outcome), outcome["area"]) for plan, outcome in outcomes_of(case.facts)]


def named_now(reader: Any, case: ClaimCase, framework: Framework) -> dict[str, NamedNeed]:
    """What is named of each outcome, by its key."""
    return {str(row.outcome_id): row for row in gathering.named_of(reader, [case.id])[case.id, framework.code]}


def looks_of(reader: Any, case: ClaimCase, framework: Framework) -> list[LookAgain]:
    """Looks again at a case's needs, the earliest first."""
    return gathering.looks_of(reader, [case.id])[case.id, framework.code]


def _claims(reader: Any, framework: str, state: str) -> QuerySet[Any]:
    rows = Claim.objects.visible_to(reader).select_related("made_by", "checked_by")
    chosen = {"framework": framework, "state": state}
    return rows.filter(**{name: value for name, value in chosen.items() if value}).order_by("-created_at", "id")


@dataclass(frozen=True)
class ListedClaim:
    """A claim of the list, and whether it still holds."""

    claim: Claim
    case: str
    holding: Holding | None


def claims(reader: Any, *, framework: str = "", state: str = "", number: Any = 1) -> Page:
    """A page of claims, the newest first; each that is in force with whether it still holds."""
    page = page_of(_claims(reader, framework, state), number, PAGE)
    in_force = holdings(reader, [claim for claim in page.rows if claim.is_in_force])
    rows = [ListedClaim(claim, case_reference(claim), in_force.get(claim.pk)) for claim in page.rows]
    return Page(rows, page.number, page.more)


def case_reference(claim: Claim) -> str:
    """The case's reference, as it is frozen."""
    return str(gathering.read_content(claim)["facts"]["case"])


def claim_of(reader: Any, reference: str) -> Claim:
    """One claim, or a page that never says whether it exists."""
    rows = Claim.objects.visible_to(reader).select_related("made_by__organisation", "checked_by", "withdrawn_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def claim_page(reader: Any, reference: str) -> dict[str, Any]:
    """A claim with its frozen evidence, as it was, and whether it still holds. The look is on record."""
    claim = claim_of(reader, reference)
    looked(reader, "programmes.claim_opened", family=claim.family_id, subject=claim)
    content = gathering.read_content(claim)
    basis = gathering.basis_frozen(content, gathering.hidden_sources(reader, content["signs"]))
    return {
        "claim": claim,
        "content": content,
        "worked": work_out(basis),
        "holding": holdings(reader, [claim])[claim.pk],
    }


def accepted(reader: Any, framework: str) -> list[ListedClaim]:
    """Every accepted claim, for a file."""
    rows = list(_claims(reader, framework, Claim.State.ACCEPTED))
    standing = holdings(reader, rows)
    return [ListedClaim(claim, case_reference(claim), standing[claim.pk]) for claim in rows]
