"""step_up.toml: why a case moves to social care or comes back, and why a move is declined or withdrawn."""

from pydantic import Field

from hearth.foundation.core.packs.base import Choice, Part


class StepUp(Part):
    """Moving up to social care and back down."""

    up_reasons: tuple[Choice, ...] = Field(
        alias="up_reason", min_length=1, description="why a case is asked to step up"
    )
    down_reasons: tuple[Choice, ...] = Field(
        alias="down_reason", min_length=1, description="why a case comes back to early help"
    )
    decline_reasons: tuple[Choice, ...] = Field(
        alias="decline_reason", min_length=1, description="why a move is declined"
    )
    withdrawal_reasons: tuple[Choice, ...] = Field(
        alias="withdrawal_reason", min_length=1, description="why a move is withdrawn"
    )
