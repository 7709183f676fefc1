"""Signing in with the council's own directory (OpenID Connect): only who was invited, and always the same account.

The first time, the address in the directory's answer finds the invited person; from then on the directory's own key for
that account does, so that an address given to somebody else later opens nothing.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.sign_in.pending import let_sign_in
from hearth.foundation.audit.looks import signed
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.page import render

UNSAFE = Refusal(
    "accounts.directory_unsure", "Your organisation's directory did not give an e-mail address that it has checked."
)
NOT_INVITED = Refusal(
    "accounts.directory_not_invited",
    "Nobody with the e-mail address in your organisation's directory has been invited.",
)
OTHER_ACCOUNT = Refusal(
    "accounts.directory_other_account",
    "This person signed in with another account of the directory before. Ask an administrator.",
)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The directory says who somebody is; whether they may come in is ours to say."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: a manager invites."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The directory answered: find the person, or say why nobody comes in."""
        found = person_for(sociallogin)
        if isinstance(found, Refusal):
            signed(None, found.code, address=_address(request))
            raise ImmediateHttpResponse(
                render(request, "accounts/directory_refused.html", {"sentence": found.sentence}, status=403)
            )
        let_sign_in(found)
        sociallogin.user = sociallogin.account.user = found
        sociallogin.account.extra_data = {}  # what else the directory told us is not ours to keep
        sociallogin.state["process"] = AuthProcess.LOGIN


class Directory(OpenIDConnectOAuth2Adapter):
    """The directory's answer, its signature always checked: the library takes an encrypted connection for enough."""

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        found: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return found


def _address(request: HttpRequest) -> str:
    from allauth.account.adapter import get_adapter

    return get_adapter(request).get_client_ip(request)


def subject_of(provider: str, uid: str) -> str:
    """The directory's key for an account, with the directory it is of."""
    return f"{provider} {uid}"


def person_for(sociallogin: Any) -> User | Refusal:
    """The invited, active person that a directory's answer is about."""
    claims = _claims(sociallogin.account.extra_data)
    if claims is None:
        return UNSAFE
    subject = subject_of(sociallogin.account.provider, sociallogin.account.uid)
    people = User.objects.select_related("organisation")
    known = people.filter(openid_subject=subject).first()
    if known is not None:
        return known if known.is_active else NOT_INVITED
    address = str(claims.get(settings.HEARTH_OIDC_EMAIL_CLAIM) or "").strip().lower()
    if not address or claims.get("email_verified") is False:
        return UNSAFE
    found = people.filter(email=address, is_active=True).first()
    if found is None:
        return NOT_INVITED
    return found if found.openid_subject is None else OTHER_ACCOUNT


def _claims(data: dict[str, Any]) -> dict[str, Any] | None:
    """Both halves of the answer as one, the signed half winning; nothing when they are about different people."""
    token, info = data.get("id_token"), data.get("userinfo") or {}
    if not token or info.get("sub", token.get("sub")) != token.get("sub"):
        return None
    return info | token


def bind(user: User, records: list[dict[str, Any]]) -> None:
    """Remember the directory's key for this person, at their first sign-in with it."""
    used = [record for record in records if record["method"] == "socialaccount"]
    if used and user.openid_subject is None:
        user.openid_subject = subject_of(used[-1]["provider"], used[-1]["uid"])
        User.objects.filter(pk=user.pk).update(openid_subject=user.openid_subject)
