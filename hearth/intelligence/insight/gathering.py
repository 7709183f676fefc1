"""What a run reads: the files that are held and may be worked with today, who is linked, and whom to leave out."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from hearth.foundation.core.reader import System
from hearth.intelligence.feeds import keeping, permits
from hearth.intelligence.feeds.engine import quoted
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.feeds.models import FeedLoad
from hearth.intelligence.insight import sql
from hearth.intelligence.insight.computing import Before, Source
from hearth.intelligence.insight.frameworks import Rules
from hearth.intelligence.insight.policies import IDENTITY
from hearth.intelligence.matching.queries import linked_persons

INSIGHT = System("system:insight", IDENTITY)


@dataclass
class Gathered:
    """Everything a run reads, and for the account of it what was left out."""

    sources: list[Source] = field(default_factory=list)
    used: list[dict[str, Any]] = field(default_factory=list)
    links: Path | None = None
    kept_apart: list[str] = field(default_factory=list)


def gather(rules: Rules, numbers: dict[str, int]) -> Gathered:
    """The committed files of feeds that a rule needs or that say who somebody is. Read as the identity.

    `numbers`: what sources were called in the run before, so that tallies can be added to.
    """
    found = Gathered(links=linked_persons())
    wanted = {*rules.feeds, *(code for code, layout in layouts().items() if layout.people or layout.subjects)}
    loads = FeedLoad.objects.filter(is_current=True, feed__in=sorted(wanted)).select_related("organisation", "area")
    decided: dict[tuple[str, Any], permits.Decision] = {}
    free = max(numbers.values(), default=-1) + 1
    for load in loads.order_by("feed", "organisation__name", "covers_from"):
        layout = layouts()[load.feed]
        if (load.feed, load.organisation_id) not in decided:
            decided[load.feed, load.organisation_id] = permits.may_use(INSIGHT, layout, load.organisation)
        decision = decided[load.feed, load.organisation_id]
        told = {
            "feed": load.feed, "organisation": str(load.organisation_id), "name": load.organisation.name, "load": load.reference,
            "hash": load.rows_hash, "from": str(load.covers_from), "until": str(load.covers_until), "as_at": str(load.as_at),
            "rows": load.rows_held, "area": str(load.area_id or ""), "left_out": "" if decision.kind == permits.PERMIT else decision.reason,
        }  # fmt: skip
        found.used.append(told)
        if told["left_out"]:
            continue
        source = Source(
            0, load.feed, str(load.organisation_id), keeping.admitted(load), load.covers_from, load.covers_until,
            load.reference, load.period, str(load.area_id or ""),
        )  # fmt: skip
        number = numbers.get(source.key, free)
        free += number == free
        told["number"] = number
        found.sources.append(Source(**{**source.__dict__, "number": number}))
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_names_kept_apart()")
        found.kept_apart = [name for (name,) in cursor.fetchall()]
    return found


def tallied(work: Any, folder: Path) -> None:
    """Note beside each tally what it counts and how far, so that the next run can go on from there."""
    for code, layout in work.layouts.items():
        tally = sql.tally_of([rule.indicator for rule in work.rules.told], layout, work.as_at)
        if tally is None:
            continue
        rows = work.engine.execute(
            f"select source, max({layout.happened}), count(*) from feed_{code} where {layout.happened} <= {sql.day(work.as_at)} group by source"
        ).fetchall()
        counted = {number: (str(last), many) for number, last, many in rows}
        said = {
            "counts": _signature(tally),
            "sources": {
                s.key: {"number": s.number, "load": s.load, "counted": counted.get(s.number)}
                for s in work.sources
                if s.feed == code
            },
        }
        (folder / f"tally_{code}.json").write_text(json.dumps(said))


def _signature(tally: sql.Tally) -> list[Any]:
    return [[name, str(window.from_on), sorted(words)] for name, (window, words) in tally.counted.items()]


def numbers_before(folder: Path | None) -> dict[str, int]:
    """What each source was called in an earlier run."""
    found: dict[str, int] = {}
    for path in sorted(folder.glob("tally_*.json")) if folder else ():
        found |= {key: each["number"] for key, each in json.loads(path.read_text())["sources"].items()}
    return found


def going_on_from(folder: Path | None, work: Any) -> dict[str, Before]:
    """By feed, the tally of an earlier run that only later days need to be added to; none where anything before them changed."""
    found = {}
    for path in sorted(folder.glob("tally_*.json")) if folder else ():
        code = path.stem.removeprefix("tally_")
        before, layout = json.loads(path.read_text()), work.layouts.get(code)
        tally = sql.tally_of([rule.indicator for rule in work.rules.told], layout, work.as_at) if layout else None
        if tally is None or before["counts"] != json.loads(json.dumps(_signature(tally))):
            continue
        mine = [source for source in work.sources if source.feed == code]
        if set(before["sources"]) <= {source.key for source in mine} and _only_added(before["sources"], mine):
            counted = _counted_to(before["sources"], mine)
            if _as_many_as_then(work.engine, layout, counted, before["sources"], mine):
                found[code] = Before(path.with_suffix(".parquet"), counted)
    return found


def _counted_to(before: dict[str, Any], sources: Sequence[Source]) -> dict[int, dt.date]:
    pairs = [(source.number, (before.get(source.key) or {}).get("counted")) for source in sources]
    return {number: dt.date.fromisoformat(counted[0]) for number, counted in pairs if counted}


def _only_added(before: dict[str, Any], sources: Sequence[Source]) -> bool:
    """Whether each load followed, file by file, from the one that was read then, and no row changed or went on the way."""
    for source in sources:
        then = before.get(source.key)
        if then is None or then["load"] == source.load:
            continue
        load = FeedLoad.objects.select_related("follows").filter(reference=source.load).first()
        while load is not None and load.reference != then["load"]:
            if load.changed or load.gone:
                return False
            load = load.follows
        if load is None:
            return False
    return True


def _as_many_as_then(
    engine: Any, layout: Any, counted: dict[int, dt.date], before: dict[str, Any], sources: Sequence[Source]
) -> bool:
    """Whether there are as many rows up to the day that was counted to as there were: else some were added behind it."""
    for source in sources:
        then = (before.get(source.key) or {}).get("counted")
        if then is None:
            continue
        rows = engine.execute(
            f"select count(*) from read_parquet({quoted(str(source.path))}) where {layout.happened} <= {sql.day(counted[source.number])}"
        ).fetchone()[0]
        if rows != then[1]:
            return False
    return True
