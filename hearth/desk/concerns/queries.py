"""What a family of concern's page shows: flags and evidence, how fresh, what is not known, and who works with them already."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from hearth.casework.cases.feeding.writing import FEED as CASEWORK
from hearth.casework.cases.models import Case
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.queries import area_called
from hearth.casework.front_door.typed import TypedPerson
from hearth.foundation.audit.looks import looked
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.ui.filters import short_day
from hearth.intelligence.feeds.coverage import LOOKED_BACK, MEANS, Absence, whether_held
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.insight import queries as insight
from hearth.intelligence.insight import wording
from hearth.intelligence.insight.models import FamilyOfConcern, Flag
from hearth.records.people.models import Membership


@dataclass(frozen=True)
class NotKnown:
    """A feed that says nothing of a family, with which of the five reasons."""

    title: str
    reason: Absence

    @property
    def means(self) -> str:
        """The reason in a sentence."""
        return MEANS[self.reason]


@dataclass(frozen=True)
class Helper:
    """Somebody who works with them already, or whom to ring about it."""

    words: str
    contact: str = ""
    href: str = ""


def concern_page(reader: Any, reference: str) -> dict[str, Any]:
    """Everything the page shows. The look is on record, and so is each answer of the agreements."""
    family = insight.family_of(reader, reference)
    run, rules = insight.current_run(reader), insight.rules_now()
    hidden = insight.not_permitted(reader, run)
    looked(reader, "insight.family_of_concern_opened", family=None, subject=family)
    flags = wording.shown(insight.every_flag(family, hidden), family, rules, run)
    stand = [each for each in flags if each.flag.is_found and each.flag.state != Flag.State.DISMISSED]
    people = [each for each in family.people if f"{each['feed']} {each['organisation']}" not in hidden]
    return {
        "concern": family,
        "people": [
            {**each, "called": wording.names_of(family)[each["key"]], "born_words": _born(each)} for each in people
        ],
        "stand": stand,
        "past": [each for each in flags if each not in stand],
        "undecided": [each for each in stand if each.flag.state == Flag.State.OPEN],
        "decisions": [*enumerate_decisions(family, rules, hidden)],
        "told": insight.told_of(family),
        "run": run,
        "linked": bool(run and run.linked_by),
        "hidden": dict.fromkeys(hidden.values()),
        "not_known": not_known(family, rules.feeds, hidden),
        "helpers": helpers(reader, family, hidden),
        "request_of": Request.objects.visible_to(reader).filter(reference=family.request).first()
        if family.request
        else None,
    }


def _born(each: dict[str, Any]) -> str:
    return short_day(dt.date.fromisoformat(each["born"])) if each["born"] else ""


def enumerate_decisions(family: FamilyOfConcern, rules: Any, hidden: Any) -> list[tuple[int, Any, str]]:
    """Decisions, the newest first, with the number each has in an address and what it was about."""
    made = [each for each in insight.decisions_of(family) if not set(each.flag.sources) & set(hidden)]
    labels = {each.pk: rules.find(each.flag.rule) for each in made}
    return [
        (len(made) - place, each, labels[each.pk].indicator.label if labels[each.pk] else each.flag.rule)
        for place, each in enumerate(made)
    ]


def decision_of(family: FamilyOfConcern, number: int) -> Any:
    """The decision with that number, counted from the first."""
    made = list(reversed(insight.decisions_of(family)))
    return made[number - 1] if 0 < number <= len(made) else None


def not_known(family: FamilyOfConcern, feeds: tuple[str, ...], hidden: Any) -> list[NotKnown]:
    """Feeds that rules need and that say nothing of them, each with its reason."""
    until = clock.today()
    numbers = [(scheme, value) for scheme, _, value in (name.partition(":") for name in family.names) if value]
    found = []
    for feed in feeds:
        reason = whether_held(feed, numbers, hidden, from_on=until - LOOKED_BACK, until_on=until)
        if reason is not None:
            found.append(NotKnown(layouts()[feed].title, reason))
    return found


def helpers(reader: Any, family: FamilyOfConcern, hidden: Any) -> list[Helper]:
    """Cases that the reader may open; else whom to ring; and what feeds say of who works with them."""
    cases = _on_record(reader, family)
    own = {CASEWORK} if any(each.href for each in cases) else set()  # shown as it is today, not as it was last night
    return [*cases, *_by_feeds(family, hidden, own)]


def _register_keys(family: FamilyOfConcern) -> list[uuid.UUID]:
    found = []
    for name in family.names:
        try:
            found.append(uuid.UUID(name))
        except ValueError:
            continue
    return found


def _on_record(reader: Any, family: FamilyOfConcern) -> list[Helper]:
    keys = _register_keys(family)
    if not keys:
        return []
    homes = list(Membership.objects.filter(person__in=keys, until_on=None).values_list("family_id", flat=True))
    cases = Case.objects.visible_to(reader).open().filter(family__in=homes).select_related("lead", "family")
    found = [
        Helper(
            f"Early help: case {case.reference} is open",
            f"{case.lead.full_name} leads it" if case.lead else "Nobody leads it yet",
            f"/families/{case.family.reference}/",
        )
        for case in cases
    ]
    if found or homes:
        return found or [Helper("They are on record with early help, and no case is open")]
    words, authority = pack().words, pack().authority
    return [Helper("Somebody of them is on record with early help", f"Ring {words.front_door}, {authority.phone}")]


def _by_feeds(family: FamilyOfConcern, hidden: Any, without: Collection[str]) -> list[Helper]:
    names, found = wording.names_of(family), []
    for each in family.helpers:
        layout = layouts().get(each["feed"])
        if layout is None or each["feed"] in without or f"{each['feed']} {each['organisation']}" in hidden:
            continue
        status = (each["status"] or "").replace("_", " ")
        since = f" since {dt.date.fromisoformat(each['since']):%-d %B %Y}" if each["since"] else ""
        who = names.get(each["person"], "")
        words = f"{layout.title}{f': {status}' if status else ''}{since}{f' ({who})' if who else ''}"
        contact = ", ".join(part for part in (each["contact"], each["phone"], each["email"]) if part)
        found.append(Helper(words, f"Ring {contact}" if contact else "They did not say whom to ring"))
    return list(dict.fromkeys(found))


def first_words(shown: list[wording.Shown]) -> str:
    """What a request says of why help is offered, from the flags' own evidence."""
    lines = []
    for each in shown:
        who = f"{each.who}: " if each.who else ""
        lines.append(
            f"{who}{each.title}."
            + "".join(f"\n  {fact.words}{f' ({fact.source})' if fact.source else ''}" for fact in each.facts[:5])
        )
    return "Noticed by what partners sent, and looked at by a person:\n" + "\n".join(lines)


def typed_people(family: FamilyOfConcern, hidden: Any) -> list[TypedPerson]:
    """The people of a family of concern as a request names them: those a feed gives a name to, that the reader may see."""
    found = []
    for each in family.people:
        if not each["name"] or f"{each['feed']} {each['organisation']}" in hidden:
            continue
        given, _, surname = each["name"].rpartition(" ")
        born = dt.date.fromisoformat(each["born"]) if each["born"] else None
        is_child = born is not None and (clock.today() - born).days < 18 * 365.25
        found.append(
            TypedPerson(
                role="child" if is_child or born is None else "parent",
                given_name=given[:100],
                family_name=surname[:100],
                born_on=born,
                birth_precision="full" if born else "unknown",
                sex=each["sex"] if each["sex"] in ("M", "F") else "U",
            )
        )
    return found or [TypedPerson(role="child", given_name="", family_name=family.name[:100])]


def area_of(code: str) -> Any:
    """The district chosen for a request."""
    return area_called(code)
