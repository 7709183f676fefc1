"""What makes a password good enough: long, not among those that are tried first, not about its owner."""

from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)

SHORTEST = 12
THREE_WORDS = "Three words that have nothing to do with each other are good"
ADVICE = f"At least {SHORTEST} characters. {THREE_WORDS}, and easy to remember."


class LongEnough(MinimumLengthValidator):
    """Length is what counts."""

    def __init__(self) -> None:
        super().__init__(min_length=SHORTEST)

    def get_error_message(self) -> str:
        """What to do."""
        return f"Use at least {SHORTEST} characters. {THREE_WORDS}."


class NotCommon(CommonPasswordValidator):
    """Not among the twenty thousand that attackers try first."""

    def get_error_message(self) -> str:
        """What to do."""
        return "This password is used by many people, so it is tried first. Choose another."


class NotAboutThePerson(UserAttributeSimilarityValidator):
    """Not one's own name or address."""

    def __init__(self, user_attributes: Any = ("full_name", "email"), max_similarity: float = 0.6) -> None:
        super().__init__(user_attributes, max_similarity)

    def get_error_message(self) -> str:
        """What to do."""
        return "This password is too like your name or e-mail address. Choose another."
