"""How long rows are kept and how a person's own are found: each room answers for its models in `subjects.py`.

Retention reads `record`; a subject-access answer follows `person` or `family`. A history table goes with its parent.
"""

from dataclasses import dataclass

from hearth.foundation.core.packs.retention import RECORD_KINDS


@dataclass(frozen=True)
class Kept:
    """The answer for one model.

    `record` is the kind of record in the pack's retention rules. `person` is the lookup from a row to the person it is
    about ("pk" for the person's own row), `family` the lookup to the family, for rows that are about all of it. A row
    that is about nobody has neither, and `why` says so. `shared` names what must be looked over before it is handed to
    somebody: a row in which others are spoken of.
    """

    record: str
    person: str = ""
    family: str = ""
    why: str = ""
    shared: bool = False

    def __post_init__(self) -> None:
        if self.record not in RECORD_KINDS:
            raise ValueError(f"{self.record!r} is no kind of record in retention.toml: {', '.join(RECORD_KINDS)}.")
        if not (self.person or self.family or self.why):
            raise ValueError("Say how a person's rows are found, or why the rows are about nobody.")
