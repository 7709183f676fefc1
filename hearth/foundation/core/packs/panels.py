"""panels.toml: which panels and groups meet, who sits on them, how often, what they are asked and what they decide."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from hearth.foundation.core.packs.base import Choice, Code, Days, Part, Words

DECISIONS = (
    "joint_working",
    "lead_practitioner",
    "resource",
    "spot_purchase",
    "training",
    "advice",
    "escalate",
    "step_up",
    "could_not_be_offered",
)
Few = Annotated[int, Field(ge=1, le=60)]


class Cadence(Part):
    """How often a panel meets, from a day on: it changes, and what it was stays known."""

    from_on: dt.date = Field(description="the first day on which it is so")
    every_months: Annotated[int, Field(ge=1, le=12)] = Field(
        description="1: monthly; 2: every two months; 3: quarterly"
    )


class PanelKind(Choice):
    """One kind of panel or group."""

    description: Words = Field(description="what it is for")
    discusses: Literal["families", "themes"] = Field(
        description="families: it is shown families by name, on consent or a lawful reason; themes: it never is"
    )
    held_in: Literal["district", "locality"] = Field(description="the kind of area that each one is for")
    sectors: tuple[Code, ...] = Field(
        min_length=1, description="codes of [[sector]] in organisations.toml that should have a core member"
    )
    fewest: Few | None = Field(None, description="how many core members it should have at least")
    most: Few | None = Field(None, description="how many core members it has at most")
    quorum: Few = Field(description="how many of its sectors must be there for it to decide")
    cadence: tuple[Cadence, ...] = Field(min_length=1, description="how often it meets, from which day")
    shows: tuple[Code, ...] = Field((), description="categories of sharing.toml that are opened to its members")
    list_days: Days = Field(description="working days before the meeting that the list goes out")
    check_days: Days = Field(description="working days before the meeting by which members say what they know")
    open_days: Days = Field(description="working days after the meeting that its families stay open to members")
    minutes_days: Days = Field(
        description="working days after the meeting that they stay open to chair and coordinator"
    )
    reports_to: Code | None = Field(
        None, description="the kind of panel or group that hears what this one could not solve"
    )

    def every_months(self, on: dt.date) -> int:
        """How often it meets on a day; as at first, for a day before the first."""
        begun = [each for each in self.cadence if each.from_on <= on]
        return (max(begun, key=lambda each: each.from_on) if begun else self.cadence[0]).every_months


class PanelAsk(Choice):
    """Something that a panel can be asked for."""

    about: tuple[Literal["family", "theme"], ...] = Field(
        ("family", "theme"),
        min_length=1,
        description="what it can be asked about: a family, or a theme, which names nobody",
    )


class PanelDecision(Choice):
    """What a panel can decide. The codes are fixed, because what is asked with each differs."""

    code: Literal[
        "joint_working",
        "lead_practitioner",
        "resource",
        "spot_purchase",
        "training",
        "advice",
        "escalate",
        "step_up",
        "could_not_be_offered",
    ] = Field(description="fixed: what is asked with it")


class Panels(Part):
    """Panels and groups."""

    kinds: tuple[PanelKind, ...] = Field(alias="kind", min_length=1, description="panels and groups that there are")
    asks: tuple[PanelAsk, ...] = Field(alias="ask", min_length=1, description="what a panel is asked for")
    themes: tuple[Choice, ...] = Field(alias="theme", min_length=1, description="what an issue is about")
    decisions: tuple[PanelDecision, ...] = Field(alias="decision", description="all of them, each once")

    def asks_about(self, what: str) -> tuple[PanelAsk, ...]:
        """What a panel can be asked for about a family, or about a theme."""
        return tuple(each for each in self.asks if what in each.about)

    def kind(self, code: str) -> PanelKind | None:
        """The kind with that code."""
        return next((kind for kind in self.kinds if kind.code == code), None)
