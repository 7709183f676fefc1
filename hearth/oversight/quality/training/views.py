"""Pages of findings: figures by item and district, training needs, raising one and saying how it was met."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.foundation.audit.looks import exported
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.quality import rules
from hearth.oversight.quality.queries import led_audit
from hearth.oversight.quality.reach import LEADS
from hearth.oversight.quality.samples.queries import area_with, areas_to_draw
from hearth.oversight.quality.training import actions, figures, forms, queries
from hearth.records.money.downloads import as_file


def audit_findings(request: HttpRequest) -> HttpResponse:
    """What audits find most often, by item and district; and, for whoever leads, what people need to learn."""
    refuse(rules.why_not_see_findings(request.user))
    form = forms.FindingsForm(request.GET)
    context = {
        "form": form,
        "months": form.wanted(),
        "found": figures.findings(request.user, form.wanted()),
        "fewest": pack().indicators.fewest_shown,
        "FEW": figures.FEW,
        "needs": queries.training_needs(request.user),
        "leads": request.user.may(LEADS),
        "labels": figures.labels(),
    }
    return render(request, "quality/audit_findings.html", context, partial="results")


@require_http_methods(["GET", "POST"])
def download_audit_findings(request: HttpRequest) -> HttpResponseBase:
    """The figures as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see_findings(request.user))
    if request.method != "POST":
        return HttpResponseRedirect(reverse("audit_findings"))
    sheet = figures.sheet_of(figures.findings(request.user, forms.FindingsForm(request.POST).wanted()))
    exported(request.user, "quality.findings_downloaded", rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def raise_training_need(request: HttpRequest) -> HttpResponseBase:
    """Say what people need to learn."""
    refuse(rules.why_not_lead(request.user))
    reference = request.GET.get("audit", "")
    audit = led_audit(request.user, reference) if reference else None
    areas, items = areas_to_draw(request.user), sorted(figures.labels().items(), key=lambda pair: pair[1])

    def do(form: forms.RaiseTrainingNeedForm) -> object:
        said = dict(form.cleaned_data)
        return actions.raise_training_need(
            by=request.user, audit=audit, area=area_with(request.user, said.pop("area")), **said
        )

    return form_page(
        request, "quality/raise_training_need.html", forms.RaiseTrainingNeedForm, do=do,
        then=reverse("audit_findings"), said="The training need is raised.",
        initial={"area": audit.area.code if audit else "", "item": request.GET.get("item", "")},
        form_kwargs={"areas": areas, "items": items}, context={"audit": audit}, name=reference,
    )  # fmt: skip


def meet_training_need(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say how it was met."""
    refuse(rules.why_not_lead(request.user))
    need = queries.need_of(request.user, reference)
    return form_page(
        request, "quality/meet_training_need.html", forms.MeetTrainingNeedForm,
        do=lambda form: actions.meet_training_need(by=request.user, need=need, **form.cleaned_data),
        then=reverse("audit_findings"), said="How it was met is written down.", context={"need": need},
    )  # fmt: skip
