"""A code is good once, for as long as it could be right at all."""

from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as second_steps
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from hearth.foundation.accounts.models import User
from hearth.foundation.audit.looks import signed

GOOD_FOR = 120  # seconds: longer than a code is accepted with a clock that is wrong by a step either way


def checked_code(request: HttpRequest, user: User, code: str) -> Authenticator:
    """The app or recovery codes that this code is right for; otherwise a ValidationError with a sentence, and a record.

    The library forgets a used code after 30 seconds, and would accept it again for as long as a slow clock is forgiven.
    """
    try:
        forget_tries = check_rate_limit(user)
    except ValidationError:
        signed(user, "accounts.locked_out", known=True, address=get_adapter(request).get_client_ip(request))
        raise
    for authenticator in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN):
        if _is_right(authenticator, code):
            authenticator.user = user
            forget_tries()
            return authenticator
    signed(user, "accounts.second_step_failed", address=get_adapter(request).get_client_ip(request))
    raise second_steps().validation_error("incorrect_code")


def _is_right(authenticator: Authenticator, code: str) -> bool:
    try:
        right = authenticator.wrap().validate_code(code)
    except ValidationError:  # sealed with a key that is gone
        return False
    if not right or authenticator.type != Authenticator.Type.TOTP:
        return bool(right)
    return cache.add(f"hearth.used_code.{authenticator.user_id}.{code}", True, timeout=GOOD_FOR)
