"""How long what this room holds is kept. It names nobody."""

from hearth.foundation.core.subjects import Kept

NOBODY = "what was planned and achieved, in figures of nobody"

SUBJECTS: dict[str, Kept] = {
    "performance.TypedFigure": Kept("money", why=NOBODY),
    "performance.LocalTarget": Kept("money", why=NOBODY),
    "performance.MeasuredSum": Kept("money", why=NOBODY),
    "performance.ExceptionReport": Kept("money", why=NOBODY),
}
