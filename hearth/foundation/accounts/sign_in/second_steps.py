"""Second steps as the library asks for them: sealed when stored, read as their owner."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import InvalidToken

from hearth.foundation.accounts.sign_in.sealing import seal, unseal
from hearth.foundation.accounts.sign_in.words import WRONG_CODE
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as


class SecondStepAdapter(DefaultMFAAdapter):
    """Sealing, names, and the one question that must never be answered wrongly."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Unseal it. One that cannot be is a wrong code and no fault: a manager can let them set up again."""
        try:
            return unseal(encrypted_text)
        except InvalidToken:
            raise self.validation_error("incorrect_code") from None

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Asked as the person themselves: rows that cannot be seen must not be taken for rows that are not there."""
        if user.is_anonymous:
            return False
        with acting_as(user):
            return super().is_mfa_enabled(user, types)

    def get_totp_issuer(self) -> str:
        """What an authenticator app shows above the code."""
        return f"{pack().authority.service_name}, {pack().authority.short_name}"

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()
