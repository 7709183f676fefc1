"""How long what this room holds is kept. It names nobody who is helped."""

from hearth.foundation.core.subjects import Kept

NOBODY = "what is meant to be bought, and nobody who is helped"

SUBJECTS: dict[str, Kept] = {
    "needs.Intention": Kept("money", why=NOBODY),
    "needs.IndicativeAmount": Kept("money", why=NOBODY),
    "needs.Evidence": Kept("money", why=NOBODY),
    "needs.IntentionMove": Kept("money", why=NOBODY),
    "needs.AnsweredTheme": Kept("money", why=NOBODY),
}
