"""Signing in again in place: the sitting ran out, and its own person takes it up without leaving the page."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.sign_in import sitting
from hearth.foundation.accounts.sign_in.once import checked_code
from hearth.foundation.accounts.sign_in.pending import let_sign_in
from hearth.foundation.accounts.sign_in.queries import second_steps_of
from hearth.foundation.accounts.sign_in.words import SENTENCES
from hearth.foundation.core.refusals import Refusal

ELSEWHERE = "Open this service in a new tab, sign in there, then come back and save: what you typed stays here."
UNKNOWN = Refusal("accounts.again_unknown", f"You were signed out, so you cannot sign in on this page. {ELSEWHERE}")
NO_PASSWORD = Refusal("accounts.again_no_password", f"You sign in another way than with a password. {ELSEWHERE}")
NO_CODE = Refusal("accounts.again_no_code", f"Your second step is a passkey. {ELSEWHERE}")
ONLY_ELSEWHERE = (UNKNOWN, NO_PASSWORD, NO_CODE)  # nothing typed here can help
WRONG = Refusal("accounts.again_wrong", "That is not the password of the person who was signed in here.")


def take_up_again(request: HttpRequest, password: str, code: str) -> Refusal | None:
    """Sign the sitting's own person in, both steps checked and counted as at the sign-in page; or say why not."""
    if request.user.is_authenticated:
        return None  # in another tab, a moment ago
    user = User.objects.select_related("organisation").filter(pk=sitting.whose(request)).first()
    if user is None:
        return UNKNOWN
    if not user.is_active:
        return Refusal("accounts.inactive", SENTENCES["account_inactive"])
    if not user.has_usable_password():
        return NO_PASSWORD
    try:
        return _both_steps(request, user, password, code)
    except ValidationError as fault:
        return Refusal("accounts.again_failed", " ".join(fault.messages))


def _both_steps(request: HttpRequest, user: User, password: str, code: str) -> Refusal | None:
    adapter = get_adapter(request)
    known = adapter.authenticate(request, email=user.email, password=password)
    if known is None:
        return WRONG
    # Where it was kept by an older measure it was made anew, and the sitting is bound to what is kept now.
    user.password = known.password
    let_sign_in(user)
    if second_steps_of(user).app is None:
        return NO_CODE
    authenticator = checked_code(request, user, code)
    record_authentication(request, user, "password", email=user.email)
    post_authentication(request, authenticator)
    adapter.login(request, user)
    return None
