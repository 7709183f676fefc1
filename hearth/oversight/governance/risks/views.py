"""Pages of the risk log: the list, the matrix, one risk, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.foundation.audit.looks import exported
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.governance.risks import actions, drawing, forms, queries, rules
from hearth.oversight.governance.risks.meetings.queries import next_on
from hearth.oversight.governance.risks.tables import TABLES
from hearth.records.money.downloads import as_file


def risks(request: HttpRequest) -> HttpResponse:
    """The log: what matters most first."""
    show = request.GET.get("show", "")
    show = show if show in queries.SHOWN else "open"
    page = queries.log_of(request.user, show, request.GET.get("page"))
    meet_by, meeting_late = next_on(request.user)
    context = {
        "rows": [queries.Stands(row) for row in page.rows],
        "page": page,
        "tabs": [(words, f"{reverse('risks')}?show={code}", code == show) for code, words in queries.SHOWN.items()],
        "keeps": bool(queries.areas_to_keep(request.user)),
        "meet_by": meet_by,
        "meeting_late": meeting_late,
    }
    return render(request, "risks/risks.html", context | _words())


def risk_matrix(request: HttpRequest) -> HttpResponse:
    """Every open risk where it stands: likelihood down, impact across."""
    refuse(rules.why_not_see_risks(request.user))
    rows = queries.open_risks(request.user)
    context = {
        "rows": drawing.matrix(rows),
        "impacts": pack().governance.impacts,
        "not_assessed": [row for row in rows if not row.likelihood],
        "many": len(rows),
        "as_at": clock.today(),
    }
    return render(request, "risks/risk_matrix.html", context | _words())


def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """One risk: how it stands and stood, what is done about it, and its way up and back."""
    found = queries.risk_of(request.user, reference)
    assessments = queries.assessments_of(request.user, found)
    points = queries.actions_of(request.user, found)
    escalations = queries.escalations_of(request.user, found)
    waiting = queries.waiting_of(request.user, found)
    context = {
        "stands": queries.Stands(found),
        "assessments": assessments,
        "picture": drawing.over_time(assessments, found.closed_on or clock.today()),
        "points": points,
        "escalations": escalations,
        "waiting": waiting,
        "read_by": queries.role_names(found),
        "may": queries.what_may(request.user, found, waiting, sum(each.done_on is None for each in points)),
    }
    return render(request, "risks/risk.html", _about(found) | context)


def download_risks(request: HttpRequest) -> HttpResponseBase:
    """A table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see_risks(request.user))
    table = TABLES.get(request.POST.get("table", ""))
    if request.method != "POST" or table is None:
        return HttpResponseRedirect(reverse("risks"))
    sheet = table(request.user)
    exported(request.user, "risks.table_downloaded", table=sheet.name, rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def chosen(people: Any) -> dict[str, tuple[Any, str]]:
    """People to choose from."""
    return {each.reference: (each, ", ".join(filter(None, (each.full_name, each.job_title)))) for each in people}


def _things() -> dict[str, Any]:
    return {"owner": chosen(queries.owners())}


def log_risk(request: HttpRequest) -> HttpResponseBase:
    """Log a risk."""
    areas = queries.areas_to_keep(request.user)
    refuse(None if areas else rules.why_not_keep_in(request.user, None))
    districts = [area for area in areas if area is not None]
    things = _things() | {"area": {area.code: (area, area.name) for area in districts}}
    return form_page(
        request,
        "risks/log_risk.html",
        forms.LogRiskForm,
        do=lambda form: actions.log_risk(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("risk", args=[made.reference]),
        said=lambda made: f"{made.reference} is in the log.",
        initial={"owner": request.user.reference},
        form_kwargs={"things": things, "roles": queries.roles_to_keep_to(), "whole": None in areas},
    )


def change_risk(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Change what a risk says."""
    found = queries.risk_of(request.user, reference)
    refuse(rules.why_not_keep(request.user, found))
    typed = {name: getattr(found, name) for name in actions.SAID} | {"owner": found.owner.reference}
    return _form(
        request, found, forms.ChangeRiskForm, actions.change_risk, "It is changed.",
        initial=typed | {"seen": seen_in(found, actions.SAID)},
        form_kwargs={"things": _things(), "roles": queries.roles_to_keep_to()},
    )  # fmt: skip


def assess_risk(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say how it stands by now."""
    found: Any = queries.risk_of(request.user, reference)
    refuse(rules.why_not_edit(request.user, found))
    stood = {"likelihood": str(found.likelihood or ""), "impact": str(found.impact or "")}
    return _form(
        request,
        found,
        forms.AssessRiskForm,
        actions.assess_risk,
        lambda made: f"It stands at {made.score}.",
        initial=stood,
    )


def add_action_point(request: HttpRequest, reference: str) -> HttpResponseBase:
    """What somebody does about it."""
    found = queries.risk_of(request.user, reference)
    refuse(rules.why_not_edit(request.user, found))
    return _form(
        request, found, forms.AddActionPointForm, actions.add_action_point, "It is an action point.",
        form_kwargs={"things": {"owner": chosen(queries.readers_of(found))}},
    )  # fmt: skip


def finish_action_point(request: HttpRequest, reference: str) -> HttpResponseBase:
    """An action point is done."""
    point = queries.action_point_of(request.user, reference)
    refuse(rules.why_not_finish(request.user, point))
    return _form(
        request, point.risk, forms.FinishActionPointForm,
        lambda by, risk, words: actions.finish_action_point(by=by, point=point, words=words), "It is done.",
        template="finish_action_point", context={"point": point},
    )  # fmt: skip


def escalate_risk(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask a named level for an answer."""
    found = queries.risk_of(request.user, reference)
    refuse(rules.why_not_escalate(request.user, found, queries.waiting_of(request.user, found)))
    return _form(
        request, found, forms.EscalateRiskForm, actions.escalate_risk,
        lambda made: f"{rules.level_words(made.level)} is asked, and has been told.", form_kwargs={"levels": queries.levels(found)},
    )  # fmt: skip


def answer_escalation(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Give the answer."""
    found = queries.risk_of(request.user, reference)
    asked = queries.escalation_of(request.user, found)
    refuse(rules.why_not_answer(request.user, asked))
    return _form(
        request, found, forms.AnswerEscalationForm,
        lambda by, risk, answer: actions.answer_escalation(by=by, escalation=asked, answer=answer),
        "The answer is given. The owner of the risk has been told.", template="answer_escalation", context={"asked": asked},
    )  # fmt: skip


def close_risk(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Close it."""
    found = queries.risk_of(request.user, reference)
    points = queries.actions_of(request.user, found)
    waiting = queries.waiting_of(request.user, found)
    refuse(rules.why_not_close(request.user, found, waiting, sum(each.done_on is None for each in points)))
    return _form(request, found, forms.CloseRiskForm, actions.close_risk, "The risk is closed.")


def _form(
    request: HttpRequest, found: Any, form: Any, do: Callable[..., Any], said: Any, template: str = "", context: Any = None, **more: Any
) -> HttpResponseBase:  # fmt: skip
    """A form about one risk, which comes back to it."""
    return form_page(
        request,
        f"risks/{template or do.__name__}.html",
        form,
        do=lambda typed: do(by=request.user, risk=found, **typed.cleaned_data),
        then=reverse("risk", args=[found.reference]),
        said=said,
        context=_about(found) | (context or {}),
        **more,
    )


def _words() -> dict[str, Any]:
    return {
        "subject_words": queries.subject_words,
        "level_words": rules.level_words,
        "log_of": pack().governance.risks_for,
    }


def _about(found: Any) -> dict[str, Any]:
    return {"risk": found} | _words()
