"""What somebody may type about their own account."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.sign_in.forms import ChoosePasswordForm, Credential
from hearth.foundation.accounts.sign_in.words import SENTENCES
from hearth.foundation.ui import fields


class ChangePasswordForm(ChoosePasswordForm):
    """A new password by somebody signed in, who knows the one they have."""

    old_password = fields.PasswordField("The password you have now", missing="Enter the password you have now")
    field_order = ("old_password", "password")

    def __init__(self, *args: Any, user: User, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, user=user, **kwargs)

    def clean_old_password(self) -> str:
        """Theirs; wrong tries count like those at sign-in, so that an open screen does not let anybody guess."""
        password: str = self.cleaned_data["old_password"]
        if not get_adapter(self.request).reauthenticate(self.user, password):
            raise ValidationError(SENTENCES["incorrect_password"], code="incorrect_password")
        return password


class SetUpAppForm(forms.Form):
    """The first code of an authenticator app: proof that it was set up."""

    code = fields.CodeField(
        "Code from the app", help_text="The 6 figures that the app shows for this account.", missing="Enter the code"
    )

    def __init__(self, *args: Any, is_right: Callable[[str], bool], **kwargs: Any) -> None:
        self.is_right = is_right
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        """Right for the secret on the page."""
        code: str = self.cleaned_data["code"]
        if not self.is_right(code):
            raise ValidationError(
                "That code is not right. Check that you scanned this picture, then enter the code the app shows now."
            )
        return code


class AddPasskeyForm(forms.Form):
    """A new passkey: what to call it, and what the browser made."""

    name = fields.TextField(
        "What shall we call it?",
        max_length=60,
        help_text="So that you know it again, such as “work laptop”.",
        missing="Give it a name",
    )
    credential = Credential()

    def __init__(self, *args: Any, checked: Callable[[Any], Any], **kwargs: Any) -> None:
        self.checked = checked
        super().__init__(*args, **kwargs)

    def clean_credential(self) -> Any:
        """What we asked the browser for."""
        return self.checked(self.cleaned_data["credential"])


class RenamePasskeyForm(forms.Form):
    """Another name for a passkey."""

    name = fields.TextField("What shall we call it?", max_length=60, missing="Give it a name")


class ChangeDetailsForm(forms.Form):
    """What colleagues see beside one's name."""

    job_title = fields.TextField("Job title", required=False, max_length=120)
    phone = fields.PhoneField("Telephone at work", required=False)
