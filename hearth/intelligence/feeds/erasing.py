"""Takes one person out of everything that feeds hold: rows, columnar files, and rows that were set aside."""

from pathlib import Path
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean
from hearth.intelligence.feeds import keeping
from hearth.intelligence.feeds.checking import stored
from hearth.intelligence.feeds.engine import connect, quoted
from hearth.intelligence.feeds.layout import Layout, layouts
from hearth.intelligence.feeds.models import FeedLoad, FeedSubject, RowSetAside


def why_not_erase(user: Any, scheme: str, value: str, why: str) -> Refusal | None:
    """Erasing is information governance's, by a kind of number that some feed knows, and for a reason."""
    if not (user.may("load_feeds") and user.may("govern_agreements")):
        return Refusal("feeds.may_not_erase", "Information governance erases people from feeds. Ask them.")
    known = sorted({known for layout in layouts().values() for known in layout.subjects})
    if scheme not in known:
        return Refusal("feeds.no_such_number", f"No feed knows people by {scheme}. Numbers are: {', '.join(known)}.")
    if not value.strip() or not why.strip():
        return Refusal("feeds.erase_what", "Say which number, and why.")
    return None


@action
def erase_person(*, by: Any, scheme: str, value: str, why: str) -> int:
    """Take out every row about somebody, by a number; gives how many rows went. Whoever sent them must erase them too.

    A file that is written anew has a name of its own, so that whoever is stopped on the way has changed nothing.
    """
    refuse(why_not_erase(by, scheme, value, why))
    gone = 0
    for load in FeedLoad.objects.filter(kept=True).exclude(rows_hash="").order_by("id"):
        layout = layouts().get(load.feed)
        if layout is not None and scheme in layout.subjects:
            load.hold()
            gone += _erase_from(load, layout, scheme, value)
    record("feeds.person_erased", scheme=scheme, rows=gone, why=clean(why)[:200])
    return gone


def _erase_from(load: FeedLoad, layout: Layout, scheme: str, value: str) -> int:
    column = layout.subjects[scheme]
    _forget_rows_aside(load, column, value)
    if not FeedSubject.objects.filter(load=load, scheme=scheme, value=value).exists():
        return 0
    theirs = f"{column} is not null and {column}::varchar = {quoted(value)}"
    before, making = keeping.admitted(load), keeping.make_folder(load) / "erasing"
    engine = connect(keeping.folder_of(load) / "spill")
    try:
        rows = f"read_parquet({quoted(str(before))})"
        gone = engine.execute(f"select count(*) from {rows} where {theirs}").fetchall()[0][0]
        for other, there in layout.subjects.items():
            others = engine.execute(
                f"select distinct {there}::varchar from {rows} where {theirs} except"
                f" select {there}::varchar from {rows} where not ({theirs})"
            ).fetchall()
            FeedSubject.objects.filter(load=load, scheme=other, value__in=[number for (number,) in others]).delete()
        engine.execute(
            f"copy (select {', '.join(stored(layout))} from {rows} where not ({theirs}))"
            f" to {quoted(str(making))} (format parquet, compression zstd)"
        )
        _erase_from_staged(engine, keeping.staged_path(load), column, value)
    finally:
        engine.close()
    load.rows_hash, load.rows_held, load.examples = keeping.hash_of(making), load.rows_held - gone, {}
    keeping.put_in_place(making, keeping.rows_path(load))
    load.save(update_fields=["rows_hash", "rows_held", "examples"])
    return int(gone)


def _erase_from_staged(engine: Any, staged: Path, column: str, value: str) -> None:
    """A file that waits to be committed is checked again when a row is put right: they are taken out of it too."""
    if not staged.is_file():
        return
    making = staged.with_name("erasing_staged")
    theirs = f"coalesce(tidied({column}) = {quoted(value)}, false)"
    engine.execute(
        f"copy (select * from read_parquet({quoted(str(staged))}) where not {theirs}) to {quoted(str(making))} (format parquet)"
    )
    keeping.put_in_place(making, staged)


def _forget_rows_aside(load: FeedLoad, column: str, value: str) -> None:
    rows = RowSetAside.objects.filter(load=load)
    for row in rows.filter(**{f"cells__{column}": value}) | rows.filter(text__contains=value):
        row.cells, row.text = {}, ""
        row.save(update_fields=["cells", "text"])
