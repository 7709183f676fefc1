"""What has passed its time is found, by the longest rule for anything that goes with it, and nothing else is."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection

from hearth.casework.cases.actions import open_case
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.tests.conftest import asking
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.retention import RECORD_KINDS
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.subjects import Kept
from hearth.oversight.governance.finding import FINDER, WITH_A_FAMILY, find_due, passed, years_after
from hearth.oversight.governance.models import Disposal
from hearth.records.people.actions import add_person
from hearth.records.people.restrictions.actions import place_restriction


def listed(cast: Any) -> dict[str, str]:
    """Every reference that was found, with where it stands."""
    with acting_as(cast.information_governance):
        return dict(Disposal.objects.values_list("reference", "state"))


def test_a_family_is_due_when_its_youngest_has_passed_the_time(make: Any, due: Callable[..., Disposal]) -> None:
    years = pack().retention.rule("person").years
    family = make("Oldroyd", 1990, 1998)
    found = due(family)
    assert (found.kind, found.state, found.record_id) == ("family", "due", family.id)
    assert (found.since_on, found.due_on) == (dt.date(1998, 3, 4), dt.date(1998 + years, 3, 4))
    assert (found.trigger, found.years) == ("youngest_child_born", years)


@pytest.mark.parametrize("youngest", [2012, clock.today().year - 24])
def test_a_younger_sibling_keeps_the_family(make: Any, cast: Any, youngest: int) -> None:
    make("Oldroyd", 1990, youngest)
    assert find_due() == 0 and listed(cast) == {}


def test_it_is_due_on_the_very_day_and_not_the_day_before(make: Any, cast: Any) -> None:
    years, family = pack().retention.rule("person").years, make("Oldroyd", 2010)
    with clock.frozen(dt.date(2010 + years, 3, 3)):
        assert find_due() == 0
    with clock.frozen(dt.date(2010 + years, 3, 4)):
        assert find_due() == 1
    assert listed(cast) == {family.reference: "due"}
    assert years_after(dt.date(2004, 2, 29), 25) == dt.date(2029, 3, 1)


def test_a_half_known_birth_counts_from_its_last_day_and_an_unknown_one_is_never_found(
    make: Any, due: Any, cast: Any
) -> None:
    assert due(make("Oldroyd", 1998, birth_precision="year", born_on=dt.date(1998, 1, 1))).since_on == dt.date(
        1998, 12, 31
    )
    unknown = make("Unwin", 1998, born_on=None, birth_precision="unknown")
    childless = make("Voss")
    find_due()
    assert not {unknown.reference, childless.reference} & set(listed(cast))


def test_an_open_case_keeps_the_family(make: Any, cast: Any) -> None:
    family = make("Oldroyd", 1998)
    with acting_as(cast.family_worker):
        open_case(by=cast.family_worker, family=family, because="assessment", lead=cast.family_worker)
    assert find_due() == 0


def test_what_was_found_and_changes_since_is_no_longer_due_and_may_be_again(
    make: Any, closed_case: Any, cast: Any
) -> None:
    family, by = make("Oldroyd", 1998), cast.family_worker
    find_due()
    with acting_as(by):
        baby = {"given_name": "New", "family_name": "Oldroyd", "born_on": clock.today(), "birth_precision": "full"}
        add_person(by=by, family=family, role="child", sex="F", **baby)
    assert find_due() == 0 and listed(cast) == {family.reference: "not_due"}
    with clock.frozen(clock.now() + dt.timedelta(days=101 * 366)):
        assert find_due() == 1
    assert listed(cast) == {family.reference: "due"}


@pytest.mark.parametrize("whom", ["family", "child", "mother"])
def test_whoever_is_restricted_is_not_on_the_list(make: Any, cast: Any, whom: str) -> None:
    family = make("Oldroyd", 1998)
    record = {"family": family, "child": family.children[0], "mother": family.mother}[whom]
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=record.reference, reason="A refuge.")
    assert find_due() == 0


def test_a_request_that_opened_no_case_is_due_by_its_own_rule(cast: Any, area: Any, due: Any) -> None:
    years = pack().retention.rule("request").years
    request = asking(cast, area)(consent_on=None)
    find_due()
    assert listed(cast) == {}  # nobody has decided it
    with acting_as(cast.front_door_officer):
        Request.objects.filter(pk=request.pk).update(state="told", decided_at=clock.now(), outcome="advice")
    with clock.frozen(clock.now() + dt.timedelta(days=years * 365 - 20)):
        find_due()
        assert listed(cast) == {}
    with clock.frozen(clock.now() + dt.timedelta(days=years * 366)):
        found = due(request)
    assert (found.kind, found.rule, found.trigger) == ("request", "request", "request_decided")


def test_the_longest_rule_of_all_that_goes_with_a_family_counts() -> None:
    born = {"youngest_child_born": "1990-01-01", "record_made": "2001-01-01"}
    later = passed("family", born | {"claim_made": "2024-02-29"})
    years = pack().retention.rule("claim").years
    assert later is not None and (later.rule, later.due_on) == ("claim", years_after(dt.date(2024, 2, 29), years))
    plain = passed("family", born | {"claim_made": None, "request_decided": None, "case_closed": None})
    assert plain is not None and plain.trigger == "youngest_child_born"
    assert passed("request", {"request_decided": None}) is None


def test_finding_twice_finds_once(make: Any, cast: Any) -> None:
    make("Oldroyd", 1998)
    assert (find_due(), find_due(), len(listed(cast))) == (1, 1, 1)


def test_the_finding_identity_reads_no_name_and_deletes_nothing(make: Any) -> None:
    family = make("Oldroyd", 1998)
    find_due()
    for statement in (
        "select name from people_family", "select given_name from people_person", "delete from governance_disposal",
        "select hearth_erase(id) from governance_disposal", "delete from people_family",
        "insert into governance_hold (id) values (gen_random_uuid())",
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(FINDER), connection.cursor() as cursor:
            cursor.execute(statement)
    with acting_as(FINDER), connection.cursor() as cursor:
        cursor.execute("select facts::text from hearth_retention_dates(current_date, null)")
        assert family.name not in str(cursor.fetchall())


def test_every_kind_of_record_that_hangs_from_a_family_is_kept_as_long_as_its_rule_says() -> None:
    """A new kind of record must say whether it goes with a family, or it would be deleted before its time."""
    apart = {
        "report",
        "oversight",
        "training",
        "supervision",
        "agreement",
        "universal_activity",
        "message",
        "account",
        "feed",
        "question",
        "money",
        "finder_count",
        "volunteer",
    }
    assert {*WITH_A_FAMILY} | apart == {*RECORD_KINDS}
    assert not {*WITH_A_FAMILY} & apart
    assert Kept("person", family="pk").record in WITH_A_FAMILY
