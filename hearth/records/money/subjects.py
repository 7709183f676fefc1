"""How long what this room holds is kept: it names no person and no family."""

from hearth.foundation.core.subjects import Kept

NOBODY = "money, and nobody who is helped"

SUBJECTS: dict[str, Kept] = {
    "money.Fund": Kept("money", why=NOBODY),
    "money.Share": Kept("money", why=NOBODY),
    "money.Account": Kept("money", why=NOBODY),
    "money.Entry": Kept("money", why=NOBODY),
    "money.Line": Kept("money", why=NOBODY),
}
