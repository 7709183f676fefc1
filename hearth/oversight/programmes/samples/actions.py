"""Writes: draw a sample, and note what the audit found of one claim of it."""

import datetime as dt
import secrets
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Conflict, refuse
from hearth.foundation.core.text import clean
from hearth.oversight.programmes import rules
from hearth.oversight.programmes.models import Claim, ClaimSample, SampledClaim
from hearth.oversight.programmes.samples.queries import accepted_between
from hearth.oversight.programmes.samples.rules import draw


@action
def draw_sample(
    *, by: Any, from_on: dt.date, until_on: dt.date, size: int, framework: str = "", seed: str = ""
) -> ClaimSample:
    """Draw claims accepted in a period that is over, by a seed that is kept: one of chance, unless it is given."""
    among = {claim.reference: claim for claim in accepted_between(by, from_on, until_on, framework)}
    refuse(rules.why_not_draw(by, from_on, until_on, size, len(among)))
    sample = ClaimSample(
        reference=drawn_reference("CS"), framework=framework, from_on=from_on, until_on=until_on, size=size,
        seed=clean(seed).strip() or secrets.token_hex(8), among=len(among), drawn_by=by,
    )  # fmt: skip
    sample.save(force_insert=True)
    for number, reference in enumerate(draw(among, sample.seed, size), 1):
        SampledClaim(sample=sample, claim=among[reference], number=number).save(force_insert=True)
    record("programmes.sample_drawn", subject=sample, among=len(among), size=size, seed=sample.seed)
    return sample


@action
def note_finding(*, by: Any, sampled: SampledClaim, finding: str, words: str, seen_version: int) -> SampledClaim:
    """Note what the audit found of one claim of a sample. A finding that somebody noted meanwhile is not overwritten unseen."""
    sampled.hold()
    sampled.claim = Claim.objects.get(pk=sampled.claim_id)
    refuse(rules.why_not_find(by, sampled, finding, words))
    tidy = clean(words).strip()
    if sampled.version != seen_version and (sampled.finding, sampled.words) != (finding, tidy):
        theirs = sampled.found_by.full_name if sampled.found_by else ""
        raise Conflict({"finding": (sampled.finding, finding), "words": (sampled.words, tidy)}, theirs)
    sampled.finding, sampled.words, sampled.found_by, sampled.found_at = finding, tidy, by, clock.now()
    sampled.version += 1
    sampled.save(update_fields=["finding", "words", "found_by", "found_at", "version"])
    record(
        "programmes.finding_noted", family=sampled.claim.family_id, subject=sampled.claim, finding=finding,
        number=sampled.number,
    )  # fmt: skip
    return sampled
