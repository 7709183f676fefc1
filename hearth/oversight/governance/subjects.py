"""How long what this room holds is kept: it says of a record that it is due, and of one that is gone that it was deleted."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "governance.Disposal": Kept(
        "audit_event", why="a reference and days; of a deleted record nothing but that it was deleted"
    ),
    "governance.Hold": Kept(
        "audit_event", why="why a record was kept longer; its words are emptied when the record goes"
    ),
}
