"""Drawings of a report for paper: the same as on the page, as SVG, and as PNG for Word."""

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import typst

from hearth.casework.assessments.printable import FONTS

PIXELS_AN_INCH = 220
_ALONE: bytes = b"""#set page(width: auto, height: auto, margin: 4pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 15cm)
"""


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts that every paper is set in."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def svg_of(picture: Mapping[str, Any]) -> str:
    """A chart as drawn.py laid it out. A square meets a rule; a gap is not shown."""
    left, right, floor = picture["left"], picture["right"], picture["floor"]
    parts = [_line(left, floor, right, floor)]
    for rule in picture["rules"]:
        parts.append(_line(left, rule["y"], right, rule["y"], "" if rule["is_middle"] else ' stroke-dasharray="4 3"'))
        parts.append(_text(right + 4, rule["label_y"], rule["words"]))
    parts += [
        f'<polyline points="{points}" fill="none" stroke="#1d70b8" stroke-width="1.5"/>' for points in picture["pieces"]
    ]
    for dot in picture["dots"]:
        x, y = dot["x"], dot["y"]
        square = f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" fill="#0b0c0c"/>'
        parts.append(square if dot["is_signal"] else f'<circle cx="{x}" cy="{y}" r="2.6" fill="#1d70b8"/>')
    parts += [_line(x, floor - 3, x, floor + 3) for x in picture["gaps"]]
    parts += [_text(left, floor + 16, picture["first"]), _text(right, floor + 16, picture["last"], "end")]
    box = f"0 0 {picture['width']} {picture['height']}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{picture["width"]}" height="{picture["height"]}">{"".join(parts)}</svg>'


def _line(x1: float, y1: float, x2: float, y2: float, more: str = "") -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#0b0c0c" stroke-width="1"{more}/>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="Noto Sans" font-size="10.5" text-anchor="{anchor}">{escape(words)}</text>'
    )


def png_of(picture: Mapping[str, Any]) -> bytes:
    """The same as a picture of dots."""
    return typst.compile(  # type: ignore[call-overload, no-any-return, unused-ignore]
        _ALONE, format="png", ppi=PIXELS_AN_INCH, font_paths=fonts(), ignore_system_fonts=True, root=Path(__file__).parent,
        sys_inputs={"svg": svg_of(picture)},
    )  # fmt: skip


def alternative(block: Mapping[str, Any]) -> str:
    """What stands in place of a drawing for whoever does not see it: what it is, what it says, every figure."""
    return f"Chart. {block['title']}. {block['said']} {block['each']}."
