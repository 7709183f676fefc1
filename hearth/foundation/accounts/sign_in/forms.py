"""What may be typed to sign in, to confirm that one is oneself, and to change how one signs in."""

import struct
from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.webauthn import forms as passkey_forms
from allauth.mfa.webauthn.internal import auth as passkeys
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.sign_in.once import checked_code
from hearth.foundation.accounts.sign_in.passwords import ADVICE
from hearth.foundation.accounts.sign_in.pending import let_sign_in
from hearth.foundation.audit.looks import signed
from hearth.foundation.ui import fields

# Every way in which bytes that anybody may send can fail to be a passkey's answer.
UNREADABLE = (
    ValidationError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    struct.error,
    InvalidSignature,
)
CODE = "Code"
CODE_HELP = "The 6 figures that your authenticator app shows now, or one of your recovery codes."


class Credential(forms.JSONField):
    """What the browser's own passkey dialogue gave; a script puts it in a hidden field."""

    def __init__(self) -> None:
        sentence = "Your browser has not used a passkey yet. Try again."
        super().__init__(widget=forms.HiddenInput, error_messages={"required": sentence, "invalid": sentence})

    def to_python(self, value: Any) -> Any:
        """The object, unless it is far larger or deeper than a browser makes them."""
        try:
            return super().to_python(value[:20_000] if isinstance(value, str) else value)
        except RecursionError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class Code(fields.TextField):
    """Six figures of an app, or eight of a recovery code; spaces are forgiven."""

    inputmode = "numeric"

    def __init__(self, label: str = CODE, **options: Any) -> None:
        options.setdefault("help_text", CODE_HELP)
        super().__init__(
            label,
            max_length=20,
            width=10,
            autocomplete="one-time-code",
            spellcheck=False,
            missing="Enter the code",
            **options,
        )

    def clean(self, value: Any) -> str:
        """Without the spaces that apps show."""
        return super().clean(value).replace(" ", "").replace("-", "")


class SignInForm(account_forms.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": fields.EmailField("E-mail address", autocomplete="username", missing="Enter your e-mail address"),
            "password": fields.PasswordField("Password", missing="Enter your password"),
        }


class SecondStepForm(mfa_forms.AuthenticateForm):
    """The code of the second step."""

    code = Code(label=CODE)

    def clean_code(self) -> str:
        """Right, and not used before."""
        from allauth.core import context

        code: str = self.cleaned_data["code"]
        self.authenticator = checked_code(context.request, self.user, code)
        return code


class ConfirmCodeForm(SecondStepForm):
    """The same code, from somebody who is signed in and is about to change how they sign in."""

    def save(self) -> None:
        """Remember that they confirmed."""
        from allauth.core import context

        post_authentication(context.request, self.authenticator, reauthenticated=True)


class _Passkey:
    """What the three forms with a passkey's answer share."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential()

    def clean_credential(self) -> Any:
        """The passkey that it is. Every way of being wrong is one sentence, on record where we know whose it is."""
        try:
            return self.checked()
        except UNREADABLE as fault:
            if self.user is not None:
                signed(self.user, "accounts.second_step_failed", passkey=True)
            raise ValidationError(
                "This passkey is not known here. Try another way to sign in.", code="passkey"
            ) from fault

    def checked(self) -> Any:
        """The library's own check."""
        return super().clean_credential()  # type: ignore[misc]


class SecondStepPasskeyForm(_Passkey, passkey_forms.AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class PasskeySignInForm(_Passkey, passkey_forms.LoginWebAuthnForm):
    """A passkey as both steps. It names its owner, whose passkeys can be read from then on to check it."""

    def checked(self) -> Any:
        """The owner's passkey; the claim to be somebody opens nothing unless the signature holds."""
        credential = self.cleaned_data["credential"]
        passkeys.parse_authentication_response(credential)
        let_sign_in(passkeys.extract_user_from_response(credential))
        return super().checked()


class ConfirmPasskeyForm(_Passkey, passkey_forms.ReauthenticateWebAuthnForm):
    """A passkey, to confirm."""


class ConfirmPasswordForm(account_forms.ReauthenticateForm):
    """The password again, to confirm."""

    password = fields.PasswordField("Your password", missing="Enter your password")  # type: ignore[assignment]


class ForgottenPasswordForm(forms.Form):
    """Whose password is forgotten."""

    email = fields.EmailField("E-mail address", autocomplete="username", missing="Enter your e-mail address")


class ChoosePasswordForm(forms.Form):
    """A new password; shown on request instead of typed twice."""

    password = fields.PasswordField(
        "New password", autocomplete="new-password", help_text=ADVICE, missing="Choose a password"
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Good enough."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class SignInAgainForm(forms.Form):
    """Both steps at once, without leaving the page one is on."""

    password = fields.PasswordField("Password", missing="Enter your password")
    code = Code(label=CODE)
