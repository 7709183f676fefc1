"""What a link run goes by: read from parameters.toml beside this, kept with each run."""

import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("parameters.toml")


@dataclass(frozen=True)
class Parameters:
    """parameters.toml says what each means."""

    version: int
    review: float
    link: float
    most_review: int
    sample: int
    new_share: float
    memory: str

    def told(self) -> dict[str, Any]:
        """As plain data, to be kept with a run."""
        return asdict(self)


def parameters() -> Parameters:
    """The parameters in force."""
    return Parameters(**tomllib.loads(FILE.read_text(encoding="utf-8")))
