"""The pieces every file of a pack is made of: codes, words, colours, telephone numbers, and the coded choice."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

LEAST_CONTRAST = 4.5  # WCAG 2.2 AA for ordinary text


class Part(BaseModel):
    """One table of a pack: frozen, exact about types, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", str_strip_whitespace=True)


def _contrast_with_white(colour: str) -> float:
    """The WCAG contrast ratio between a colour such as #00524c and white."""

    def light(channel: str) -> float:
        share = int(channel, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = light(colour[1:3]), light(colour[3:5]), light(colour[5:7])
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise ValueError("must be a colour like #00524c: a hash and six of 0-9 and a-f")
    ratio = _contrast_with_white(value)
    if ratio < LEAST_CONTRAST:
        # Rounded down, so that 4.499 is never shown as the 4.5 it is not.
        raise ValueError(
            f"must be darker: white on it has contrast {int(ratio * 100) / 100}, and 4.5 is the least for reading"
        )
    return value


def _phone(value: str) -> str:
    if not re.fullmatch(r"0\d{9,10}|999|101|111", value.replace(" ", "")):
        raise ValueError("must be a telephone number like 01632 960001")
    return value


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", value):
        raise ValueError("must be an e-mail address like early.help@lancashire.example")
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise ValueError("must be a web address like https://www.lancashire.example")
    return value


Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$", max_length=40)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Colour = Annotated[str, AfterValidator(_colour)]
Phone = Annotated[str, AfterValidator(_phone)]
Email = Annotated[str, AfterValidator(_email)]
WebAddress = Annotated[str, AfterValidator(_address)]
Days = Annotated[int, Field(ge=1, le=3660)]
SourceCode = Annotated[str, StringConstraints(pattern=r"^(1[A-D]|2[AB]|3[A-F]|4|5[A-D]|6|7|8|9|10)$")]


class Choice(Part):
    """One thing a person can pick: what is stored, and what is shown."""

    code: Code = Field(description="what is stored; never change it once it has been used")
    label: Label = Field(description="what people read")
    hint: str = Field("", description="one sentence shown beneath the label")
    retired: bool = Field(False, description="true: no longer offered, still shown on what used it")
