"""What may be valued, changed and added together, and the sentence when it may not."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from hearth.commissioning.value.models import What
from hearth.commissioning.value.reach import WRITES, reads_values, writes_in
from hearth.commissioning.value.shipped import EARLIEST_YEAR, Index, UnitCost
from hearth.commissioning.value.working import MOST_YEARS, years_missing
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import lower_first
from hearth.foundation.ui.filters import listed
from hearth.records.money.models.ledger import financial_year, year_words
from hearth.records.money.reach import holds_whole
from hearth.records.money.rules import MOST

MOST_OUTCOMES = 60  # of one valuation: a page that somebody can still read


def why_not_see_value(user: Any) -> Refusal | None:
    """Opening what anything was worth."""
    if reads_values(user):
        return None
    return Refusal(
        "value.may_not_see", "Your role does not include social return. Ask a commissioner for the figure you need."
    )


def why_not_value_any(user: Any) -> Refusal | None:
    """Beginning a valuation or an investment: whoever values somewhere."""
    if user.may(WRITES):
        return None
    return Refusal("value.may_not_value", "Only a commissioner or a strategic lead can do this. Ask one of them.")


def why_not_value(user: Any, area: Any) -> Refusal | None:
    """Writing what something of a district, or of the whole authority, was worth."""
    if writes_in(user, area):
        return None
    return Refusal(
        "value.not_here", "You may not work out values here. Choose your own district, or ask a commissioner."
    )


def why_not_these_years(years: Iterable[int], to_year: int, index: Index) -> Refusal | None:
    """Adding values of several price years: only where the index has each of them."""
    missing = years_missing(years, to_year, index)
    if not missing:
        return None
    words = listed([year_words(year) for year in missing])
    return Refusal(
        "value.no_index",
        f"The {index.source.name} that is held has {index.span}, and not {words}. So values of these price years are not added. "
        "Give them in prices of one year, or have a newer release loaded under What the figures rest on.",
    )


def why_not_this_valuation(
    name: str, begins_on: dt.date, ends_on: dt.date, cost_pence: int, years: Sequence[int]
) -> Refusal | None:
    """A valuation says what was bought, when, and what it cost."""
    if not name.strip():
        return Refusal("value.name", "Say what was bought.")
    if ends_on < begins_on:
        return Refusal("value.ends", "The last day is before the first. Check both.")
    if not 0 < cost_pence <= MOST:
        return Refusal("value.cost", "Enter what it cost, in pounds and pence.")
    latest = financial_year(clock.today()) + 1
    if not all(EARLIEST_YEAR <= year <= latest for year in years):
        return Refusal("value.year", "Choose a financial year for its prices.")
    return None


def why_not_another(many: int) -> Refusal | None:
    """A valuation has as many outcomes as somebody can read."""
    if many < MOST_OUTCOMES:
        return None
    return Refusal("value.too_many", f"It has {MOST_OUTCOMES} outcomes. Begin another valuation, or withdraw one.")


def why_not_this_cost(cost: UnitCost | None) -> Refusal | None:
    """A unit cost that is in the table, and that can be what it says."""
    if cost is None:
        return Refusal("value.no_cost", "That unit cost is not in the table. Choose one of the list.")
    if cost.not_offered:
        return Refusal(
            "value.doubtful_cost",
            f"{cost.code} cannot be used: {cost.not_offered}. Enter a value of your own, with its source.",
        )
    return None


def root_of(code: str) -> str:
    """The unit cost of which another is a part: CR2.0 of CR2.0.3."""
    return ".".join(code.split(".")[:2])


def why_not_twice(code: str, there: Iterable[str]) -> Refusal | None:
    """A total and its own parts are the same money: one of them is counted."""
    for other in there:
        same_money = code and other and code != other and root_of(code) == root_of(other)
        if same_money and root_of(code) in (code, other):
            return Refusal(
                "value.counted_twice",
                f"{other} is counted already, and {code} is the same money: one is the sum of which the other is a part. "
                "Count the sum or its parts, and withdraw the other first.",
            )
    return None


def why_not_this_outcome(
    what: str, number: Decimal, number_source: str, pence: int, value_source: str, year: int
) -> Refusal | None:
    """An outcome says what happened, how often, what each is worth, and on what both rest."""
    if not what.strip():
        return Refusal("value.outcome", "Say what happened.")
    if number < 0:
        return Refusal("value.number", "Enter how many, 0 or more.")
    if not number_source.strip():
        return Refusal("value.no_source", "Say on what the number rests: a return, a count, an evaluation.")
    if not 0 < pence <= MOST:
        return Refusal("value.worth", "Enter what one is worth, in pounds and pence.")
    if not value_source.strip():
        return Refusal("value.no_value_source", "Say where the value is from.")
    if not EARLIEST_YEAR <= year <= financial_year(clock.today()) + 1:
        return Refusal("value.year", "Choose a financial year for its prices.")
    return None


def why_not_standing(outcome: Any) -> Refusal | None:
    """Changing an outcome: while it counts."""
    if outcome.withdrawn_at is None:
        return None
    return Refusal("value.withdrawn", "This outcome was withdrawn and no longer counts. Add it again.")


def why_not_reason(why: str) -> Refusal | None:
    """A change of a figure says why."""
    return None if why.strip() else Refusal("value.no_reason", "Say why, in a line.")


def why_not_this_assumption(
    what: str, cautious: Decimal, central: Decimal, hopeful: Decimal, source: str, once: bool = False
) -> Refusal | None:
    """Three cases in order, within what can be, with where they are from."""
    name = lower_first(What(what).label)
    if not source.strip():
        return Refusal("value.no_source", f"Say where the {name} is from.")
    if what == What.LASTS:
        return _why_not_years(cautious, central, hopeful, once)
    if not all(0 <= each <= 100 for each in (cautious, central, hopeful)):
        return Refusal("value.percent", f"The {name} is from 0 to 100 per cent.")
    if not cautious >= central >= hopeful:
        return Refusal(
            "value.order", f"The cautious {name} is the largest and the hopeful one the smallest. Check all three."
        )
    return None


def _why_not_years(cautious: Decimal, central: Decimal, hopeful: Decimal, once: bool) -> Refusal | None:
    years = (cautious, central, hopeful)
    if any(year != int(year) or not 1 <= year <= MOST_YEARS for year in years):
        return Refusal("value.years", f"Enter whole years, from 1 to {MOST_YEARS}.")
    if not cautious <= central <= hopeful:
        return Refusal(
            "value.order", "The cautious case lasts the shortest and the hopeful one the longest. Check all three."
        )
    if once and max(years) > 1:
        return Refusal(
            "value.once",
            "This value counts all of its years already. Let it last for 1 year, so that none counts twice.",
        )
    return None


def why_not_load_index(user: Any) -> Refusal | None:
    """Loading a release of the index: whoever values for the whole authority."""
    if holds_whole(user, WRITES):
        return None
    return Refusal("value.may_not_load", "Only a commissioner or a strategic lead of the whole authority can do this.")


MOST_REVISED = 3  # per cent of a year: growth was never revised by as much


def why_not_this_index(
    publication: str, publisher: str, published_on: dt.date, base: str, figures: dict[int, Decimal], shipped_on: dt.date
) -> Refusal | None:
    """A release says whose it is, of when, and has a figure above nothing for each of several years, none left out."""
    if not (publication.strip() and publisher.strip() and base.strip()):
        return Refusal("value.index_source", "Say which publication it is, whose, and which year is 100.")
    if published_on > clock.today():
        return Refusal("value.index_day", "That day is to come. Enter the day on which it was published.")
    if published_on <= shipped_on:
        return Refusal("value.index_older", "A release of that day or a later one is held already. Load a newer one.")
    if len(figures) < 2 or any(figure <= 0 for figure in figures.values()):
        return Refusal("value.index_figures", "Enter a line for each financial year, such as 2024/25, 100.")
    gaps = set(range(min(figures), max(figures) + 1)) - set(figures)
    if gaps:
        return Refusal(
            "value.index_gap",
            f"There is no figure for {listed([year_words(year) for year in sorted(gaps)])}. Enter each year.",
        )
    return None


def why_not_like_the_last(figures: Mapping[int, Decimal], held: Mapping[int, Decimal]) -> Refusal | None:
    """Where a release speaks of years that the one held has, both say nearly the same growth: another is a slip of the hand."""
    both = [year for year in sorted(figures) if year + 1 in figures and year in held and year + 1 in held]
    for year in both:
        grew, before = (100 * (of[year + 1] / of[year] - 1) for of in (figures, held))
        if abs(grew - before) > MOST_REVISED:
            sentence = (
                f"From {year_words(year)} to {year_words(year + 1)} your figures go up by {grew:.1f}%, and those held by {before:.1f}%. "
                "Check both lines against the publication."
            )
            return Refusal("value.index_unlike", sentence)
    return None
