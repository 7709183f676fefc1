"""What stands between a right password and being signed in."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest


class SecondStep(AuthenticateStage):
    """The library's own, but not asked twice where the council's directory has asked already and settings trust it."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        if settings.HEARTH_OIDC_SECOND_FACTOR and any(record["method"] == "socialaccount" for record in records):
            return False
        return bool(super()._should_handle(request))
