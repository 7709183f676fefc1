"""Reads: runs, the list of families of concern, one of them with its evidence, how right each rule is, the map of need."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404

from hearth.foundation.accounts.models import Area, Organisation
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.reader import System, acting_as
from hearth.intelligence.feeds import permits
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.insight.figures import Interval
from hearth.intelligence.insight.frameworks import Rule, Rules, rules_of
from hearth.intelligence.insight.models import FamilyOfConcern, FamilyTold, Flag, FlagDecision, InsightRun

STANDS = Q(is_found=True) & ~Q(state=Flag.State.DISMISSED)


def rules_now() -> Rules:
    """The rules of the pack in use."""
    return rules_of(pack(), clock.today())


def current_run(reader: Any) -> InsightRun | None:
    """The run whose flags stand."""
    return InsightRun.objects.visible_to(reader).filter(is_current=True).select_related("by").first()


def run_going_on(reader: System) -> InsightRun | None:
    """The run that is being worked out at this moment, for the job that waits for its end."""
    with acting_as(reader):
        return InsightRun.objects.filter(state=InsightRun.State.RUNNING).first()


def runs(reader: Any, page: Any = 1) -> Page:
    """Runs, the newest first."""
    return page_of(
        InsightRun.objects.visible_to(reader).select_related("by", "ended_by").order_by("-created_at", "id"), page, 20
    )


def run_of(reader: Any, reference: str) -> InsightRun:
    """One run, or a page that never says whether it exists."""
    run = InsightRun.objects.visible_to(reader).select_related("by", "ended_by").filter(reference=reference).first()
    if run is None:
        raise Http404
    return run


def not_permitted(reader: Any, run: InsightRun | None) -> dict[str, str]:
    """What a run read that the agreements do not let this reader see today: "feed organisation", and why. Each answer is on record."""
    pairs = sorted({(each["feed"], each["organisation"]) for each in (run.used if run else []) if not each["left_out"]})
    sources = {str(key): each for key, each in Organisation.objects.in_bulk({key for _, key in pairs}).items()}
    known = [(layouts()[feed], sources[key]) for feed, key in pairs if key in sources and feed in layouts()]
    decided = permits.may_show_each(reader, known)
    found = {}
    for feed, key in pairs:
        decision = decided.get((feed, sources[key].id)) if key in sources else None
        if decision is None:
            found[f"{feed} {key}"] = "It is no longer known who sent it."
        elif decision.kind != permits.PERMIT:
            found[f"{feed} {key}"] = decision.reason
    return found


def families(
    reader: Any, hidden: Collection[str] = (), *, area: str = "", rule: str = "", decided: str = "", page: Any = 1
) -> Page:
    """A page of families of concern: those with most flags first, then by the newest evidence."""
    rows = FamilyOfConcern.objects.visible_to(reader).filter(open_flags__gt=0)
    if area:  # by its key, so that rows are read from the index of an area, and none of another is looked at
        known = None if area == "none" else Area.objects.filter(code=area).values_list("id", flat=True).first()
        rows = rows.filter(area=known) if known or area == "none" else rows.none()
    if decided:
        rows = rows.filter(undecided=0) if decided == "yes" else rows.filter(undecided__gt=0)
    flags = Flag.objects.filter(STANDS, family=OuterRef("pk"))
    if hidden:
        flags = flags.exclude(sources__overlap=list(hidden))
    if rule:
        rows = rows.filter(Exists(flags.filter(rule=rule)))
    elif hidden:
        rows = rows.filter(Exists(flags))
    found = page_of(rows.order_by("-open_flags", "-latest_on", "id").defer("people", "helpers", "names"), page)
    standing = flags_of(found.rows, hidden)
    areas = dict(
        Area.objects.filter(pk__in={row.area_id for row in found.rows if row.area_id}).values_list("id", "name")
    )
    for row in found.rows:
        row.flagged, row.district = standing[row.pk], areas.get(row.area_id, "")
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """A flag as a list shows it: its rule."""

    rule: str


def flags_of(families: Iterable[FamilyOfConcern], hidden: Collection[str]) -> dict[Any, list[Standing]]:
    """The flags that stand, by family, as far as the reader may see what they rest on: one query."""
    found: dict[Any, list[Standing]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_standing_flags(%s)", [[family.pk for family in families]])
        for family, rule, sources in cursor.fetchall():
            if not set(sources) & set(hidden):
                found[family].append(Standing(rule))
    return found


def family_of(reader: Any, reference: str) -> FamilyOfConcern:
    """One family of concern, or a page that never says whether it exists."""
    family = FamilyOfConcern.objects.visible_to(reader).select_related("area").filter(reference=reference).first()
    if family is None:
        raise Http404
    return family


def every_flag(family: FamilyOfConcern, hidden: Collection[str] = ()) -> list[Flag]:
    """All flags of a family, dismissed and past ones too, that the reader may see."""
    rows = Flag.objects.filter(family=family).order_by("-is_found", "state", "-latest_on", "rule")
    return [flag for flag in rows if not set(flag.sources) & set(hidden)]


def open_flags(family: FamilyOfConcern, hidden: Collection[str] = ()) -> list[Flag]:
    """Those that nobody has decided."""
    return [flag for flag in every_flag(family, hidden) if flag.is_found and flag.state == Flag.State.OPEN]


def standing_flags(family: FamilyOfConcern, hidden: Collection[str] = ()) -> list[Flag]:
    """Those that nobody has decided, and those that somebody has confirmed."""
    return [flag for flag in every_flag(family, hidden) if flag.is_found and flag.state != Flag.State.DISMISSED]


def decisions_of(family: FamilyOfConcern) -> list[FlagDecision]:
    """What was decided, the newest first; what was undone among it."""
    rows = FlagDecision.objects.filter(family=family).select_related("by__organisation", "undone_by", "flag", "family")
    return list(rows.order_by("-created_at", "id"))


def told_of(family: FamilyOfConcern) -> list[FamilyTold]:
    """Whether and how the family was told, the newest first."""
    return list(FamilyTold.objects.filter(family=family).select_related("by").order_by("-created_at", "id"))


@dataclass(frozen=True)
class HowRight:
    """How often people who looked found a rule right: `right` of those decided, with the range it lies in."""

    rule: Rule
    interval: Interval
    offered: int


def how_right(reader: Any) -> list[HowRight]:
    """Each rule with what people decided of its flags, in the districts that the reader sees: one query."""
    kind = FlagDecision.Kind
    rows = FlagDecision.objects.visible_to(reader).filter(undone_at=None).values("flag__rule").annotate(
        all=Count("id"), wrong=Count("id", filter=Q(kind=kind.DISMISSED)), offered=Count("id", filter=Q(kind=kind.OFFERED))
    )  # fmt: skip
    counted = {row["flag__rule"]: row for row in rows}
    found = []
    for rule in rules_now().rules:
        row = counted.get(rule.code, {"all": 0, "wrong": 0, "offered": 0})
        found.append(HowRight(rule, Interval(row["all"] - row["wrong"], row["all"]), row["offered"]))
    return found


@dataclass(frozen=True)
class Need:
    """Families of concern in a district; None where they are too few to be shown. `held`: some file that was read is about it."""

    code: str
    name: str
    goes_live_on: dt.date | None
    families: int | None
    held: bool

    @property
    def is_known(self) -> bool:
        """Whether the figure says anything: a nought where nothing is held does not."""
        return self.held or self.families != 0


def need_by_district(reader: Any) -> list[Need]:
    """How many families of concern each district has, small numbers left out by the database itself: one query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_concern_counts(%s) order by name", [pack().indicators.fewest_shown])
        return [Need(*row) for row in cursor.fetchall()]


WAYS_OF_TELLING = [(str(value), str(label)) for value, label in FamilyTold.How.choices]
