"""How long what this room holds is kept. The ledger names nobody; for whom something was bought goes with the family."""

from hearth.foundation.core.subjects import Kept

NOBODY = "money, and nobody who is helped"

SUBJECTS: dict[str, Kept] = {
    "money.Fund": Kept("money", why=NOBODY),
    "money.Share": Kept("money", why=NOBODY),
    "money.Account": Kept("money", why=NOBODY),
    "money.Entry": Kept("money", why=NOBODY),
    "money.Line": Kept("money", why=NOBODY),
    "money.Budget": Kept("money", why=NOBODY),
    "money.Purchase": Kept("money", why=NOBODY),
    "money.PurchaseWords": Kept("plan", family="family"),
}
