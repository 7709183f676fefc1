"""The pages on the way in and out. The library's own views do the work, with our forms, words and templates.

They keep the names that the library looks for.
"""

import logging
from typing import Any

from allauth.account import views as account
from allauth.core.internal import ratelimit
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from jwt import PyJWTError
from requests import RequestException

from hearth.foundation.accounts.public import open_before_second_step, open_to_the_public
from hearth.foundation.accounts.sign_in import actions, links, queries
from hearth.foundation.accounts.sign_in.again import ONLY_ELSEWHERE, take_up_again
from hearth.foundation.accounts.sign_in.forms import ChoosePasswordForm, ForgottenPasswordForm, SignInAgainForm
from hearth.foundation.accounts.sign_in.joining import sign_in_by_link
from hearth.foundation.accounts.sign_in.openid import Directory
from hearth.foundation.core.json_body import json_of
from hearth.foundation.ui.page import form_page, render

log = logging.getLogger("hearth.sign_in")


@open_to_the_public
@sensitive_post_parameters("password")
def account_login(request: HttpRequest) -> HttpResponseBase:
    """Sign in: the first step."""
    return account.login(request)


@open_to_the_public
def mfa_authenticate(request: HttpRequest) -> HttpResponseBase:
    """Sign in: the second step."""
    return mfa.authenticate(request)


@open_to_the_public
def mfa_login_webauthn(request: HttpRequest) -> HttpResponseBase:
    """Sign in with a passkey, which is both steps at once."""
    return webauthn.login_webauthn(request)


@open_to_the_public
def openid_connect_login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the council's own directory."""
    return _with_directory(request, OAuth2LoginView, provider_id)


@open_to_the_public
def openid_connect_callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from it."""
    return _with_directory(request, OAuth2CallbackView, provider_id)


def _with_directory(request: HttpRequest, view: Any, provider_id: str) -> HttpResponseBase:
    """A directory that is down or talks nonsense is a page with a sentence, and nobody is signed in."""
    try:
        return view.adapter_view(Directory(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (RequestException, OAuth2Error, PyJWTError, KeyError, ValueError, TypeError):
        log.warning("The directory could not be understood.", exc_info=True)
        return render(request, "socialaccount/authentication_error.html", status=502)


@open_to_the_public
def socialaccount_login_cancelled(request: HttpRequest) -> HttpResponseBase:
    """Somebody turned round at the directory."""
    return social.login_cancelled(request)


@open_to_the_public
def account_inactive(request: HttpRequest) -> HttpResponseBase:
    """The password was right and the account is closed."""
    return account.account_inactive(request)


@open_to_the_public
def account_logout(request: HttpRequest) -> HttpResponseBase:
    """Sign out; asked first where the address was typed."""
    return account.logout(request)


@open_before_second_step
def account_reauthenticate(request: HttpRequest) -> HttpResponseBase:
    """Confirm with the password before changing how one signs in."""
    return account.reauthenticate(request)


def mfa_reauthenticate(request: HttpRequest) -> HttpResponseBase:
    """Confirm with a code."""
    return mfa.reauthenticate(request)


def mfa_reauthenticate_webauthn(request: HttpRequest) -> HttpResponseBase:
    """Confirm with a passkey."""
    return webauthn.reauthenticate_webauthn(request)


@open_to_the_public
@never_cache
@require_POST
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Take a sitting up again without leaving the page: JSON in, JSON out."""
    sent = json_of(request)
    if not isinstance(sent, dict):
        return JsonResponse({"sentence": "This could not be read. Try again."}, status=400)
    form = SignInAgainForm(sent)
    limited = ratelimit.consume_or_429(request, app="allauth.account", action="login")
    if limited is not None:
        return JsonResponse({"sentence": "Too many tries. Wait a minute, then try again."}, status=400)
    if not form.is_valid():
        return JsonResponse(
            {"sentence": " ".join(str(sentence) for found in form.errors.values() for sentence in found)}, status=400
        )
    refusal = take_up_again(request, **form.cleaned_data)
    if refusal is not None:
        return JsonResponse({"sentence": refusal.sentence, "elsewhere": refusal in ONLY_ELSEWHERE}, status=400)
    return JsonResponse({"ok": True})


@open_to_the_public
@never_cache
def forgotten_password(request: HttpRequest) -> HttpResponseBase:
    """Ask for a link to choose a new password. The answer is the same whether or not the address is known."""

    def ask(form: ForgottenPasswordForm) -> None:
        email = form.cleaned_data["email"].lower()
        user = queries.person_to_write_to(email)
        if ratelimit.consume(request, app="allauth.account", action="reset_password", key=email) and user is not None:
            actions.ask_for_password_link(by=user)

    return form_page(
        request,
        "accounts/forgotten_password.html",
        ForgottenPasswordForm,
        do=ask,
        draft=False,
        then=lambda _: render(request, "accounts/forgotten_password_asked.html"),
    )


@open_to_the_public
@never_cache
@sensitive_post_parameters("password")
def choose_password(request: HttpRequest, token: str) -> HttpResponseBase:
    """Open a link from a message: choose a password, then go on to the second step."""
    found = links.opened(token)
    if found is None:
        return render(request, "accounts/link_gone.html", status=404)
    user, kind = found

    def choose(form: ChoosePasswordForm) -> None:
        actions.choose_password(by=user, token=token, password=form.cleaned_data["password"])

    response = form_page(
        request,
        "accounts/choose_password.html",
        ChoosePasswordForm,
        do=choose,
        draft=False,
        form_kwargs={"user": user},
        context={"person": user, "kind": kind},
        then=lambda _: sign_in_by_link(request, user),
    )
    # The address is a secret until it has been used. (With no-referrer a browser hides its origin too, and no form is taken.)
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
