"""Takes one person out of feeds and of everything that was made of them: the file of who is who, what is known, and pairs."""

import uuid
from typing import Any

import pyarrow as pa

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds import erasing, keeping
from hearth.intelligence.feeds.engine import connect, quoted
from hearth.intelligence.feeds.models import FeedLoad, FeedSubject
from hearth.intelligence.matching import queries
from hearth.intelligence.matching.actions import EMPTIED, take_turns
from hearth.intelligence.matching.models import LinkRun, MatchPair


@action
def forget_person(*, by: Any, scheme: str, value: str, why: str) -> int:
    """Erase somebody by a number from every feed and from who is who; gives how many rows of feeds went.

    Numbers of theirs that no feed holds any more go too. What is known of records is let go of whole: the next run links all again.
    """
    take_turns()
    gone = erasing.erase_person(by=by, scheme=scheme, value=value, why=why)
    numbers = [f"{scheme}:{value}"]
    run = queries.run_in_force()
    if run is not None and run.rows_hash:
        run.hold()
        numbers = sorted({*numbers, *_erase_from(run, scheme, value)})
    pairs = MatchPair.objects.filter(numbers__overlap=numbers)
    for pair in pairs:
        for name, emptied in EMPTIED.items():
            setattr(pair, name, emptied)
        pair.state, pair.numbers, pair.about = MatchPair.State.ERASED, [], []
        pair.one_key, pair.other_key, pair.register_person = f"erased {uuid.uuid4()}", f"erased {uuid.uuid4()}", None
        pair.save()
    defer("matching.tidy", by=by.id)
    record("matching.person_erased", scheme=scheme, rows=gone)
    return gone


def _erase_from(run: LinkRun, scheme: str, value: str) -> list[str]:
    """Write the file of who is who anew without what no feed holds any more of them; gives their numbers that went.

    A file that is not the one that was admitted does not stand in the way: it is in force no longer, and goes.
    """
    try:
        before, making = queries.file_of(run), keeping.make_folder(run) / "erasing"
    except Refused:
        run.is_current, run.known_hashes = False, {}
        run.save(update_fields=["is_current", "known_hashes"])
        keeping.let_go(run)
        return []
    engine = connect(keeping.folder_of(run) / "spill")
    try:
        rows = f"read_parquet({quoted(str(before))})"
        theirs = engine.execute(
            f"select feed, organisation, scheme, value from {rows} where person in"
            f" (select person from {rows} where scheme = ? and value = ?)",
            [scheme, value],
        ).fetchall()
        lost = [row for row in theirs if row[2:] == (scheme, value) or not _is_held(*row)]
        columns = list(zip(*lost, strict=True)) or [(), (), (), ()]
        table = dict(zip(("feed", "organisation", "scheme", "value"), map(list, columns), strict=True))
        engine.register("lost", pa.table(table, schema=pa.schema([(name, pa.string()) for name in table])))
        engine.execute(
            f"copy (select r.* from {rows} r anti join lost using (feed, organisation, scheme, value)"
            f" order by feed, organisation, scheme, value) to {quoted(str(making))} (format parquet, compression zstd)"
        )
    finally:
        engine.close()
    run.rows_hash, run.known_hashes = keeping.hash_of(making), {}
    keeping.put_in_place(making, keeping.rows_path(run))
    run.save(update_fields=["rows_hash", "known_hashes"])
    return [f"{kind}:{number}" for _, _, kind, number in lost]


def _is_held(feed: str, organisation: str, scheme: str, value: str) -> bool:
    loads = FeedLoad.objects.filter(feed=feed, organisation_id=organisation, is_current=True)
    return FeedSubject.objects.filter(load__in=loads, scheme=scheme, value=value).exists()


def let_go_of_erased() -> None:
    """Everything of the run in force but its file: what it was before somebody was erased, and what was known of them."""
    run = queries.run_in_force()
    if run is not None and not run.known_hashes:
        keeping.let_go_of_staged(run)
