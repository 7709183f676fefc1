"""The rules in use: what the practice pack's frameworks say, with the authority's own thresholds, held against the feeds there are."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hearth.foundation.core.pack import Pack
from hearth.foundation.core.packs.indicators import Framework, Indicator, Threshold
from hearth.intelligence.feeds.layout import Layout, layouts

SINGLE = ("share", "events", "state")


@dataclass(frozen=True)
class Counts:
    """Where a rule counts: in which framework, under which code and need."""

    framework: str
    title: str
    version: str
    code: str
    need: str


@dataclass(frozen=True)
class Rule:
    """A rule as it is worked out. Frameworks that say the very same share one: `counts` names each of them."""

    indicator: Indicator
    counts: tuple[Counts, ...]
    own_threshold: str = ""

    @property
    def code(self) -> str:
        """What is stored with a flag."""
        return self.indicator.code

    @property
    def in_frameworks(self) -> str:
        """The frameworks that it counts in, in words."""
        return ", ".join(dict.fromkeys(each.title for each in self.counts))

    @property
    def fingerprint(self) -> str:
        """Changes when what is worked out changes; words do not count."""
        return _fingerprint(self.indicator)


@dataclass(frozen=True)
class Rules:
    """Every rule of the frameworks in use."""

    rules: tuple[Rule, ...]
    frameworks: tuple[Framework, ...]

    def find(self, code: str) -> Rule | None:
        """The rule with a code, or with that code in one of its frameworks."""
        return self._by_code.get(code)

    @cached_property
    def _by_code(self) -> dict[str, Rule]:
        return {each.code: rule for rule in reversed(self.rules) for each in rule.counts}

    @property
    def told(self) -> tuple[Rule, ...]:
        """Rules that something held could tell."""
        return tuple(rule for rule in self.rules if rule.indicator.can_be_told)

    @property
    def flagging(self) -> tuple[Rule, ...]:
        """Those of them that flag somebody by themselves."""
        return tuple(rule for rule in self.told if not rule.indicator.only_together)

    @property
    def feeds(self) -> tuple[str, ...]:
        """Every feed that a rule needs."""
        return tuple(sorted({feed for rule in self.rules for feed in rule.indicator.feeds}))

    @property
    def versions(self) -> dict[str, str]:
        """Each framework's version and a digest of its rules, for the account of a run."""
        return {one.code: f"{one.version} {digest(one)}" for one in self.frameworks}


def _fingerprint(rule: Indicator) -> str:
    said = {name: form.model_dump(mode="json") for name in (*SINGLE, "combination") if (form := getattr(rule, name))}
    apart = ["only together"] if rule.only_together else []
    return hashlib.sha256(json.dumps([rule.window, said, *apart], sort_keys=True).encode()).hexdigest()[:16]


def digest(framework: Framework) -> str:
    """Twelve letters that change when anything of a framework does."""
    return hashlib.sha256(framework.model_dump_json().encode()).hexdigest()[:12]


def rules_of(pack: Pack, on: dt.date) -> Rules:
    """The rules of the pack's frameworks that had begun on a day.

    A programme that has ended goes on to be worked out as long as the authority keeps its file: needs did not end with it.
    """
    own = {threshold.indicator: threshold for threshold in pack.indicators.thresholds}
    begun = tuple(framework for framework in pack.frameworks if framework.from_on <= on)
    found: dict[str, Rule] = {}
    for framework in reversed(begun):  # the newest gives the rule its code and words
        for given in framework.indicators:
            rule = _with_own(given, own.get(given.code))
            counts = Counts(framework.code, framework.title, framework.version, given.code, given.need)
            key = _fingerprint(rule) if rule.facts else given.code  # a combination counts its own framework's needs
            if key in found:
                before = found[key]
                found[key] = Rule(before.indicator, (*before.counts, counts), before.own_threshold)
            else:
                why = own[given.code].why if given.code in own else ""
                found[key] = Rule(rule, (counts,), why)
    return Rules(tuple(found.values()), begun)


def _with_own(rule: Indicator, threshold: Threshold | None) -> Indicator:
    if threshold is None:
        return rule
    if rule.share and threshold.at_least_percent:
        form = rule.share.model_copy(update={"at_least_percent": threshold.at_least_percent})
        return rule.model_copy(update={"share": form})
    if rule.events and threshold.at_least:
        return rule.model_copy(update={"events": rule.events.model_copy(update={"at_least": threshold.at_least})})
    if rule.combination and threshold.at_least:
        form2 = rule.combination.model_copy(update={"at_least": threshold.at_least})
        return rule.model_copy(update={"combination": form2})
    return rule


def faults(pack: Pack) -> list[str]:
    """Every rule of a pack that asks a feed for what it has not; sentences that name file and key."""
    found = []
    for framework in pack.frameworks:
        for number, rule in enumerate(framework.indicators, 1):
            place = f"framework-{framework.code}.toml: indicator[{number}] ({rule.code})"
            found += [f"{place}: {sentence}" for sentence in _faults_of(rule)]
    for number, threshold in enumerate(pack.indicators.thresholds, 1):
        rules = [rule for one in pack.frameworks for rule in one.indicators if rule.code == threshold.indicator]
        if rules and _with_own(rules[0], threshold) == rules[0]:
            found.append(f"indicators.toml: threshold[{number}]: changes nothing of {threshold.indicator}: mend it")
    return found


def _faults_of(rule: Indicator) -> Iterator[str]:
    facts = rule.facts
    if facts is None:
        return
    for feed in rule.feeds:
        if feed not in layouts():
            yield f"there is no feed {feed}; those known are {', '.join(layouts())}"
            return
    layout = layouts()[facts.feed]
    wanted = {*facts.where, *facts.begins, *facts.blank, *(name for ages in facts.ages for name in ages.where)}
    wanted |= _columns_of_form(rule)
    yield from _missing(layout, wanted)
    for also in facts.also:
        yield from _missing(layouts()[also.feed], set(also.where))
    yield from _unfit(rule, layout)


def _columns_of_form(rule: Indicator) -> set[str]:
    if rule.share:
        return {rule.share.column} if rule.share.column else {*rule.share.part, *rule.share.whole}
    if rule.state:
        return {name for name in (rule.state.begins_on, rule.state.ends_on) if name}
    return set()


def _missing(layout: Layout, wanted: set[str]) -> Iterator[str]:
    for name in sorted(wanted - {column.name for column in layout.columns}):
        yield f"{layout.code} has no column {name}: it has {', '.join(column.name for column in layout.columns)}"


def _unfit(rule: Indicator, layout: Layout) -> Iterator[str]:
    if not layout.subjects:
        yield f"{layout.code} is about nobody, so no rule can read it"
    if (rule.events or (rule.share and rule.share.column)) and not layout.happened:
        yield f"{layout.code} does not say when a row happened, so it can be a state and no more"
    if rule.facts and rule.facts.ages and "birth_date" not in layout.people:
        yield f"{layout.code} has no birth date, so no age can be asked for"
    if rule.share and rule.share.column:
        known = set(layout.words.get(rule.share.column, {}).values())
        for word in sorted({*rule.share.part, *rule.share.whole} - known):
            yield f"no mark of {layout.code} means {word}: marks mean {', '.join(sorted(known))}"
