"""What may be done to the ways in which somebody signs in."""

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.sign_in.queries import SecondSteps
from hearth.foundation.core.refusals import Refusal


def why_not_remove_second_step(user: User, steps: SecondSteps) -> Refusal | None:
    """Removing an app or a passkey: never the last one."""
    if (steps.app is not None) + len(steps.passkeys) > 1:
        return None
    return Refusal("accounts.last_second_step", "This is your only second step. Add another before you remove it.")


def why_not_renew_codes(user: User, steps: SecondSteps) -> Refusal | None:
    """New recovery codes: for somebody who has something to recover."""
    if steps.any:
        return None
    return Refusal("accounts.no_second_step", "Set up an authenticator app or a passkey first.")
