"""Times in care come from social care's status alone, of people on the register, and go with them."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hearth.intelligence.feeds.tests.conftest import (  # noqa: F401 - fixtures
    agreed,
    analyst_reads,
    commit,
    council,
    own_folder,
    police,
    send,
)
from hearth.intelligence.insight.care.models import CareTime
from hearth.intelligence.insight.erasing import forget_concern
from hearth.intelligence.insight.involvement.tests.conftest import (  # noqa: F401 - fixtures
    CARE,
    NHS,
    held,
    jake,
    link,
    worked_out,
)
from hearth.intelligence.insight.tests.conftest import as_the_worker, hold, work_out  # noqa: F401 - fixtures
from hearth.records.documents.tests.conftest import worker  # noqa: F401 - fixture

SENT = (
    f"{CARE}p1,{NHS},looked_after,2026-02-01,2026-03-04,Zed Zander,01632 960441\n"
    f"p1,{NHS},child_in_need,2025-02-01,,Zed Zander,01632 960441\n"
    f"p1,{NHS},looked_after,2026-05-01,,,\n"
)


def times(reader: Any, as_: Any) -> list[tuple[dt.date, dt.date | None]]:
    """As somebody reads them."""
    with as_(reader):
        return list(CareTime.objects.visible_to(reader).order_by("from_on").values_list("from_on", "until_on"))


@pytest.fixture
def sent(jake: Any, held: Any, worked_out: Any) -> Any:  # noqa: F811
    """Jake was in care, came home, and is in care again; before that he was a child in need."""
    held("social_care", SENT)
    worked_out()
    return jake


def test_what_social_care_says_of_care_is_held_and_nothing_else_of_it(sent: Any, cast: Any, as_: Any) -> None:
    assert times(cast.family_worker, as_) == [
        (dt.date(2026, 2, 1), dt.date(2026, 3, 4)),
        (dt.date(2026, 5, 1), None),
    ]


@pytest.mark.parametrize("who", ["police_officer", "other_family_worker", "commissioner", "provider", "elected_member"])
def test_who_may_not_open_the_family_reads_none(who: str, sent: Any, cast: Any, as_: Any) -> None:
    reader = getattr(cast, who)
    assert times(reader, as_) == []
    with as_(reader):
        assert not CareTime.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            CareTime(
                person=sent, feed="social_care", organisation=cast.analyst.organisation, category="assessment",
                from_on=dt.date(2026, 1, 1), content_hash="x",
            ).save(force_insert=True)  # fmt: skip


def test_the_next_file_puts_right_what_was_said(sent: Any, held: Any, worked_out: Any, cast: Any, as_: Any) -> None:  # noqa: F811
    held("social_care", SENT.replace("2026-05-01,,", "2026-05-01,2026-05-09,"))
    worked_out()
    assert times(cast.family_worker, as_)[1] == (dt.date(2026, 5, 1), dt.date(2026, 5, 9))


def test_whoever_is_erased_from_feeds_was_never_in_care(sent: Any, cast: Any, as_: Any) -> None:
    by = cast.information_governance
    with as_(by):
        forget_concern(by=by, scheme="nhs_number", value=NHS, why="Their right")
    assert times(cast.family_worker, as_) == []
