"""How each of the cast signs in, for the demonstration's first page and for journeys run from outside."""

from hearth.foundation.core.pack import pack
from hearth.invented import cast


def sign_ins() -> list[dict[str, str]]:
    """E-mail, password, authenticator secret, role, organisation and area of everybody who signs in."""
    return cast.sign_ins(pack())
