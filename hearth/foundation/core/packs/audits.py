"""audits.toml and audit-tool-*.toml: how assessments are audited, and by which questions."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hearth.foundation.core.packs.base import Choice, Code, Days, Label, Part, Words
from hearth.foundation.core.packs.questions import fingerprint

Times = Annotated[int, Field(ge=2, le=20)]


class AuditItem(Part):
    """One thing that an auditor looks for: met, not met, or not applicable."""

    code: Code = Field(description="what is stored with a grade; never used twice in one tool")
    label: Words = Field(description="what must be so, as a statement")
    help: str = Field("", description="what to look at, for an auditor in doubt")
    always_applies: bool = Field(False, description="true: it cannot be graded as not applicable")


class AuditPart(Part):
    """A part of the assessment, and what is looked for in it: one page of the grading."""

    code: Code = Field(description="stored; names the page")
    title: Label = Field(description="the page's heading")
    items: tuple[AuditItem, ...] = Field(alias="item", min_length=1, description="in the order they are asked")


class AuditTool(Part):
    """A version of an audit tool. What was graded with it is read with it for ever."""

    code: Code = Field(description="the family of tools this is a version of")
    version: Annotated[int, Field(ge=1)] = Field(description="the number in the file's name")
    title: Words = Field(description="the tool's full name")
    in_use_from: dt.date = Field(description="samples drawn on this day or later use it")
    introduction: Words = Field(description="shown before the first item: what is audited, and how to grade")
    parts: tuple[AuditPart, ...] = Field(alias="part", min_length=1, description="its pages, in order")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for what, codes in (("part", [part.code for part in self.parts]), ("item", [item.code for item in self.items])):
            for code in codes:
                if codes.count(code) > 1:
                    raise ValueError(f'has the {what} "{code}" twice: give one of them another code')
        return self

    @property
    def items(self) -> tuple[AuditItem, ...]:
        """Every item, in order."""
        return tuple(item for part in self.parts for item in part.items)

    @property
    def fingerprint(self) -> str:
        """Changes when anything of the tool changes: a stored version may never change."""
        return fingerprint(self)

    def part(self, code: str) -> AuditPart | None:
        """The part with that code."""
        return next((part for part in self.parts if part.code == code), None)

    def score(self, met: int, not_applicable: int) -> Decimal | None:
        """Of a hundred: met x 100 / (items - not applicable), to one place; none where nothing applies."""
        applies = len(self.items) - not_applicable
        if applies <= 0:
            return None
        return (Decimal(met) * 100 / applies).quantize(Decimal("0.1"), ROUND_HALF_UP)


class AuditTheme(Choice):
    """A theme to look for: by what the request named, by words written as needs, or by a question that was answered."""

    asked_as: tuple[Code, ...] = Field((), description="needs of request_form.toml: a request that named one is of it")
    words: tuple[Label, ...] = Field((), description="written as a need in the assessment, in any case, it is of it")
    answered: tuple[Code, ...] = Field(
        (), description="questions of the assessment: answered with anything but no or not sure, it is of it"
    )

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not (self.asked_as or self.words or self.answered):
            raise ValueError("needs asked_as, words or answered: else nothing is ever found to be of it")
        return self


class AuditRoute(Choice):
    """A way by which families came to be assessed."""

    decided: tuple[Code, ...] = Field(
        (), description="what the front door decided of a request in the year before: outcomes of front_door.toml"
    )
    asked_with_assessment: bool = Field(
        False, description="true: such a request said that an assessment was behind it already"
    )

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if bool(self.decided) == self.asked_with_assessment:
            raise ValueError("needs either decided or asked_with_assessment = true: say by which of them it is known")
        return self


class Weight(Part):
    """How many times as likely an assessment of a theme is to be drawn."""

    theme: Code = Field(description="a theme's code")
    times: Times = Field(description="as likely as one of no theme")


class Weighting(Choice):
    """A way to draw some more often than others."""

    weights: tuple[Weight, ...] = Field(alias="weight", min_length=1, description="the largest that fits counts")


class Audits(Part):
    """Audits of assessments."""

    open_days: Days = Field(description="working days for which an auditor may open what they audit")
    reply_days: Days = Field(description="working days in which the worker answers the findings")
    auditors_from: Literal["anywhere", "another_team", "another_organisation"] = Field(
        description="from where an auditor must come, as seen from whoever wrote the assessment"
    )
    fewest_to_draw: Annotated[int, Field(ge=2, le=100)] = Field(
        description="a sample is drawn from no fewer than this, so that no number tells of one family"
    )
    themes: tuple[AuditTheme, ...] = Field(alias="theme", min_length=1, description="what is looked for")
    routes: tuple[AuditRoute, ...] = Field(alias="route", min_length=1, description="how families came")
    weightings: tuple[Weighting, ...] = Field((), alias="weighting", description="ways to draw some more often")

    def weight(self, weighting: str, themes: list[str]) -> int:
        """How many times as likely an assessment of these themes is to be drawn."""
        found = next((each for each in self.weightings if each.code == weighting), None)
        return max((each.times for each in found.weights if each.theme in themes), default=1) if found else 1
