"""Begin a valuation, say what came of it, change what is assumed, and load a release of the index. Each change keeps a version."""

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hearth.commissioning.value import queries, rules, shipped
from hearth.commissioning.value.models import Assumption, Bought, Outcome, PriceIndex, Valuation, What
from hearth.commissioning.value.versions import keep_return
from hearth.commissioning.value.words import cases_in_words, changes_in_words
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean, one_line


@action
def add_valuation(
    *, by: Any, name: str, bought: str, begins_on: dt.date, ends_on: dt.date, cost_pence: int, cost_year: int, prices: int,
    cost_bias: Decimal = Decimal(0), of: str = "", area: Any = None, words: str = "", key: uuid.UUID | None = None,
) -> Valuation:  # fmt: skip
    """Say what was bought, when, and what it cost. What came of it is said next."""
    refuse(rules.why_not_value(by, area))
    typed = _valuation_typed(by, name, bought, begins_on, ends_on, cost_pence, cost_year, prices, cost_bias, of, words)
    sent = key_of_sending(key, typed, area)
    there = Valuation.objects.filter(added_by=by, key=sent).first()
    made = there or Valuation(reference=drawn_reference("VA"), area=area, added_by=by, key=sent, **typed)
    if there is None:
        made.save(force_insert=True)
        keep_return(by, made, "Begun")
    record("value.valuation_added", subject=made)
    return made


def _valuation_typed(
    by: Any, name: str, bought: str, begins_on: dt.date, ends_on: dt.date, cost_pence: int, cost_year: int, prices: int,
    cost_bias: Decimal, of: str, words: str,
) -> dict[str, Any]:  # fmt: skip
    name = one_line(name, 120)
    refuse(rules.why_not_this_valuation(name, begins_on, ends_on, cost_pence, (cost_year, prices)))
    refuse(rules.why_not_these_years([cost_year], prices, queries.index_held(by)))
    return {
        "name": name, "bought": Bought(bought).value, "of": one_line(of, 60), "begins_on": begins_on, "ends_on": ends_on,
        "cost_pence": cost_pence, "cost_year": cost_year, "cost_bias": Decimal(cost_bias), "prices": prices,
        "words": clean(words).strip(),
    }  # fmt: skip


@action
def change_valuation(
    *, by: Any, valuation: Valuation, name: str, bought: str, begins_on: dt.date, ends_on: dt.date, cost_pence: int, cost_year: int,
    prices: int, why: str, cost_bias: Decimal = Decimal(0), of: str = "", words: str = "", seen: str | None = None,
) -> Valuation:  # fmt: skip
    """Put right what was bought or what it cost, or tell it in another year's prices."""
    valuation.hold()
    refuse(rules.why_not_value(by, valuation.area))
    typed = _valuation_typed(by, name, bought, begins_on, ends_on, cost_pence, cost_year, prices, cost_bias, of, words)
    refuse(rules.why_not_reason(why))
    years = list(Outcome.objects.filter(valuation=valuation, withdrawn_at=None).values_list("year", flat=True))
    refuse(rules.why_not_these_years([cost_year, *years], prices, queries.index_held(by)))
    before = {each: getattr(valuation, each) for each in typed}
    changed = write_seen(valuation, seen, typed, {"cost_pence": str, "cost_year": str, "prices": str, "cost_bias": str})
    if changed:
        valuation.save(update_fields=changed)
        keep_return(by, valuation, changes_in_words(before, typed, changed), why)
    record("value.valuation_changed", subject=valuation, changed=changed)
    return valuation


