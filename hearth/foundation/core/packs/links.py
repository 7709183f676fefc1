"""What must agree between lists and files: codes that name other codes, codes given twice, codes left out.

It reads what the files say before any of it is known to be sound, so that every fault is found at once.
"""

from collections.abc import Iterator
from typing import Any

from hearth.foundation.core.packs.faults import Fault, Place, key_of, nearest, shown
from hearth.foundation.core.packs.front_door import OUTCOMES
from hearth.foundation.core.packs.panels import DECISIONS
from hearth.foundation.core.packs.reading import Source
from hearth.foundation.core.packs.request_form import ASKERS
from hearth.foundation.core.packs.retention import RECORD_KINDS
from hearth.foundation.core.packs.sharing import CATEGORIES

Found = tuple[Place, Any]

# (file, where, file that must have it, where there). [] is every item of a list.
NAMES = (
    ("areas.toml", "locality[].kind", "areas.toml", "kind[].code"),
    ("areas.toml", "locality[].parent", "areas.toml", "locality[].code"),
    ("areas.toml", "district[].kind", "areas.toml", "kind[].code"),
    ("areas.toml", "district[].locality", "areas.toml", "locality[].code"),
    ("organisations.toml", "kind[].sector", "organisations.toml", "sector[].code"),
    ("front_door.toml", "outcome[].levels[]", "levels.toml", "level[].code"),
    ("panels.toml", "kind[].sectors[]", "organisations.toml", "sector[].code"),
    ("panels.toml", "kind[].shows[]", "sharing.toml", "category[].code"),
    ("panels.toml", "kind[].reports_to", "panels.toml", "kind[].code"),
    ("measures.toml", "measure[].outcome", "measures.toml", "outcome[].code"),
    ("measures.toml", "measure[].tolerance", "measures.toml", "tolerance[].code"),
    ("measures.toml", "measure[].target[].area", "areas.toml", "district[].code"),
    ("measures.toml", "measure[].about[]", "plans.toml", "outcome_area[].code"),
    ("measures.toml", "project[].tolerance", "measures.toml", "tolerance[].code"),
    ("measures.toml", "mistakes[]", "closure.toml", "reason[].code"),
)
# The same of each pathway, whose files have names of their own.
NAMES_OF_A_PATHWAY = (
    ("touchpoint[].stage", "", "stage[].code"),
    ("touchpoint[].needs[]", "directory.toml", "need[].code"),
)
# Lists whose values may be given once only, besides the codes of each single list.
ONCE = (
    ("areas.toml", ("locality[].code", "district[].code")),
    ("areas.toml", ("district[].gss_code",)),
    ("calendar.toml", ("bank_holiday[].on",)),
    ("levels.toml", ("level[].number",)),
    ("request_form.toml", ("asker[].question[].code",)),
    ("retention.toml", ("rule[].record",)),
)
# Codes that are fixed, because access, work or destruction turns on them: each must be there.
FIXED = (
    ("front_door.toml", "outcome[].code", OUTCOMES),
    ("panels.toml", "decision[].code", DECISIONS),
    ("request_form.toml", "asker[].code", ASKERS),
    ("retention.toml", "rule[].record", RECORD_KINDS),
    ("sharing.toml", "category[].code", CATEGORIES),
)


def disagreements(sources: dict[str, Source]) -> list[Fault]:
    """Every fault between lists and files. A file that could not be read is passed over."""
    found = [*_names(sources), *_twice(sources), *_left_out(sources), *_rings(sources)]
    return list(dict.fromkeys(found))


def at(values: Any, path: str) -> Iterator[Found]:
    """Every value at a path such as outcome[].levels[], with its place; anything of the wrong shape is passed over."""
    return _at(values, path.replace("[]", ".[]").split("."), ())


def _at(values: Any, steps: list[str], place: Place) -> Iterator[Found]:
    if not steps:
        yield place, values
    elif steps[0] == "[]":
        for number, item in enumerate(values if isinstance(values, list) else ()):
            yield from _at(item, steps[1:], (*place, number))
    elif isinstance(values, dict) and steps[0] in values:
        yield from _at(values[steps[0]], steps[1:], (*place, steps[0]))


def _fault(source: Source, place: Place, sentence: str) -> Fault:
    return Fault(source.file_of.get(str(place[0]), source.file), key_of(place), sentence)


def _names(sources: dict[str, Source]) -> Iterator[Fault]:
    pathways = [file for file in sources if file.startswith("pathway-")]
    of_pathways = [
        (file, where, other or file, there) for file in pathways for where, other, there in NAMES_OF_A_PATHWAY
    ]
    for file, where, other, there in (*NAMES, *of_pathways):
        if file not in sources or other not in sources:
            continue
        known = {value for _, value in at(sources[other].values, there) if isinstance(value, str)}
        for place, value in at(sources[file].values, where):
            if isinstance(value, str) and value not in known:
                wanted = f"[[{there.split('[')[0]}]]" + ("" if other == file else f" in {other}")
                yield _fault(
                    sources[file],
                    place,
                    f'names "{value}", which is not the code of a {wanted}: {nearest(value, known)}',
                )


def _twice(sources: dict[str, Source]) -> Iterator[Fault]:
    for file, source in sources.items():
        for places in _lists_of_codes(source.values, ()):
            yield from _repeats(source, places)
        for named, paths in ONCE:
            if named == file:
                yield from _repeats(source, [found for path in paths for found in at(source.values, path)])
        if file.startswith("assessment-form-"):
            yield from _repeats(source, list(at(source.values, "section[].question[].code")))


def _lists_of_codes(values: Any, place: Place) -> Iterator[list[Found]]:
    """The codes of each list of tables, however deep it lies."""
    if isinstance(values, dict):
        for key, value in values.items():
            yield from _lists_of_codes(value, (*place, key))
    elif isinstance(values, list):
        yield [
            ((*place, n, "code"), item["code"])
            for n, item in enumerate(values)
            if isinstance(item, dict) and "code" in item
        ]
        for number, value in enumerate(values):
            yield from _lists_of_codes(value, (*place, number))


def _repeats(source: Source, places: list[Found]) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for place, value in places:
        written = shown(value)
        if written in first:
            yield _fault(source, place, f"is {written}, and so is {key_of(first[written])}: change one of them")
        else:
            first[written] = place


def _left_out(sources: dict[str, Source]) -> Iterator[Fault]:
    for file, where, fixed in FIXED:
        if file not in sources:
            continue
        there = {value for _, value in at(sources[file].values, where) if isinstance(value, str)}
        table, key = where.split("[].")
        for code in fixed:
            if code not in there:
                yield _fault(sources[file], (table,), f'needs one with {key} = "{code}": add a [[{table}]]')


def _rings(sources: dict[str, Source]) -> Iterator[Fault]:
    """Localities that lie in each other, round and round."""
    source = sources.get("areas.toml")
    if source is None:
        return
    tables = [(place, item) for place, item in at(source.values, "locality[]") if isinstance(item, dict)]
    parents = {str(item.get("code")): item.get("parent") for _, item in tables}
    for place, item in tables:
        seen, code = set(), str(item.get("code"))
        while isinstance(parents.get(code), str) and code not in seen:
            seen.add(code)
            code = str(parents[code])
        if code in seen and code == str(item.get("code")):
            yield _fault(source, (*place, "parent"), "leads round to itself: a locality cannot lie in itself")
