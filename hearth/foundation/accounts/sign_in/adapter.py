"""How allauth behaves here: nobody signs up, every try is on record, and the reader is set as late as can be."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.sign_in import openid, sitting
from hearth.foundation.accounts.sign_in.pending import let_sign_in
from hearth.foundation.accounts.sign_in.words import SENTENCES
from hearth.foundation.audit.looks import signed
from hearth.foundation.core.reader import read_as
from hearth.foundation.ui.page import say


class AccountAdapter(DefaultAccountAdapter):
    """Passwords, failures, and the moment at which somebody becomes a reader."""

    error_messages = DefaultAccountAdapter.error_messages | SENTENCES

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a manager invites."""
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **options: Any
    ) -> None:
        """Only whole sentences: the library's own notices say what the page shows anyway."""
        if options.get("message"):
            say(request, options["message"], "warning" if level >= messages.WARNING else "information")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Never: everything that is sent goes through the messages room, which names nobody."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from; one word for all where the server cannot say, so that there is a limit still."""
        try:
            return super().get_client_ip(request)
        except PermissionDenied:
            return "unknown"

    def get_login_stages(self) -> list[str]:
        """After the first step, only ever the second."""
        return ["hearth.foundation.accounts.sign_in.stages.SecondStep"]

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Changing how one signs in is confirmed, unless one signed in a few minutes ago."""
        return not sitting.began_just_now(self.request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try. Too many are refused in a sentence and on record, whether or not the address is known."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._note(request, "accounts.locked_out", credentials)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or an address nobody here has."""
        self._note(request, "accounts.sign_in_failed", credentials)

    def _note(self, request: HttpRequest, verb: str, credentials: dict[str, Any]) -> None:
        user = (
            User.objects.select_related("organisation").filter(email=str(credentials.get("email", "")).lower()).first()
        )
        signed(user, verb, known=user is not None, address=self.get_client_ip(request))

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether the signed-in person typed their own password again; wrong ones count like those at sign-in."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def pre_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse | None:
        """The first step was right: from here their own second steps can be read, and nothing else."""
        response: HttpResponse | None = super().pre_login(request, user, **options)
        if response is not None:
            signed(user, "accounts.inactive_sign_in", address=self.get_client_ip(request))
            return response
        let_sign_in(user)
        return None

    def login(self, request: HttpRequest, user: Any) -> None:
        """Both steps were right, or the second is still to be set up: now they are the reader."""
        records = get_authentication_records(request, user)
        same_person = sitting.whose(request) == str(user.pk)
        secret = request.META.get("CSRF_COOKIE")
        read_as(user)
        super().login(request, user)
        if same_person and secret:  # pages that were left open can still be sent: their token stays good
            request.META.update(CSRF_COOKIE=secret, CSRF_COOKIE_NEEDS_UPDATE=True)
        openid.bind(user, records)
        sitting.begin(request, second_step_of(records))
        signed(user, "accounts.signed_in", how=[_name_of(one) for one in records], address=self.get_client_ip(request))

    def logout(self, request: HttpRequest) -> None:
        """Gone: nothing of the sitting is left."""
        signed(request.user, "accounts.signed_out")
        super().logout(request)
        sitting.nobody(request)

    def set_password(self, user: Any, password: str) -> None:
        """Through the one function that may write it."""
        user.set_own_password(password)


def _name_of(record: dict[str, Any]) -> str:
    return str(record.get("type") or record.get("provider") or record["method"])


def second_step_of(records: list[dict[str, Any]]) -> str:
    """How the second step was done: our own, or the directory's where settings say that it asks for one."""
    ours = [str(record["type"]) for record in records if record["method"] == "mfa"]
    if ours:
        return ours[-1]
    theirs = [record for record in records if record["method"] == "socialaccount"]
    return "directory" if theirs and settings.HEARTH_OIDC_SECOND_FACTOR else ""
