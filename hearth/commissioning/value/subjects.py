"""How long what this room holds is kept. It names nobody."""

from hearth.foundation.core.subjects import Kept

NOBODY = "what something bought was worth, in figures of nobody"

SUBJECTS: dict[str, Kept] = {
    f"value.{name}": Kept("money", why=NOBODY)
    for name in ("Valuation", "Outcome", "Assumption", "Investment", "CareDays", "Version", "PriceIndex")
}
