"""volunteers.toml: what is seen before somebody may help a family, how long a check stands, when help is reviewed, why it ends."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from hearth.foundation.core.packs.base import Choice, Days, Part

Months = Annotated[int, Field(ge=1, le=60)]


class Course(Choice):
    """Training of volunteers."""

    needed: bool = Field(False, description="true: nobody is approved without it")


class Volunteers(Part):
    """Volunteers who help families."""

    references: Annotated[int, Field(ge=1, le=4)] = Field(
        description="how many people must have recommended somebody before they are approved"
    )
    check_months: Months = Field(description="months for which a DBS certificate stands, from the day it was seen")
    first_review_days: Days = Field(description="calendar days after help begins to its first review")
    review_days: Days = Field(description="calendar days from one review to the next, at most")
    chase_days: Days = Field(description="calendar days before a review or a renewal from which it is shown as coming")
    longest_visit_minutes: Annotated[int, Field(ge=15, le=1440)] = Field(
        description="the longest that one visit may be"
    )
    checks: tuple[Choice, ...] = Field(alias="check", min_length=1, description="levels of a DBS check")
    courses: tuple[Course, ...] = Field(alias="course", min_length=1, description="training of volunteers")
    ends: tuple[Choice, ...] = Field(alias="end", min_length=1, description="why somebody volunteers no longer")
    help_ends: tuple[Choice, ...] = Field(alias="help_end", min_length=1, description="why help of a family ends")

    @field_validator("chase_days")
    @classmethod
    def _after_there_was_help(cls, chase_days: int, info: ValidationInfo) -> int:
        soonest = min(info.data.get(name, chase_days + 1) for name in ("first_review_days", "review_days"))
        if chase_days >= soonest:
            raise ValueError(
                f"must be less than {soonest}, the fewest days to a review: none comes before there was any help"
            )
        return chase_days

    @property
    def needed(self) -> tuple[Course, ...]:
        """The training without which nobody is approved."""
        return tuple(course for course in self.courses if course.needed and not course.retired)
