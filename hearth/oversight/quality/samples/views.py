"""Pages of samples: drawing one, one with its audits, sharing it out, drawing again, and taking its figures away."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.foundation.audit.looks import exported
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.filters import count
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.quality import forms, rules, shown
from hearth.oversight.quality.queries import tools_in_use, with_items
from hearth.oversight.quality.samples import actions, comparing, queries
from hearth.records.money.downloads import as_file


def draw_audit_sample(request: HttpRequest) -> HttpResponseBase:
    """Draw signed-off assessments of a period that is over."""
    refuse(rules.why_not_lead(request.user))

    def do(form: forms.DrawAuditSampleForm) -> object:
        said = dict(form.cleaned_data)
        area, agency = queries.area_with(request.user, said.pop("area")), queries.agency_with(said.pop("organisation"))
        return actions.draw_audit_sample(by=request.user, area=area, organisation=agency, **said)

    return form_page(
        request, "quality/draw_audit_sample.html", forms.DrawAuditSampleForm, do=do,
        then=lambda sample: reverse("audit_sample", args=[sample.reference]),
        said=lambda sample: f"Sample {sample.reference} is drawn. Now give it to auditors.",
        form_kwargs={"tools": tools_in_use(), "areas": queries.areas_to_draw(request.user), "agencies": queries.agencies()},
        context={"audits": pack().audits},
    )  # fmt: skip


def audit_sample(request: HttpRequest, reference: str) -> HttpResponse:
    """One sample: how it was drawn, its audits, how far auditors agree, and whether it changed."""
    refuse(rules.why_not_lead(request.user))
    sample = queries.sample_of(request.user, reference)
    audits = queries.audits_of(request.user, sample)
    overall, by_item = queries.agreement_of(request.user, sample)
    context = {
        "sample": sample, "audits": audits, "overall": overall, "by_item": by_item, "words": shown.sample_words,
        "same": queries.draws_the_same(sample), "scores": with_items(request.user, audits), "colours": shown.COLOURS,
        "lines": comparing.compared(request.user, sample), "waiting": sum(each.state == "drawn" for each in audits),
        "settled": sum(each.is_settled for each in audits),
    }  # fmt: skip
    return render(request, "quality/audit_sample.html", context)


def share_out_sample(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Give what was drawn to auditors."""
    refuse(rules.why_not_lead(request.user))
    sample = queries.sample_of(request.user, reference)
    areas = {each.area_id for each in queries.audits_of(request.user, sample)}
    return form_page(
        request, "quality/share_out_sample.html", forms.ShareOutSampleForm,
        do=lambda form: actions.share_out_sample(by=request.user, sample=sample, **form.cleaned_data),
        then=reverse("audit_sample", args=[reference]), said=_shared,
        form_kwargs={"auditors": queries.auditors_in(areas)}, context={"sample": sample, "asked": pack().audits.auditors_from},
    )  # fmt: skip


def _shared(shared: actions.Shared) -> str:
    said = f"{count(shared.given, 'assessment')} given out, {shared.twice} of them to two auditors."
    left = f" For {shared.left} nobody whom you ticked stands far enough from whoever wrote it." if shared.left else ""
    return said[:1].upper() + said[1:] + left


def draw_re_audit(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Draw a re-audit of a sample."""
    refuse(rules.why_not_lead(request.user))
    earlier = queries.sample_of(request.user, reference)
    refuse(rules.why_not_draw_again(request.user, earlier, queries.settled_of(request.user, earlier)))
    return form_page(
        request, "quality/draw_re_audit.html", forms.DrawReAuditForm,
        do=lambda form: actions.draw_re_audit(by=request.user, follows=earlier, **form.cleaned_data),
        then=lambda sample: reverse("audit_sample", args=[sample.reference]),
        said=lambda sample: f"Sample {sample.reference} is drawn, and is compared with {earlier.reference}.",
        form_kwargs={"likes": queries.LIKES}, context={"earlier": earlier},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def download_audit_sample(request: HttpRequest) -> HttpResponseBase:
    """What a sample came to, as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_lead(request.user))
    if request.method != "POST":
        return HttpResponseRedirect(reverse("audits"))
    sample = queries.sample_of(request.user, request.POST.get("sample", ""))
    sheet = comparing.sheet_of(sample, comparing.compared(request.user, sample))
    exported(request.user, "quality.sample_downloaded", subject=sample, rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))
