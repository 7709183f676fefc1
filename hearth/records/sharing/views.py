"""Pages about sharing one family."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.audit.looks import looked
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.records.people.queries import family_of
from hearth.records.sharing import actions, forms, queries, rules, words


def family_sharing(request: HttpRequest, reference: str) -> HttpResponse:
    """What the family decided about sharing, with whom, and what lets us share now."""
    family = family_of(request.user, reference)
    looked(request.user, "sharing.family_sharing_opened", family=family, subject=family)
    context = {
        "family": family, "shared": queries.family_sharing(request.user, family), "words": words,
        "may_record": rules.why_not_record_consent(request.user, family) is None,
        "may_settle": rules.why_not_settle(request.user, family) is None,
    }  # fmt: skip
    return render(request, "sharing/family_sharing.html", context)


def record_consent(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Record that somebody agreed or said no."""
    family = family_of(request.user, reference)
    refuse(rules.why_not_record_consent(request.user, family))
    return form_page(
        request, "sharing/record_consent.html", forms.RecordConsentForm,
        do=lambda form: actions.record_consent(by=request.user, family=family, **form.cleaned_data),
        then=lambda _made: _after(request, family), said="What they decided is recorded.", context={"family": family},
        initial={"seen": queries.seen_decisions(family)},
        form_kwargs={
            "people": queries.people_to_ask(request.user, family), "partners": queries.partners(),
            "at_home": rules.decides_for(family, rules.household(family), "parent", None),
        },
    )  # fmt: skip


def withdraw_consent(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Somebody no longer agrees."""
    family = family_of(request.user, reference)
    refuse(rules.why_not_record_consent(request.user, family))
    organisation = request.GET.get("organisation", "")
    consents = queries.withdrawable(request.user, family, organisation)
    return form_page(
        request, "sharing/withdraw_consent.html", forms.WithdrawConsentForm,
        do=lambda form: actions.withdraw_consent(by=request.user, family=family, **form.cleaned_data),
        then=lambda _made: _after(request, family),
        said=lambda made: words.what_ended(queries.what_rests_on(request.user, family, made)),
        initial={"consents": [one.reference for one in consents] if organisation else []},
        form_kwargs={"consents": consents},
        context={"family": family, "words": words, "rests": queries.what_rests_on(request.user, family, consents)},
    )  # fmt: skip


def settle_disagreement(request: HttpRequest, reference: str, refusal: str) -> HttpResponseBase:
    """Two who may decide disagree: decide what follows."""
    family = family_of(request.user, reference)
    refuse(rules.why_not_settle(request.user, family))
    said_no, said = queries.disagreement_of(request.user, family, refusal)
    about = {"family": family, "person": said_no.person, "organisation": said_no.organisation}
    return form_page(
        request, "sharing/settle_disagreement.html", forms.SettleDisagreementForm,
        do=lambda form: actions.settle_disagreement(by=request.user, **about, **form.cleaned_data),
        then=reverse("family_sharing", args=[reference]), said="What follows is recorded.", context=about | {"said": said, "words": words},
        initial={"seen": queries.seen_settlement(said_no.person, said_no.organisation)},
    )  # fmt: skip


def record_exception(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Share without consent, for a lawful reason."""
    family = family_of(request.user, reference)
    refuse(rules.why_not_record_consent(request.user, family))
    return form_page(
        request, "sharing/record_exception.html", forms.RecordExceptionForm,
        do=lambda form: actions.record_exception(by=request.user, family=family, **form.cleaned_data),
        then=reverse("family_sharing", args=[reference]), said="The exception is recorded, with its reason and its end.",
        form_kwargs={"partners": queries.partners()}, context={"family": family},
    )  # fmt: skip


def end_exception(request: HttpRequest, reference: str, exception: str) -> HttpResponseBase:
    """The reason to share without consent has gone."""
    family = family_of(request.user, reference)
    row = queries.exception_of(request.user, family, exception)
    return form_page(
        request, "sharing/end_exception.html", forms.EndExceptionForm,
        do=lambda form: actions.end_exception(by=request.user, family=family, exception=row, **form.cleaned_data),
        then=lambda _made: _after(request, family), said="The exception has ended.", context={"family": family, "row": row},
    )  # fmt: skip


def _after(request: HttpRequest, family: object) -> str:
    """Back to the family's page; home for somebody who ended their own access by what they recorded."""
    reference = queries.still_open(request.user, family)
    return reverse("family_sharing", args=[reference]) if reference else "/"