@action
def add_valued_outcome(
    *, by: Any, valuation: Valuation, number: Decimal, number_source: str, sector: str, grade: str, lasts: int, drop_off: Decimal,
    attribution: Decimal, others_source: str, code: str = "", what: str = "", unit: str = "", pence: int = 0, year: int = 0,
    agency: str = "", value_source: str = "", key: uuid.UUID | None = None,
) -> Outcome:  # fmt: skip
    """Say what happened, how often, and what each is worth: by the table of unit costs, or by a value of one's own.

    What the guides say of deadweight, displacement and optimism is filled in, to be changed where something better is known.
    """
    valuation.hold()
    refuse(rules.why_not_value(by, valuation.area))
    said = _worth_typed(code, what, unit, pence, year, agency, value_source)
    said |= {"number": Decimal(number), "number_source": one_line(number_source, 200)}
    sent = key_of_sending(key, said, valuation)
    there = Outcome.objects.filter(added_by=by, key=sent).first()
    if there is not None:
        record("value.outcome_added", subject=there)
        return there
    standing = list(Outcome.objects.filter(valuation=valuation, withdrawn_at=None))
    refuse(
        rules.why_not_this_outcome(
            said["what"], said["number"], said["number_source"], said["pence"], said["value_source"], said["year"]
        )
    )
    refuse(rules.why_not_another(len(standing)) or rules.why_not_twice(code, queries.codes_of(standing)))
    years = [valuation.cost_year, said["year"], *(each.year for each in standing)]
    refuse(rules.why_not_these_years(years, valuation.prices, queries.index_held(by)))
    made = Outcome(reference=drawn_reference("VO"), valuation=valuation, added_by=by, key=sent, **said)
    made.save(force_insert=True)
    cost = shipped.unit_costs().get(code)
    for assumed in _assumed(made, sector, grade, lasts, drop_off, attribution, one_line(others_source, 300)):
        refuse(
            rules.why_not_this_assumption(
                assumed.what,
                assumed.cautious,
                assumed.central,
                assumed.hopeful,
                assumed.source,
                bool(cost and cost.is_once),
            )
        )
        assumed.save(force_insert=True)
    keep_return(by, valuation, f"Outcome added: {made.what}, {made.number} ({made.unit})", made.number_source)
    record("value.outcome_added", subject=made, valuation=valuation.reference)
    return made


def _worth_typed(
    code: str, what: str, unit: str, pence: int, year: int, agency: str, value_source: str
) -> dict[str, Any]:
    if not code:
        return {
            "code": "", "what": one_line(what, 200), "unit": one_line(unit, 60), "pence": pence, "year": year, "agency": one_line(agency, 60),
            "value_source": one_line(value_source, 200),
        }  # fmt: skip
    cost: Any = shipped.unit_costs().get(code)
    refuse(rules.why_not_this_cost(cost))
    return {
        "code": code, "what": one_line(what, 200) or cost.words[:200], "unit": cost.unit, "pence": int(cost.pence), "year": cost.year,
        "agency": cost.agency, "value_source": f"{code}, {shipped.unit_costs_source().publication}"[:200],
    }  # fmt: skip


def _assumed(
    outcome: Outcome, sector: str, grade: str, lasts: int, drop_off: Decimal, attribution: Decimal, others: str
) -> list[Assumption]:
    """The six assumptions of a new outcome: three by the guides, three as they were typed, with no range until one is said."""
    found = []
    guide = f"{shipped.GUIDE}: {shipped.SECTORS[sector].lower()}"
    for what in ("deadweight", "displacement"):
        cautious, central, hopeful = shipped.additionality(sector, what)
        found.append(Assumption(what=what, cautious=cautious, central=central, hopeful=hopeful, source=guide))
    scale = [each.percent for each in shipped.grades()]
    place = [each.grade for each in shipped.grades()].index(grade)
    worse, better = scale[min(place + 1, len(scale) - 1)], scale[max(place - 1, 0)]
    graded = f"{shipped.GRADED} {grade} and the grades beside it. Not compared with the published table."
    found.append(Assumption(what="optimism", cautious=worse, central=scale[place], hopeful=better, source=graded))
    for what, typed in (("attribution", attribution), ("drop_off", drop_off), ("lasts", Decimal(lasts))):
        found.append(Assumption(what=what, cautious=typed, central=typed, hopeful=typed, source=others))
    for each in found:
        each.outcome = outcome
    return found


