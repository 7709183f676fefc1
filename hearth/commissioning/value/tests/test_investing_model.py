"""The model of money invested to save: it gives what Essex published, never pays above its cap, and draws the same range again."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.commissioning.value import shipped
from hearth.commissioning.value.investing import projecting
from hearth.commissioning.value.investing.projecting import Terms
from hearth.commissioning.value.investing.queries import essex, terms_of

PLAIN = Terms(
    invested=100_000_00, cap=300_000_00, day=50_00, wait=3, children=40, fewest=30, months=24, recruit=12, baseline=Decimal(50),
    target=Decimal(30), cautious=Decimal(45), hopeful=Decimal(20), care=Decimal(14_000), cashable=Decimal(60),
)  # fmt: skip


@pytest.fixture
def terms() -> Terms:
    """Essex as published."""
    return terms_of(essex(), shipped.deflator())


def test_the_model_reproduces_what_essex_published(terms: Terms) -> None:
    assert (terms.invested, terms.cap) == (3_100_000_00, 7_100_000_00)
    assert (terms.baseline, terms.target) == (Decimal(55), Decimal(27))
    assert (terms.children, terms.months) == (388, 30)
    met = projecting.result_at(terms, terms.target)
    assert met.multiple == Decimal("1.45")
    assert met.whole_days == 99_202  # 388 children for 30 months, 28 of each hundred of their days
    assert met.paid < terms.cap and not met.capped


def test_what_essex_achieved_stays_below_the_cap_and_pays_more_than_the_target(terms: Terms) -> None:
    for share in (11, 12):
        found = projecting.result_at(terms, Decimal(share))
        assert Decimal("2.20") < found.multiple < Decimal("2.30") and found.paid < terms.cap
    assert projecting.result_at(terms, Decimal(0)).paid == terms.cap


def test_essex_ends_after_five_years_as_it_did(terms: Terms) -> None:
    assert len(projecting.share_by_month(terms)) in (59, 60)
    found = projecting.result_at(terms, terms.target)
    assert projecting.payments(terms, found)[-1][0] <= 63


def test_a_day_of_which_nothing_is_saved_has_no_rate(terms: Terms) -> None:
    assert projecting.day_for_return(replace(terms, target=terms.baseline), Decimal("1.45")) == 0


TERMS = st.builds(
    replace,
    st.just(PLAIN),
    day=st.integers(1, 50_000),
    cap=st.integers(1, 10**9),
    children=st.integers(30, 500),
    months=st.integers(1, 60),
    recruit=st.integers(1, 60),
    wait=st.integers(0, 12),
    baseline=st.integers(0, 100).map(Decimal),
)
SHARE = st.decimals(0, 100, places=2)


@given(TERMS, SHARE)
def test_payments_add_up_and_never_pass_the_cap(terms: Terms, share: Decimal) -> None:
    found = projecting.result_at(terms, share)
    paid = projecting.payments(terms, found)
    assert 0 <= found.paid <= terms.cap
    assert sum(pence for _, pence in paid) == found.paid
    assert all(pence > 0 for _, pence in paid)
    assert sum(projecting.share_by_month(terms)).quantize(Decimal("1e-20")) == 1
    by_year = projecting.years(terms, found)
    assert sum(year.paid for year in by_year) == found.paid == by_year[-1].paid_together
    assert sum(year.cashable for year in by_year) == found.cashable


@given(TERMS, SHARE, SHARE)
def test_more_days_in_care_never_pay_more(terms: Terms, one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    assert projecting.result_at(terms, more).paid <= projecting.result_at(terms, less).paid


def test_nobody_is_paid_for_days_that_were_not_saved() -> None:
    worse = projecting.result_at(PLAIN, Decimal(70))
    assert worse.days == worse.multiple == Decimal(0)
    assert worse.paid == worse.saved == 0
    assert projecting.annual_return(PLAIN, worse) is None


def test_cashable_savings_are_part_of_all_of_them() -> None:
    found = projecting.result_at(PLAIN, PLAIN.target)
    assert found.cashable * 100 == found.saved * 60
    assert found.net == found.cashable - found.paid


def test_the_yearly_rate_is_what_makes_payments_worth_the_money_in() -> None:
    once = replace(PLAIN, months=1, recruit=1, wait=9, day=1, cap=110_000_00)
    found = replace(projecting.result_at(once, Decimal(30)), paid=110_000_00, days=Decimal(11_000_000))
    assert projecting.payments(once, found) == [(12, 110_000_00)]
    assert projecting.annual_return(once, found) == Decimal("10.0")


def test_the_same_seed_gives_the_same_range_and_another_another() -> None:
    one, again, other = projecting.drawn(PLAIN), projecting.drawn(PLAIN), projecting.drawn(replace(PLAIN, seed=2))
    assert one == again and one.multiples != other.multiples
    assert one.draws == projecting.DRAWS
    assert one.multiple_at(10) <= one.multiple_at(50) <= one.multiple_at(90)
    worst = projecting.result_at(PLAIN, PLAIN.cautious, PLAIN.fewest).multiple
    best = projecting.result_at(PLAIN, PLAIN.hopeful).multiple
    assert worst <= one.multiples[0] and one.multiples[-1] <= best


def test_a_range_without_doubt_is_one_figure() -> None:
    sure = replace(PLAIN, cautious=PLAIN.target, hopeful=PLAIN.target, fewest=PLAIN.children)
    found = projecting.drawn(sure, 50)
    assert set(found.multiples) == {projecting.result_at(PLAIN, PLAIN.target).multiple}
    assert len(projecting.bins_of(found.multiples)) == 1


def test_the_drawing_leaves_no_draw_out() -> None:
    found = projecting.drawn(PLAIN)
    assert sum(many for _, _, many in projecting.bins_of(found.multiples)) == found.draws
    assert sum(many for _, _, many in projecting.bins_of(found.nets)) == found.draws
