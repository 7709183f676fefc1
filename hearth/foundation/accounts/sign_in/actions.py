"""Links that let somebody choose a password: asked for, and used."""

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.sign_in import links
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import Refusal, refuse

GONE = Refusal("accounts.link_gone", "This link has been used, or has run out. Ask for a new one.")


@action
def ask_for_password_link(*, by: User) -> None:
    """Send somebody who forgot their password a link. `by` is whose address was typed: nobody is signed in."""
    links.new_password_link(by)
    record("accounts.password_link_sent", subject=by)


@action
def choose_password(*, by: User, token: str, password: str) -> None:
    """Use a link up: the password is theirs, their sittings end, and a second step that was lost is set up again."""
    by.set_password(password)
    if not links.use(token, by):
        refuse(GONE)
    by.refresh_from_db(fields=["password", "sessions_ended"])
    record("accounts.password_chosen", subject=by)
