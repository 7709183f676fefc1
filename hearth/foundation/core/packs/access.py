"""access.toml: how many calendar days people may still open a family's record after its case closed."""

from typing import Annotated

from pydantic import Field

from hearth.foundation.core.packs.base import Days, Part


class AccessAfterClosing(Part):
    """Nobody else keeps any access once a case is closed."""

    lead_practitioner_days: Annotated[int, Field(ge=0, le=3660)] = Field(
        description="the lead practitioner, after closing"
    )
    front_door_days: Annotated[int, Field(ge=0, le=3660)] = Field(description="the area's front door, after closing")
    manager_days: Annotated[int, Field(ge=0, le=3660)] = Field(description="the area's manager, after closing")
    restricted_grant_days: Days = Field(
        description="the longest a grant to open a restricted record may last before it is given again"
    )
