"""Pages of courses, their runs and bookings."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui.page import form_page, render, say
from hearth.oversight.quality.workforce.courses import actions, forms, queries, rules, shown


def courses(request: HttpRequest) -> HttpResponse:
    """Runs to come, and what the reader is booked on."""
    refuse(rules.why_not_see(request.user))
    form = forms.CoursesForm(request.GET)
    context = shown.overview(request.user, **form.wanted(), page=request.GET.get("page"))
    return render(request, "workforce/courses/courses.html", {"form": form} | context, partial="results")


def course(request: HttpRequest, reference: str) -> HttpResponse:
    """One course, and when it runs."""
    refuse(rules.why_not_see(request.user))
    found = queries.course_of(request.user, reference)
    return render(request, "workforce/courses/course.html", shown.course_of(request.user, found))


def course_run(request: HttpRequest, reference: str) -> HttpResponse:
    """One run: how full it is, one's own place, and who is booked as far as the reader sees."""
    refuse(rules.why_not_see(request.user))
    found = queries.run_of(request.user, reference)
    return render(request, "workforce/courses/course_run.html", shown.run_of(request.user, found))


def add_course(request: HttpRequest) -> HttpResponseBase:
    """Put on a course."""
    refuse(rules.why_not_lead(request.user))
    return form_page(
        request, "workforce/courses/add_course.html", forms.AddCourseForm,
        do=lambda form: actions.add_course(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("course", args=[made.reference]), said="The course is there. Now plan when it runs.",
    )  # fmt: skip


def change_course(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Change what a course says, or offer it no more."""
    refuse(rules.why_not_lead(request.user))
    found = queries.course_of(request.user, reference)
    names = ("title", "about", "competence", "valid_months", "retired_on")
    return form_page(
        request, "workforce/courses/change_course.html", forms.ChangeCourseForm,
        do=lambda form: actions.change_course(by=request.user, course=found, **form.cleaned_data),
        then=reverse("course", args=[reference]), said="The course is changed.", context={"course": found},
        initial={name: getattr(found, name) for name in names} | {"retired": found.retired_on is not None, "seen": seen_in(found, names)},
    )  # fmt: skip


def add_course_run(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Plan a run."""
    refuse(rules.why_not_lead(request.user))
    found = queries.course_of(request.user, reference)
    return form_page(
        request, "workforce/courses/add_course_run.html", forms.AddCourseRunForm,
        do=lambda form: actions.add_course_run(by=request.user, course=found, **form.cleaned_data),
        then=lambda made: reverse("course_run", args=[made.reference]), said="The run is planned. People can book it now.",
        initial={"organiser": request.user}, form_kwargs={"reader": request.user}, context={"course": found},
    )  # fmt: skip


def change_course_run(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Another day, hour, place or number of seats."""
    found = queries.run_of(request.user, reference)
    names = ("held_on", "starts_at", "ends_at", "place", "seats", "trainer")
    return _of_run(
        request, found, forms.ChangeCourseRunForm, actions.change_course_run, "The run is changed, and whoever is booked is told.",
        initial={name: getattr(found, name) for name in names} | {"seen": seen_in(found, names)},
    )  # fmt: skip


def cancel_course_run(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Cancel a run."""
    found = queries.run_of(request.user, reference)
    return _of_run(
        request, found, forms.CancelCourseRunForm, actions.cancel_course_run, "The run is cancelled, and whoever was booked is told."
    )  # fmt: skip


def _of_run(
    request: HttpRequest, run: Any, form: Any, do: Callable[..., Any], said: str, initial: dict[str, Any] | None = None
) -> HttpResponseBase:  # fmt: skip
    refuse(rules.why_not_look_after(request.user, run))
    return form_page(
        request, f"workforce/courses/{do.__name__}.html", form,
        do=lambda typed: do(by=request.user, run=run, **typed.cleaned_data),
        then=reverse("course_run", args=[run.reference]), said=said, initial=initial, context={"run": run},
    )  # fmt: skip


def book_course(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Book a place, or a place in the line, for oneself or somebody whom one looks after."""
    refuse(rules.why_not_see(request.user))
    found = queries.run_of(request.user, reference)
    return form_page(
        request, "workforce/courses/book_course.html", forms.BookCourseForm,
        do=lambda form: actions.book_course(by=request.user, run=found, **form.cleaned_data),
        then=reverse("course_run", args=[reference]), said=shown.said_of_booking,
        initial={"person": request.GET.get("person", forms.MYSELF)},
        form_kwargs={"reader": request.user, "people": queries.looked_after(request.user)}, context=shown.fullness(found),
    )  # fmt: skip


@require_POST
def take_offered_seat(request: HttpRequest, reference: str, person: str) -> HttpResponseBase:
    """Take the seat that was offered."""
    found = queries.run_of(request.user, reference)
    actions.take_offered_seat(by=request.user, run=found, booking=queries.booking_of(request.user, found, person))
    say(request, "The seat is taken.")
    return HttpResponseRedirect(reverse("course_run", args=[reference]))


def cancel_booking(request: HttpRequest, reference: str, person: str) -> HttpResponseBase:
    """Give a place up."""
    found = queries.run_of(request.user, reference)
    booking = queries.booking_of(request.user, found, person)
    refuse(rules.why_not_cancel_booking(request.user, booking, queries.looks_after(request.user, booking.person)))
    return form_page(
        request, "workforce/courses/cancel_booking.html", forms.CancelBookingForm,
        do=lambda form: actions.cancel_booking(by=request.user, run=found, booking=booking),
        then=reverse("course_run", args=[reference]), said="The place is given up. The next in line is offered it.",
        context={"run": found, "booking": booking},
    )  # fmt: skip
