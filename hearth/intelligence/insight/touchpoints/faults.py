"""What a pathway asks of feeds, held against the feeds there are: sentences that name file and key."""

from collections.abc import Iterator

from hearth.foundation.core.pack import Pack
from hearth.foundation.core.packs.pathways import Evidence
from hearth.intelligence.feeds.layout import Layout, layouts


def faults(pack: Pack) -> list[str]:
    """Every touchpoint of a pack whose evidence asks a feed for what it has not."""
    return [
        f"pathway-{pathway.code}.toml: touchpoint[{number}].evidence ({point.code}): {sentence}"
        for pathway in pack.pathways
        for number, point in enumerate(pathway.touchpoints, 1)
        if point.evidence
        for sentence in _faults_of(point.evidence)
    ]


def _faults_of(given: Evidence) -> Iterator[str]:
    layout = layouts().get(given.feed)
    if layout is None:
        yield f"there is no feed {given.feed}; those known are {', '.join(layouts())}"
        return
    if not layout.subjects:
        yield f"{given.feed} is about nobody, so it can tell of no child"
    known = {column.name: column for column in layout.columns}
    days = [name for name in (given.met_on, given.due_on) if name]
    for name in sorted({*days, *given.where} - set(known)):
        yield f"{given.feed} has no column {name}: it has {', '.join(known)}"
    for name in days:
        if name in known and known[name].type != "date":
            yield f"{name} of {given.feed} is no day"
    yield from _never(given, layout)


def _never(given: Evidence, layout: Layout) -> Iterator[str]:
    """Values that a column of codes never has."""
    for name, values in given.where.items():
        codes = next((column.codes for column in layout.columns if column.name == name), ())
        for value in values:
            if codes and value not in codes:
                yield f'{name} of {layout.code} is never "{value}": it is {", ".join(codes)}'
