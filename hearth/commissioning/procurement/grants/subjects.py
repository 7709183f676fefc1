"""How long what this room holds is kept. It names nobody who is helped."""

from hearth.foundation.core.subjects import Kept

NOBODY = "small grants and bids of organisations, and nobody who is helped"

SUBJECTS: dict[str, Kept] = {
    "grants.GrantRound": Kept("money", why=NOBODY),
    "grants.GrantApplication": Kept("money", why=NOBODY),
    "grants.GrantInterest": Kept("money", why=NOBODY),
    "grants.OutsideBid": Kept("money", why=NOBODY),
}
