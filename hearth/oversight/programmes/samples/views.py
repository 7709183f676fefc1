"""Pages of an audit: samples, drawing one, one with its claims, noting a finding."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.programmes import forms, rules
from hearth.oversight.programmes.gathering import frameworks
from hearth.oversight.programmes.queries import FINDINGS
from hearth.oversight.programmes.samples import actions, queries


def claim_samples(request: HttpRequest) -> HttpResponse:
    """Samples that were drawn, the newest first."""
    refuse(rules.why_not_see_claims(request.user))
    context = {
        "page": queries.samples(request.user, request.GET.get("page")),
        "may_audit": rules.why_not_audit(request.user) is None,
        "titles": {each.code: each.title for each in frameworks()},
    }
    return render(request, "programmes/claim_samples.html", context)


def draw_sample(request: HttpRequest) -> HttpResponseBase:
    """Draw accepted claims of a period that is over."""
    refuse(rules.why_not_audit(request.user))
    return form_page(
        request, "programmes/draw_sample.html", forms.DrawSampleForm,
        do=lambda form: actions.draw_sample(by=request.user, **form.cleaned_data),
        then=lambda sample: reverse("claim_sample", args=[sample.reference]),
        said=lambda sample: f"Sample {sample.reference} is drawn.",
        form_kwargs={"frameworks": [(each.code, each.title) for each in frameworks()]},
    )  # fmt: skip


def claim_sample(request: HttpRequest, reference: str) -> HttpResponse:
    """One sample: its claims, what was found of each, and whether the seed draws the same again."""
    refuse(rules.why_not_see_claims(request.user))
    sample = queries.sample_of(request.user, reference)
    drawn = queries.claims_of(request.user, sample)
    context = {
        "sample": sample, "drawn": drawn, "same": queries.draws_the_same(request.user, sample, drawn),
        "may_audit": rules.why_not_audit(request.user) is None,
        "titles": {each.code: each.title for each in frameworks()},
    }  # fmt: skip
    return render(request, "programmes/claim_sample.html", context)


def note_finding(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Note what the audit found of one claim."""
    refuse(rules.why_not_audit(request.user))
    found = queries.sampled_of(request.user, reference, number)
    return form_page(
        request, "programmes/note_finding.html", forms.NoteFindingForm,
        do=lambda form: actions.note_finding(by=request.user, sampled=found, **form.cleaned_data),
        then=reverse("claim_sample", args=[reference]), said="What was found is recorded.",
        initial={"finding": found.finding, "words": found.words, "seen_version": found.version},
        form_kwargs={"findings": FINDINGS}, context={"sampled": found, "claim": found.claim},
    )  # fmt: skip
