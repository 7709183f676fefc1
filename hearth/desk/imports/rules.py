"""Who may read another system's workbook in."""

from typing import Any

from hearth.foundation.core.refusals import Refusal


def why_not_import(user: Any) -> Refusal | None:
    """Reading in records needs the permission; it adds families, so it is given to few."""
    if user.may("import_records"):
        return None
    return Refusal("imports.not_allowed", "Your role cannot import records. Ask an administrator.")
