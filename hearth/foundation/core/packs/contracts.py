"""contracts.toml: from which value a contract needs a quality visit, by when, and the outcomes that are paid for."""

from pydantic import Field

from hearth.foundation.core.packs.base import Choice, Days, Part


class PaidOutcome(Choice):
    """Something that happens for one family and may be paid for: one code means the same thing in every contract."""


class Contracts(Part):
    """What is asked of every contract."""

    visit_over_pence: int = Field(
        ge=0,
        description="in pence: a contract of a whole value above this needs a quality visit, whoever pays which part",
    )
    visit_within: Days = Field(description="working days from signing by which its first quality visit is to be done")
    milestone_chased_after: Days = Field(
        description="working days after its day, when a milestone that nobody says is reached is asked about"
    )
    claim_checked_within: Days = Field(description="working days in which an outcome that is claimed is looked at")
    outcomes: tuple[PaidOutcome, ...] = Field(
        alias="outcome", min_length=1, description="what may be paid for by results"
    )