@action
def change_valued_outcome(
    *, by: Any, outcome: Outcome, number: Decimal, number_source: str, why: str, seen: str | None = None
) -> Outcome:
    """Put right how often it happened, and on what that rests."""
    valuation = _held(by, outcome)
    refuse(rules.why_not_standing(outcome))
    source = one_line(number_source, 200)
    refuse(rules.why_not_this_outcome(outcome.what, number, source, outcome.pence, outcome.value_source, outcome.year))
    refuse(rules.why_not_reason(why))
    typed = {"number": Decimal(number).quantize(Decimal("0.01")), "number_source": source}
    before = {each: getattr(outcome, each) for each in typed}
    changed = write_seen(outcome, seen, typed, {"number": str})
    if changed:
        outcome.save(update_fields=changed)
        keep_return(by, valuation, f"{outcome.what}: {changes_in_words(before, typed, changed)}", why)
    record("value.outcome_changed", subject=outcome, changed=changed)
    return outcome


@action
def withdraw_valued_outcome(*, by: Any, outcome: Outcome, why: str) -> Outcome:
    """It no longer counts. It stays, with the reason."""
    valuation = _held(by, outcome)
    refuse(rules.why_not_standing(outcome))
    refuse(rules.why_not_reason(why))
    outcome.withdrawn_at, outcome.withdrawn_why = clock.now(), one_line(why, 200)
    outcome.save(update_fields=["withdrawn_at", "withdrawn_why"])
    keep_return(by, valuation, f"Outcome withdrawn: {outcome.what}", why)
    record("value.outcome_withdrawn", subject=outcome)
    return outcome


@action
def change_assumption(
    *, by: Any, assumption: Assumption, cautious: Decimal, central: Decimal, hopeful: Decimal, source: str, why: str,
    seen: str | None = None,
) -> Assumption:  # fmt: skip
    """Assume something else, in three cases, and say where it is from."""
    outcome = assumption.outcome
    valuation = _held(by, outcome)
    assumption.hold()
    refuse(rules.why_not_standing(outcome))
    cost = shipped.unit_costs().get(outcome.code)
    typed: Mapping[str, Any] = {
        "cautious": Decimal(cautious), "central": Decimal(central), "hopeful": Decimal(hopeful), "source": one_line(source, 300),
    }  # fmt: skip
    refuse(
        rules.why_not_this_assumption(
            assumption.what,
            typed["cautious"],
            typed["central"],
            typed["hopeful"],
            typed["source"],
            bool(cost and cost.is_once),
        )
    )
    refuse(rules.why_not_reason(why))
    before = cases_in_words(assumption)
    changed = write_seen(assumption, seen, typed, dict.fromkeys(("cautious", "central", "hopeful"), str))
    if changed:
        assumption.save(update_fields=changed)
        name = What(assumption.what).label
        keep_return(by, valuation, f"{outcome.what}: {name} from {before} to {cases_in_words(assumption)}", why)
    record("value.assumption_changed", subject=outcome, what=assumption.what, changed=changed)
    return assumption


def _held(by: Any, outcome: Outcome) -> Valuation:
    """The valuation, then what hangs from it: always in that order, so that nobody waits for somebody who waits for them."""
    valuation = Valuation.objects.select_related("area").get(pk=outcome.valuation_id)
    valuation.hold()
    outcome.hold()
    refuse(rules.why_not_value(by, valuation.area))
    return valuation


@action
def load_price_index(
    *, by: Any, publication: str, publisher: str, published_on: dt.date, base: str, figures: Mapping[int, Decimal],
    key: uuid.UUID | None = None,
) -> PriceIndex:  # fmt: skip
    """Load a release of the deflator as it was published. From now on values are brought to one year's prices by it."""
    refuse(rules.why_not_load_index(by))
    publication, publisher, base = one_line(publication, 200), one_line(publisher, 120), one_line(base, 40)
    told = {str(year): str(figure) for year, figure in sorted(figures.items())}
    sent = key_of_sending(key, publication, publisher, published_on, base, told)
    made = PriceIndex.objects.filter(added_by=by, key=sent).first()
    if made is None:
        refuse(
            rules.why_not_this_index(
                publication, publisher, published_on, base, dict(figures), queries.newest_release(by)
            )
        )
        refuse(rules.why_not_like_the_last(figures, queries.index_held(by).figures))
        made = PriceIndex(
            reference=drawn_reference("PI"), publication=publication, publisher=publisher, published_on=published_on, base=base,
            figures=told, key=sent, added_by=by,
        )  # fmt: skip
        made.save(force_insert=True)
    record("value.index_loaded", subject=made, years=len(told))
    return made
