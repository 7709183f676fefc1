"""What may be valued, added and changed; each change keeps a version; years that the index has not are never added."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import pytest

from hearth.commissioning.value import actions, queries, shipped
from hearth.commissioning.value.models import Assumption, Outcome, PriceIndex, Valuation, Version
from hearth.commissioning.value.tests.conftest import HAPPENED, OWN, VALUED
from hearth.commissioning.value.working import Case
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.foundation.core.seen import seen_in

FIGURES = {2023: Decimal(98), 2024: Decimal(100), 2025: Decimal("103.5"), 2026: Decimal(106)}
RELEASE: dict[str, Any] = {
    "publication": "GDP deflators: September 2026", "publisher": "HM Treasury", "published_on": dt.date(2026, 9, 30),
    "base": "2024/25 = 100", "figures": FIGURES,
}  # fmt: skip


def code_of(refused: Any) -> str:
    """The code of what was refused."""
    return str(refused.value.refusal.code)


def came(cast: Any, valuation: Valuation, as_: Any) -> Any:
    """What it comes to, as the commissioner sees it."""
    with as_(cast.commissioner):
        found = queries.valuation_of(cast.commissioner, valuation.reference)
        return queries.came_to(found, queries.index_held(cast.commissioner))


def test_an_outcome_is_worth_its_unit_cost_in_todays_prices_less_what_is_assumed(
    outcome: Outcome, valuation: Valuation, cast: Any, as_: Any
) -> None:
    found = came(cast, valuation, as_)
    index = shipped.deflator().figures
    each = Decimal(51_080_00) * index[2024] / index[2013]
    # central: 20% deadweight, 25% displacement, half owed to others, 15% for evidence of grade 4
    worth = each * 4 * Decimal("0.8") * Decimal("0.75") * Decimal("0.5") * Decimal("0.85")
    assert found.result.worth(Case.CENTRAL) == int(worth.quantize(Decimal(1)))
    assert found.uprated and found.index.source.publisher.startswith("HM Treasury")
    assert found.result.low < found.result.central < found.result.high
    assert list(found.agencies) == ["Local Authority"]


def test_what_is_filled_in_says_where_it_is_from(outcome: Outcome, cast: Any, as_: Any) -> None:
    with as_(cast.commissioner):
        found = {row.what: row for row in Assumption.objects.filter(outcome=outcome)}
    assert set(found) == {"deadweight", "displacement", "attribution", "optimism", "drop_off", "lasts"}
    assert "Additionality Guide" in found["deadweight"].source
    assert "Not compared with the published table" in found["optimism"].source
    assert found["attribution"].source == "The panel of providers"
    assert found["optimism"].cautious == Decimal(25) and found["optimism"].central == Decimal(15)
    assert found["optimism"].hopeful == Decimal(10)


def test_a_total_and_its_own_part_are_never_both_counted(count: Any) -> None:
    count(code="CR2.0")
    with pytest.raises(Refused) as refused:
        count(code="CR2.0.3")
    assert code_of(refused) == "value.counted_twice" and "the same money" in refused.value.refusal.sentence
    count(code="CR4.0")
    count(code="CR4.1")  # beside it, and no part of it
    count(code="E&S2.0.1")
    count(code="E&S2.0.2")
    with pytest.raises(Refused):
        count(code="E&S2.0")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"code": "ZZ9.9"}, "value.no_cost"),
        ({"code": "E&S13.0"}, "value.doubtful_cost"),
        ({"number": Decimal(-1)}, "value.number"),
        ({"number_source": " "}, "value.no_source"),
        ({"others_source": ""}, "value.no_source"),
        ({"code": "SS15.3", "lasts": 2}, "value.once"),
        ({"lasts": 61}, "value.years"),
        ({"attribution": Decimal(101)}, "value.percent"),
        (OWN | {"pence": 0}, "value.worth"),
        (OWN | {"value_source": ""}, "value.no_value_source"),
        (OWN | {"year": 1900}, "value.year"),
        (OWN | {"what": ""}, "value.outcome"),
        (OWN | {"year": 2026}, "value.no_index"),
    ],
)
def test_an_outcome_that_cannot_be_counted_is_refused_in_a_sentence(
    told: dict[str, Any], code: str, count: Any
) -> None:
    with pytest.raises(Refused) as refused:
        count(**told)
    assert code_of(refused) == code and refused.value.refusal.sentence.endswith(".")


def test_a_year_that_the_index_has_not_is_not_added_and_the_sentence_says_which(cast: Any, area: Any, as_: Any) -> None:
    by = cast.commissioner
    with as_(by), pytest.raises(Refused) as refused:
        actions.add_valuation(by=by, area=area, **(VALUED | {"cost_year": 2026}))
    assert code_of(refused) == "value.no_index"
    assert "1955/56 to 2024/25, and not 2026/27" in refused.value.refusal.sentence
    with as_(by):  # all in one year's prices: no index is needed
        made = actions.add_valuation(by=by, area=area, **(VALUED | {"cost_year": 2026, "prices": 2026}))
        with pytest.raises(Refused):
            actions.add_valued_outcome(by=by, valuation=made, **HAPPENED)
        actions.add_valued_outcome(by=by, valuation=made, **(HAPPENED | OWN | {"year": 2026}))
    found = came(cast, made, as_)
    assert found.result is not None and not found.uprated


def test_a_newer_release_of_the_index_takes_the_place_of_the_shipped_one(
    valuation: Valuation, count: Any, cast: Any, as_: Any
) -> None:
    by = cast.commissioner
    count(**OWN, number=Decimal(10))
    with as_(by):
        made = actions.load_price_index(by=by, **RELEASE)
        assert queries.index_held(by).source.publication == made.publication
        again = actions.add_valuation(by=by, **(VALUED | {"cost_year": 2026}))
    assert came(cast, again, as_).result.cost == int((Decimal(100_000_00) * 100 / 106).quantize(Decimal(1)))
    count(**OWN, number=Decimal(1))
    with pytest.raises(Refused) as refused:  # the loaded release has no 2013/14, and that year is not guessed
        count()
    assert "and not 2013/14" in refused.value.refusal.sentence
    with as_(by), pytest.raises(Refused) as refused:
        actions.load_price_index(by=by, **(RELEASE | {"published_on": dt.date(2026, 6, 30)}))
    assert code_of(refused) == "value.index_older"


def test_what_was_counted_stays_uncounted_while_a_loaded_index_has_not_its_year(
    outcome: Outcome, valuation: Valuation, cast: Any, as_: Any
) -> None:
    with as_(cast.commissioner):
        actions.load_price_index(by=cast.commissioner, **RELEASE)
    found = came(cast, valuation, as_)
    assert found.result is None and found.refusal.code == "value.no_index"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"figures": {2023: Decimal(98), 2025: Decimal(103)}}, "value.index_gap"),
        ({"figures": {2024: Decimal(100)}}, "value.index_figures"),
        ({"figures": {2023: Decimal(0), 2024: Decimal(100)}}, "value.index_figures"),
        ({"publisher": " "}, "value.index_source"),
        ({"figures": {2022: Decimal(80), 2023: Decimal(98), 2024: Decimal(100)}}, "value.index_unlike"),
        ({"published_on": dt.date(2199, 1, 1)}, "value.index_day"),
    ],
)
def test_a_release_that_is_none_is_refused(told: dict[str, Any], code: str, cast: Any, as_: Any) -> None:
    with as_(cast.commissioner), pytest.raises(Refused) as refused:
        actions.load_price_index(by=cast.commissioner, **(RELEASE | told))
    assert code_of(refused) == code


def test_each_change_keeps_a_version_with_what_it_came_to(
    deadweight: Assumption, outcome: Outcome, valuation: Valuation, cast: Any, as_: Any
) -> None:
    by = cast.strategic_lead
    with as_(by):
        actions.change_assumption(
            by=by,
            assumption=deadweight,
            cautious=Decimal(60),
            central=Decimal(40),
            hopeful=Decimal(20),
            source="A trial",
            why="It is ours",
        )
        actions.change_valued_outcome(
            by=by, outcome=outcome, number=Decimal(2), number_source="A recount", why="Two came back"
        )
        actions.withdraw_valued_outcome(by=by, outcome=outcome, why="Counted elsewhere")
        found = queries.versions(by, valuation=valuation)
    assert [row.number for row in found] == [5, 4, 3, 2, 1]
    assert (
        "Deadweight from 35, 20, 10 per cent to 60, 40, 20 per cent" in found[2].what and found[2].why == "It is ours"
    )
    assert "Number from 4 to 2" in found[1].what
    central = [Decimal(row.came_to["central"]) for row in found]
    assert central[0] == 0 and central[1] < central[2] < central[3] and central[4] == 0
    assert "HM Treasury" in found[1].index and found[0].index == ""
    with as_(by):
        with pytest.raises(Refused) as refused:
            actions.withdraw_valued_outcome(by=by, outcome=outcome, why="Again")
        assert code_of(refused) == "value.withdrawn"
        events = set(AuditEvent.objects.filter(verb__startswith="value.").values_list("verb", flat=True))
    assert {"value.assumption_changed", "value.outcome_changed", "value.outcome_withdrawn"} <= events


@pytest.mark.parametrize(
    ("cases", "code"),
    [((10, 20, 30), "value.order"), ((101, 20, 10), "value.percent"), ((30, 20, -1), "value.percent")],
)
def test_cases_out_of_order_are_refused(
    cases: tuple[int, int, int], code: str, deadweight: Assumption, cast: Any, as_: Any
) -> None:
    told = dict(zip(("cautious", "central", "hopeful"), map(Decimal, cases), strict=True))
    with as_(cast.commissioner), pytest.raises(Refused) as refused:
        actions.change_assumption(by=cast.commissioner, assumption=deadweight, source="x", why="y", **told)
    assert code_of(refused) == code


def test_a_change_without_a_reason_or_by_who_saw_something_else_is_not_made(
    valuation: Valuation, cast: Any, as_: Any
) -> None:
    by = cast.commissioner
    told = {name: VALUED[name] for name in VALUED}
    seen = seen_in(valuation, told)
    with as_(by):
        with pytest.raises(Refused) as refused:
            actions.change_valuation(by=by, valuation=valuation, why=" ", **(told | {"cost_pence": 5}))
        assert code_of(refused) == "value.no_reason"
        actions.change_valuation(by=by, valuation=valuation, why="A credit note", **(told | {"cost_pence": 90_000_00}))
        with pytest.raises(Conflict):
            actions.change_valuation(
                by=by, valuation=valuation, why="Mine", seen=seen, **(told | {"cost_pence": 80_000_00})
            )
        assert (
            Version.objects.filter(valuation=valuation).order_by("-number")[0].what
            == "Cost from £100,000.00 to £90,000.00"
        )


def test_a_page_that_is_sent_twice_is_one_row(valuation: Valuation, cast: Any, area: Any, as_: Any) -> None:
    key, by = uuid.uuid4(), cast.commissioner
    with as_(by):
        one = actions.add_valuation(by=by, area=area, key=key, **VALUED)
        two = actions.add_valuation(by=by, area=area, key=key, **VALUED)
        first = actions.add_valued_outcome(by=by, valuation=valuation, key=key, **HAPPENED)
        second = actions.add_valued_outcome(by=by, valuation=valuation, key=key, **HAPPENED)
        releases = [actions.load_price_index(by=by, key=key, **RELEASE) for _ in range(2)]
        assert one.pk == two.pk and first.pk == second.pk and releases[0].pk == releases[1].pk
        assert PriceIndex.objects.count() == 1 and Assumption.objects.filter(outcome=first).count() == 6
