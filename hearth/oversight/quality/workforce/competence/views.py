"""Pages of what people hold and need: one's own, a person's, a team's, and the gaps of a district."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.foundation.audit.looks import exported, looked
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.quality.workforce.competence import actions, forms, queries, rules, tables
from hearth.oversight.quality.workforce.courses.queries import looks_after
from hearth.oversight.quality.workforce.courses.rules import why_not_lead, why_not_see
from hearth.oversight.quality.workforce.courses.shown import teaches
from hearth.oversight.quality.workforce.reach import LEADS, TEAM
from hearth.records.money.downloads import as_file

COLOURS = {"held": "green", "running_out": "yellow", "run_out": "red", "missing": "red"}


def my_training(request: HttpRequest) -> HttpResponse:
    """What the reader holds, what runs out, what is missing, and the next run of each."""
    refuse(why_not_see(request.user))
    return render(request, "workforce/competence/my_training.html", _of(request.user, request.user))


def training_of(request: HttpRequest, reference: str) -> HttpResponse:
    """The same of somebody whom the reader looks after."""
    refuse(why_not_see(request.user))
    person = queries.person_of(request.user, reference)
    looked(request.user, "workforce.training_opened", family=None, subject=person)
    return render(request, "workforce/competence/training_of.html", _of(request.user, person))


def _of(reader: Any, person: Any) -> dict[str, Any]:
    return {
        "person": person,
        "standings": queries.standings_of(reader, person),
        "records": queries.records_of(reader, person),
        "may_record": person.id != reader.id and looks_after(reader, person),
        "has_team": reader.may(TEAM) or reader.may(LEADS),
        "teaches": teaches,
        "colours": COLOURS,
    }


def record_training(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Write down what somebody was trained in elsewhere."""
    person = _theirs(request, reference)
    return form_page(
        request, "workforce/competence/record_training.html", forms.RecordTrainingForm,
        do=lambda form: actions.record_training(by=request.user, person=person, **form.cleaned_data),
        then=reverse("training_of", args=[reference]), said="The training is written down.", context={"person": person},
    )  # fmt: skip


def withdraw_training(request: HttpRequest, reference: str, key: Any) -> HttpResponseBase:
    """Take back what was written by mistake."""
    person = _theirs(request, reference)
    found = queries.record_of(request.user, person, key)
    refuse(rules.why_not_withdraw(request.user, found, True, "typed"))
    return form_page(
        request, "workforce/competence/withdraw_training.html", forms.WithdrawTrainingForm,
        do=lambda form: actions.withdraw_training(by=request.user, training=found, **form.cleaned_data),
        then=reverse("training_of", args=[reference]), said="It is taken back.", context={"person": person, "record": found},
    )  # fmt: skip


def _theirs(request: HttpRequest, reference: str) -> Any:
    refuse(why_not_see(request.user))
    person = queries.person_of(request.user, reference)
    refuse(None if person.id != request.user.id and looks_after(request.user, person) else rules.NOT_YOURS)
    return person


def team_training(request: HttpRequest) -> HttpResponse:
    """What each of the reader's people holds and needs, in one table."""
    refuse(rules.why_not_see_team(request.user))
    form = forms.TeamTrainingForm(request.GET, leads=request.user.may(LEADS))
    found = queries.team(request.user, **form.wanted(), page=request.GET.get("page"))
    context = {
        "form": form,
        "found": found,
        "columns": queries.columns(found.rows),
        "wanted": form.wanted(),
        "leads": request.user.may(LEADS),
        "colours": COLOURS,
    }
    return render(request, "workforce/competence/team_training.html", context, partial="results")


@require_http_methods(["GET", "POST"])
def download_team_training(request: HttpRequest) -> HttpResponseBase:
    """The table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see_team(request.user))
    if request.method != "POST":
        return HttpResponseRedirect(reverse("team_training"))
    form = forms.TeamTrainingForm(request.POST, leads=request.user.may(LEADS))
    sheet = tables.sheet_of(queries.whole_team(request.user, **form.wanted()))
    exported(request.user, "workforce.team_downloaded", rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def training_gaps(request: HttpRequest) -> HttpResponse:
    """What is missing, by competence and by organisation, in a district or everywhere."""
    refuse(why_not_lead(request.user))
    form = forms.TeamTrainingForm(request.GET, leads=True)
    found = queries.whole_team(request.user, **form.wanted())
    context = {
        "form": form,
        "people": len(found),
        "with_gaps": sum(bool(each.gaps) for each in found),
        "by_competence": queries.gaps_by_competence(found),
        "by_organisation": queries.gaps_by_organisation(found),
    }
    return render(request, "workforce/competence/training_gaps.html", context, partial="results")
