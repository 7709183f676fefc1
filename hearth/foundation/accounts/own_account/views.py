"""My account, and setting up a second step."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter as second_steps
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret, validate_totp_code
from allauth.mfa.webauthn.internal import auth as passkeys
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hearth.foundation.accounts.own_account import actions
from hearth.foundation.accounts.own_account.forms import (
    AddPasskeyForm,
    ChangeDetailsForm,
    ChangePasswordForm,
    RenamePasskeyForm,
    SetUpAppForm,
)
from hearth.foundation.accounts.public import open_before_second_step
from hearth.foundation.accounts.sign_in import queries, sitting
from hearth.foundation.accounts.sign_in.forms import UNREADABLE
from hearth.foundation.ui.page import form_page, render, say

View = Callable[..., HttpResponseBase]
SAID = {
    "accounts.signed_in": "Signed in",
    "accounts.signed_out": "Signed out",
    "accounts.sign_in_failed": "A wrong password",
    "accounts.second_step_failed": "A wrong code or passkey",
    "accounts.locked_out": "Too many tries: refused",
    "accounts.inactive_sign_in": "Tried while the account was closed",
}
BAD_PASSKEY = "The passkey could not be made. Try again, or use an authenticator app."


def changes_sign_in(view: View) -> View:
    """Confirmed, unless one signed in a few minutes ago.

    Whoever has a second step must have done it; whoever has none may set one up.
    """

    @open_before_second_step
    @never_cache
    @reauthentication_required(app="allauth.mfa")
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sitting.second_step_done(request) and queries.second_steps_of(request.user).any:
            get_adapter(request).logout(request)
            return HttpResponseRedirect(reverse("account_login"))
        return view(request, *args, **kwargs)

    return guarded


def _stay(request: HttpRequest, second_step: str = "") -> None:
    """The change ended every sitting; this one goes on."""
    update_session_auth_hash(request, request.user)
    if second_step:
        sitting.pass_second_step(request, second_step)


def my_account(request: HttpRequest) -> HttpResponseBase:
    """Who I am here, how I sign in, and the last times that somebody did as me."""
    reader: Any = request.user
    return render(request, "accounts/my_account.html", {
        "steps": queries.second_steps_of(reader), "recent": queries.recent_sign_ins(reader),
        "appointments": reader.appointments_now(), "said": SAID,
    })  # fmt: skip


def change_details(request: HttpRequest) -> HttpResponseBase:
    """Change my job title and telephone number."""
    reader: Any = request.user
    return form_page(
        request,
        "accounts/change_details.html",
        ChangeDetailsForm,
        then=reverse("my_account"),
        said="Your details are changed.",
        do=lambda form: actions.change_details(by=reader, **form.cleaned_data),
        initial={"job_title": reader.job_title, "phone": reader.phone},
    )


@sensitive_post_parameters("old_password", "password")
def change_password(request: HttpRequest) -> HttpResponseBase:
    """Change my password. I stay signed in here, and nowhere else."""

    def change(form: ChangePasswordForm) -> None:
        actions.change_password(by=request.user, password=form.cleaned_data["password"])
        _stay(request)

    return form_page(
        request,
        "accounts/change_password.html",
        ChangePasswordForm,
        do=change,
        draft=False,
        then=reverse("my_account"),
        said="Your password is changed. You have been signed out everywhere else.",
        form_kwargs={"user": request.user, "request": request},
    )


@changes_sign_in
def set_up_second_step(request: HttpRequest) -> HttpResponseBase:
    """Choose how to do the second step."""
    return render(request, "accounts/set_up_second_step.html", {"steps": queries.second_steps_of(request.user)})


@changes_sign_in
def set_up_app(request: HttpRequest) -> HttpResponseBase:
    """Set up an authenticator app, or another in place of the one before."""
    secret = get_totp_secret(regenerate=request.method != "POST")
    address = second_steps().build_totp_url(request.user, secret)

    def set_up(form: SetUpAppForm) -> None:
        actions.set_up_app(by=request.user, secret=secret)
        clear_totp_secret(request)
        _stay(request, "totp")

    return form_page(
        request,
        "accounts/set_up_app.html",
        SetUpAppForm,
        do=set_up,
        draft=False,
        then=reverse("recovery_codes"),
        said="Your authenticator app is set up.",
        form_kwargs={"is_right": lambda code: validate_totp_code(secret, code)},
        context={"picture": second_steps().build_totp_svg(address), "secret": secret, "address": address},
    )


@changes_sign_in
def add_passkey(request: HttpRequest) -> HttpResponseBase:
    """Make a passkey with this device or a security key."""

    def add(form: AddPasskeyForm) -> None:
        actions.add_passkey(by=request.user, **form.cleaned_data)
        _stay(request, "webauthn")

    return form_page(
        request,
        "accounts/add_passkey.html",
        AddPasskeyForm,
        do=add,
        draft=False,
        then=reverse("recovery_codes"),
        said="Your passkey is made. You can sign in with it alone.",
        form_kwargs={"checked": _made},
        # Asked for when the page is drawn: asking again before the answer is checked would make the answer wrong.
        context={"options": lambda: passkeys.begin_registration(request.user, True)},
    )


def _made(credential: Any) -> Any:
    """What the browser made, checked against what it was asked for."""
    try:
        passkeys.parse_registration_response(credential)
        if not passkeys.complete_registration(credential).is_user_verified():
            raise ValidationError(BAD_PASSKEY)
    except UNREADABLE as fault:
        raise ValidationError(BAD_PASSKEY, code="passkey") from fault
    return credential


@changes_sign_in
def rename_passkey(request: HttpRequest, key: str) -> HttpResponseBase:
    """Call a passkey something else."""
    passkey = queries.passkey_of(request.user, key)
    return form_page(
        request,
        "accounts/rename_passkey.html",
        RenamePasskeyForm,
        then=reverse("my_account"),
        said="The passkey has a new name.",
        do=lambda form: actions.rename_passkey(by=request.user, passkey=passkey, **form.cleaned_data),
        initial={"name": passkey.name},
        context={"passkey": passkey},
    )


@changes_sign_in
def remove_passkey(request: HttpRequest, key: str) -> HttpResponseBase:
    """Stop using a passkey."""
    passkey = queries.passkey_of(request.user, key)
    if request.method != "POST":
        raise Http404
    actions.remove_passkey(by=request.user, passkey=passkey)
    _stay(request)
    say(request, "The passkey is removed.")
    return HttpResponseRedirect(reverse("my_account"))


@changes_sign_in
@require_POST
def remove_app(request: HttpRequest) -> HttpResponseBase:
    """Stop using my authenticator app."""
    actions.remove_app(by=request.user)
    _stay(request)
    say(request, "The authenticator app is removed.")
    return HttpResponseRedirect(reverse("my_account"))


@changes_sign_in
def recovery_codes(request: HttpRequest) -> HttpResponseBase:
    """The codes that get me in when my telephone is lost."""
    steps = queries.second_steps_of(request.user)
    codes = steps.codes.wrap().get_unused_codes() if steps.codes is not None else []
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "steps": steps})


@changes_sign_in
@require_POST
def renew_recovery_codes(request: HttpRequest) -> HttpResponseBase:
    """Ten new codes in place of the ones I have."""
    actions.renew_recovery_codes(by=request.user)
    _stay(request)
    say(request, "These are new. The codes you had before do not work any more.")
    return HttpResponseRedirect(reverse("recovery_codes"))
