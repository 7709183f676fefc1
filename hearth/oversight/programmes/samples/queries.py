"""Reads of samples: those there are, one with its claims, and whether the same can be drawn again."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.http import Http404

from hearth.foundation.core import clock
from hearth.foundation.core.paging import Page, page_of
from hearth.oversight.programmes.models import Claim, ClaimSample, SampledClaim
from hearth.oversight.programmes.samples.rules import draw


def accepted_between(reader: Any, from_on: dt.date, until_on: dt.date, framework: str) -> list[Claim]:
    """Claims accepted from a day to a day, whatever became of them since."""
    begin, end = (
        clock.in_london(dt.datetime.combine(day, dt.time())) for day in (from_on, until_on + dt.timedelta(days=1))
    )
    rows = Claim.objects.visible_to(reader).filter(accepted_at__gte=begin, accepted_at__lt=end).defer("content")
    return list((rows.filter(framework=framework) if framework else rows).order_by("reference"))


def samples(reader: Any, page: Any) -> Page:
    """Samples, the newest first, with how many claims were drawn and audited."""
    rows = ClaimSample.objects.visible_to(reader).select_related("drawn_by").annotate(
        drawn=Count("claims"), audited=Count("claims", filter=~Q(claims__finding=""))
    )  # fmt: skip
    return page_of(rows.order_by("-created_at", "id"), page, 20)


def sample_of(reader: Any, reference: str) -> ClaimSample:
    """One sample, or a page that never says whether it exists."""
    found = ClaimSample.objects.visible_to(reader).select_related("drawn_by").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def claims_of(reader: Any, sample: ClaimSample) -> list[SampledClaim]:
    """The claims of a sample that the reader may see, in the order drawn."""
    rows = SampledClaim.objects.visible_to(reader).filter(sample=sample).select_related("claim", "found_by")
    return list(rows.order_by("number"))


def sampled_of(reader: Any, reference: str, number: int) -> SampledClaim:
    """One claim of a sample."""
    rows = SampledClaim.objects.visible_to(reader).select_related("claim", "sample", "found_by")
    found = rows.filter(sample__reference=reference, number=number).first()
    if found is None:
        raise Http404
    return found


def draws_the_same(reader: Any, sample: ClaimSample, drawn: list[SampledClaim]) -> bool | None:
    """Whether the seed draws the same claims again; None where the reader does not see all that there were to draw from."""
    among = accepted_between(reader, sample.from_on, sample.until_on, sample.framework)
    if len(among) != sample.among:
        return None
    return draw([claim.reference for claim in among], sample.seed, sample.size) == [
        one.claim.reference for one in drawn
    ]
