"""The figures of the project, as the minutes of 3 July 2012 have them, and somebody who types them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.foundation.core.reader import acting_as
from hearth.invented.achieved import AS_AT, NEET, SOURCE
from hearth.oversight.performance.models import TypedFigure
from hearth.oversight.performance.projects.actions import type_figure

PROJECT = "neet_2011"


@pytest.fixture
def type_one(cast: Any) -> Callable[..., TypedFigure]:
    """`type_one("starts", figure=264)` types it, as the analyst."""

    def make(row: str, by: Any = None, as_at: dt.date = AS_AT, **told: Any) -> TypedFigure:
        by = by or cast.analyst
        with acting_as(by):
            return type_figure(by=by, project=PROJECT, row=row, as_at=as_at, **({"source": SOURCE} | told))

    return make


@pytest.fixture
def neet(type_one: Any) -> list[TypedFigure]:
    """All seven rows."""
    return [type_one(row, **told) for row, told in NEET.items()]
