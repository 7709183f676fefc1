"""universal.toml: preventative work at the first level: what was done, where, and what it achieved."""

from pydantic import Field

from hearth.foundation.core.packs.base import Choice, Part


class Universal(Part):
    """Work that is not a case, recorded in a minute."""

    kinds: tuple[Choice, ...] = Field(alias="kind", min_length=1, description="what was done")
    settings: tuple[Choice, ...] = Field(alias="setting", min_length=1, description="where")
    achievements: tuple[Choice, ...] = Field(alias="achievement", min_length=1, description="what it achieved")
