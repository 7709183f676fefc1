"""Send a partner's file, decide rows that were set aside, and commit the load, or take it back, as one."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import IO, Any

from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.intelligence.feeds import permits, queries, rules
from hearth.intelligence.feeds.layout import layout_of
from hearth.intelligence.feeds.models import FeedFilePart, FeedLoad, FeedSubject, RowSetAside

PART = 4 << 20
STATE = FeedLoad.State
COUNTS = ("new", "changed", "same", "gone", "set_aside", "flagged")


@action
def send_file(
    *, by: Any, feed: str, organisation: Any, covers_from: dt.date, covers_until: dt.date, file: IO[bytes], file_name: str,
    as_at: dt.date | None = None, area: Any = None, keep: bool = True, sent_with: Any = None,
) -> FeedLoad:  # fmt: skip
    """Take a file to be read. The same file sent again is the same load. Without an agreement nothing of it is kept.

    `keep` puts the bytes where the worker finds them; a command reads its file where it lies. `sent_with` is the token of
    the machine that sent it, where one did.
    """
    layout, as_at = layout_of(feed), as_at or min(covers_until, clock.today())
    refuse(rules.why_not_send(by, layout, organisation, covers_from, covers_until, as_at))
    assert layout is not None  # noqa: S101 - why_not_send refuses it
    permit = permits.may_load(by, layout, organisation)
    refuse(permit.refusal)
    digest, size = _digest(file)
    load = FeedLoad(
        reference=drawn_reference("FL"), feed=feed, organisation=organisation, area=area, as_at=as_at, by=by,
        period=f"{covers_from:%Y%m%d}-{covers_until:%Y%m%d}" if layout.by_period else "", covers_from=covers_from,
        covers_until=covers_until, file_name=clean(file_name)[-200:], file_size=size, file_hash=digest,
        agreement=permit.agreement, sent_with=sent_with,
    )  # fmt: skip
    _take_turns(load)
    before = queries.load_of_file(load)
    if before is not None:
        record("feeds.file_sent_again", subject=before, feed=feed)
        return before
    load.save(force_insert=True)
    if keep:
        _keep(load, file)
        defer("feeds.read", load=load.id, by=by.id)
    record("feeds.file_sent", subject=load, feed=feed, organisation=organisation.id, agreement=permit.agreement)
    return load


def _digest(file: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while piece := file.read(PART):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _keep(load: FeedLoad, file: IO[bytes]) -> None:
    file.seek(0)
    number = 0
    while piece := file.read(PART):
        number += 1
        FeedFilePart(load=load, number=number, content=piece).save(force_insert=True)


def _take_turns(load: FeedLoad) -> None:
    """Of two who send or commit a file of one feed, organisation and period at once, the second sees what the first did."""
    about = f"feed {load.feed} {load.organisation_id} {load.period}"
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [about])


@action
def show_load(
    *, by: Any, load: FeedLoad, account: Any, aside: list[dict[str, Any]], people: Iterable[Any], follows: FeedLoad | None,
    rows_hash: str,
) -> FeedLoad:  # fmt: skip
    """Put what was found in a file before people: what would be new, changed and gone, and each row that was set aside."""
    load.hold()
    if load.state == STATE.CANCELLED:
        record("feeds.load_read", subject=load, state=load.state)
        return load
    for name, value in asdict(account).items():
        if name in (*COUNTS, "examples", "flags"):
            setattr(load, name, value)
    load.rows_in_file, load.rows_held, load.rows_hash = account.rows, account.held, rows_hash
    load.follows, load.state, load.percent_read = follows, STATE.READY, 100
    load.save()
    _note_rows_aside(load, aside)
    _note_people(load, people)
    FeedFilePart.objects.filter(load=load).delete()
    record("feeds.load_read", subject=load, rows=account.rows, **{name: getattr(account, name) for name in COUNTS})
    return load


def _note_rows_aside(load: FeedLoad, aside: list[dict[str, Any]]) -> None:
    """Rows that are still at fault wait, but for those that were left out; one that was put right stays as the trace of it."""
    known = {row.number: row for row in RowSetAside.objects.filter(load=load)}
    made = []
    for fault in aside:
        row = known.get(fault["number"])
        if row is None:
            made.append(RowSetAside(load=load, **fault | {"reason": fault["reason"][:400]}))
        elif row.state != RowSetAside.State.WAIVED:
            row.state, row.reason = RowSetAside.State.WAITING, fault["reason"][:400]
            row.save(update_fields=["state", "reason"])
    RowSetAside.objects.bulk_create(made, batch_size=1000)


def _note_people(load: FeedLoad, people: Iterable[Any]) -> None:
    FeedSubject.objects.filter(load=load).delete()
    for batch in people:
        FeedSubject.objects.bulk_create(
            [
                FeedSubject(load=load, scheme=scheme, value=str(value)[:200], rows=rows, first_on=first, last_on=last)
                for scheme, value, rows, first, last in batch
            ]
        )


@action
def refuse_load(*, by: Any, load: FeedLoad, sentence: str) -> FeedLoad:
    """The whole file cannot be taken: say why, and let its bytes go."""
    load.hold()
    load.refusal = sentence
    _end(load, STATE.REFUSED, by, "")
    record("feeds.load_refused", subject=load)
    return load


@action
def cancel_load(*, by: Any, load: FeedLoad, why: str = "") -> FeedLoad:
    """Give a load up before it is committed; reading stops, and nothing of the file is kept."""
    load.hold()
    refuse(rules.why_not_cancel(by, load))
    _end(load, STATE.CANCELLED, by, why)
    defer("feeds.tidy", by=by.id)
    record("feeds.load_cancelled", subject=load)
    return load


def _end(load: FeedLoad, state: str, by: Any, why: str) -> None:
    load.state, load.ended_at, load.ended_by, load.ended_why = state, clock.now(), by, clean(why)
    load.kept, load.examples = False, {}
    load.save()
    FeedFilePart.objects.filter(load=load).delete()
    FeedSubject.objects.filter(load=load).delete()
    RowSetAside.objects.filter(load=load).update(cells={}, text="")


@action
def fix_row(*, by: Any, load: FeedLoad, row: RowSetAside, **cells: str) -> FeedLoad:
    """Put a row right. The load is checked again with what was typed in place of what the file said."""
    load.hold()
    refuse(rules.why_not_decide_row(by, load))
    row.cells = {name: clean(value)[:500] for name, value in cells.items() if value}
    row.state, row.decided_by, row.decided_at, row.why = RowSetAside.State.FIXED, by, clock.now(), ""
    row.save()
    record("feeds.row_put_right", subject=load, row=row.number)
    return _read_again(by, load)


@action
def waive_rows(*, by: Any, load: FeedLoad, why: str, number: int | None = None) -> FeedLoad:
    """Leave out one row that was set aside, or every row that waits, with the reason."""
    load.hold()
    refuse(rules.why_not_decide_row(by, load))
    rows = RowSetAside.objects.filter(load=load, state=RowSetAside.State.WAITING)
    if number is not None:
        rows = rows.filter(number=number)
    count = rows.update(state=RowSetAside.State.WAIVED, decided_by=by, decided_at=clock.now(), why=clean(why))
    record("feeds.rows_left_out", subject=load, rows=count)
    return load


def _read_again(by: Any, load: FeedLoad) -> FeedLoad:
    load.state = STATE.READING
    load.save(update_fields=["state"])
    defer("feeds.read", load=load.id, by=by.id)
    return load


@action
def commit_load(*, by: Any, load: FeedLoad) -> FeedLoad:
    """Make a load what is held. Where another was committed since it was compared, it is compared again instead."""
    _take_turns(load)
    load.hold()
    if load.state == STATE.COMMITTED:
        record("feeds.committed_already", subject=load)
        return load
    held = queries.current_of(load)
    refuse(rules.why_not_commit(by, load, queries.rows_waiting(load), held))
    layout = layout_of(load.feed)
    refuse(permits.may_load(by, layout, load.organisation).refusal if layout else None)
    if load.follows_id != (held.pk if held else None):
        record("feeds.compared_again", subject=load)
        return _read_again(by, load)
    if held is not None:
        _let_go_before(held)
        held.is_current = False
        held.save(update_fields=["is_current"])
    load.state, load.is_current, load.committed_at, load.committed_by = STATE.COMMITTED, True, clock.now(), by
    load.examples = {}
    load.save()
    _held_anew(by)
    record("feeds.load_committed", subject=load, feed=load.feed, **{name: getattr(load, name) for name in COUNTS})
    return load


def _held_anew(by: Any) -> None:
    """What is held has changed: files that nothing is read from go, and the floor above links who is in it."""
    defer("feeds.tidy", by=by.id)
    defer("matching.link_after_load", by=by.id)


def _let_go_before(held: FeedLoad) -> None:
    """What was held before what is held now can no longer be returned to."""
    if held.follows_id is not None:
        FeedLoad.objects.filter(pk=held.follows_id).update(kept=False)
        FeedSubject.objects.filter(load=held.follows_id).delete()


@action
def reverse_load(*, by: Any, load: FeedLoad, why: str) -> FeedLoad:
    """Take a committed load back, as one: what was held before it is held again."""
    _take_turns(load)
    load.hold()
    refuse(rules.why_not_reverse(by, load))
    load.is_current = False
    _end(load, STATE.REVERSED, by, why)
    if load.follows is not None:
        load.follows.hold()
        load.follows.is_current = True
        load.follows.save(update_fields=["is_current"])
    _held_anew(by)
    record("feeds.load_reversed", subject=load, feed=load.feed)
    return load
