"""Evidence in words: what a rule rests on, sentence by sentence, each with its days and who sent it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from hearth.foundation.core.text import upper_first
from hearth.foundation.ui.filters import count, short_day
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.insight.frameworks import Rule, Rules
from hearth.intelligence.insight.models import FamilyOfConcern, Flag, InsightRun


@dataclass(frozen=True)
class Fact:
    """One fact of a flag's evidence."""

    words: str
    source: str
    as_at: str = ""


@dataclass(frozen=True)
class Shown:
    """A flag as a page shows it."""

    flag: Flag
    rule: Rule | None
    title: str
    who: str
    facts: list[Fact] = field(default_factory=list)

    @property
    def more(self) -> int:
        """Facts beyond those kept."""
        return max(self.flag.facts - len(self.facts), 0)


def names_of(family: FamilyOfConcern) -> dict[str, str]:
    """What to call each person of a family of concern, by their key."""
    return {each["key"]: each["name"] or _number(each["key"]) for each in family.people}


def _number(key: str) -> str:
    scheme, _, value = key.partition(":")
    return f"{scheme.replace('_', ' ')} {value}" if value else key


def shown(flags: list[Flag], family: FamilyOfConcern, rules: Rules, run: InsightRun | None) -> list[Shown]:
    """Flags with their evidence in words."""
    names, used = names_of(family), _used(run)
    found = []
    for flag in flags:
        rule = rules.find(flag.rule)
        title = rule.indicator.label if rule else f"A rule that is no longer in use ({flag.rule})"
        facts = [_fact(each, rule, rules, names, used) for each in flag.evidence]
        found.append(
            Shown(flag, rule, title, names.get(flag.person, "" if flag.person == family.key else flag.person), facts)
        )
    return found


def _used(run: InsightRun | None) -> dict[str, dict[str, Any]]:
    used: dict[str, dict[str, Any]] = {}
    for each in run.used if run else []:
        key = f"{each['feed']} {each['organisation']}"
        if key not in used or each["as_at"] > used[key]["as_at"]:
            used[key] = each
    return used


def _fact(
    each: dict[str, Any], rule: Rule | None, rules: Rules, names: dict[str, str], used: dict[str, dict[str, Any]]
) -> Fact:
    if rule is not None and rule.indicator.combination:
        part = rules.find(each["said"])
        label = part.indicator.label if part else each["said"]
        return Fact(f"{names.get(each['person'], each['person'])}: {label}", "")
    load = used.get(f"{each['feed']} {each['organisation']}", {})
    layout = layouts().get(each["feed"])
    source = ", ".join(part for part in (layout.title if layout else each["feed"], load.get("name", "")) if part)
    return Fact(_words(each, rule, layout), source, short_day(dt.date.fromisoformat(load["as_at"])) if load else "")


def _words(each: dict[str, Any], rule: Rule | None, layout: Any) -> str:
    on, until = _day(each["on"]), _day(each["until"])
    if each["whole"]:
        share = f"{100 * each['part'] / each['whole']:.1f}".removesuffix(".0")
        days = " to ".join(short_day(day) for day in (on, until) if day)
        sent = count(each["whole"], "session", "sessions")
        return f"Missed {each['part']:,} of {sent} sent to us ({share}%), of the time {days}"
    said = _meant(each["said"], rule, layout)
    if rule is not None and rule.indicator.events:
        return ": ".join(part for part in (short_day(on) if on else "Day not sent", said) if part)
    since = f"since {short_day(on)}" if on else "as it was sent"
    return f"{said or 'So'} {since}{f', until {short_day(until)}' if until and until != on else ''}"


def _meant(said: str, rule: Rule | None, layout: Any) -> str:
    """What codes mean, where the feed says so; what was sent, where it does not."""
    facts = rule.indicator.facts if rule is not None else None
    columns = list(dict.fromkeys([*facts.where, *facts.begins])) if facts else []
    parts = said.split(" · ")
    if layout is None or len(columns) != len(parts):
        return said
    meant = [
        layout.meaning(column, part) or _coded(layout, column, part)
        for column, part in zip(columns, parts, strict=True)
        if part
    ]
    return ", ".join(meant)


def _coded(layout: Any, column: str, part: str) -> str:
    """A code such as `child_in_need` or `open`, with the column where the code alone says nothing."""
    plain = part.replace("_", " ")
    return f"{column.replace('_', ' ').capitalize()} {plain}" if part in ("open", "closed") else upper_first(plain)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
