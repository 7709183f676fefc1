"""Read a directory feed: start a run, take in each entry or set it aside, and close the account."""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.utils import DataError, IntegrityError

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.records.directory import rules
from hearth.records.directory.models import DirectoryFeed, DirectoryRun, QuarantinedEntry, Service
from hearth.records.directory.reading import fetching, loading, older
from hearth.records.directory.reading.checking import Reading, check

ADDED, CHANGED, UNCHANGED, QUARANTINED = "added", "changed", "unchanged", "quarantined"
EVERY = 25  # entries, after which the account is brought up to date
SHOWN = 40  # faults of one entry
Progress = Callable[[DirectoryRun], None]


@dataclass
class _Account:
    """What became of the entries of a run so far."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((ADDED, CHANGED, UNCHANGED, QUARANTINED), 0))
    seen: set[uuid.UUID] = field(default_factory=set)
    expected: int = 0
    latest: Any = None
    missed: bool = False  # something could not be fetched: it is asked for again next time


@action
def start_directory_run(
    *, by: Any, name: str, address: str, everything: bool = False, queue: bool = True
) -> DirectoryRun:
    """Begin to read a feed. One that was left in the middle is read first, from its beginning: what is there already is not written again."""
    refuse(rules.why_not_steward(by))
    feed = DirectoryFeed.objects.filter(address=address).first()
    if feed is None:
        feed = DirectoryFeed(name=clean(name).strip()[:200] or address[:200], address=address)
        feed.save(force_insert=True)
    feed.hold()
    run = feed.runs.filter(state__in=("waiting", "reading")).order_by("created_at").first()
    if run is None:
        run = DirectoryRun(reference=drawn_reference("DR"), feed=feed, by=by, everything=everything)
        run.save(force_insert=True)
    record("directory.run_started", subject=run, everything=run.everything)
    if queue:
        defer("directory.read", run=run.id, by=by.id)
    return run


def read_directory(*, by: Any, run: DirectoryRun, progress: Progress | None = None) -> DirectoryRun:
    """Read a run to its end. Broken off anywhere, it is read again from the beginning, and writes only what is missing."""
    refuse(rules.why_not_steward(by))
    run.state, account = DirectoryRun.State.READING, _Account()
    since = run.feed.changed_since
    changed_since = since.isoformat() if since and not run.everything else ""
    try:
        for told in fetching.entries(run.feed.address, changed_since, _held(run)):
            _take(by, run, told, account)
            if sum(account.counts.values()) % EVERY == 1:
                _keep_account(run, account, progress)
    except fetching.FeedProblemError as fault:
        _keep_account(run, account, progress)
        return finish_directory_run(by=by, run=run, failure=str(fault))
    _keep_account(run, account, progress)
    gone = _gone(run, account) if not changed_since else []
    return finish_directory_run(by=by, run=run, latest=None if account.missed else account.latest, gone=gone)


def _held(run: DirectoryRun) -> Callable[[Mapping[str, Any]], bool]:
    """Whether an entry of a list is one that we hold as it is, by the moment of its last change: it need not be asked for."""
    known = dict(Service.objects.filter(feed=run.feed).values_list("id", "last_modified"))

    def has(entry: Mapping[str, Any]) -> bool:
        told = Reading(dict(entry), "", [])
        moment, key = told.moment("last_modified"), told.key()
        return not run.everything and moment is not None and key is not None and known.get(key) == moment

    return has


def _take(by: Any, run: DirectoryRun, told: fetching.Told, account: _Account) -> None:
    is_older = told.older or older.is_older(told.entry)
    entry = older.as_newer(told.entry, run.feed.id) if is_older else told.entry
    account.expected = max(account.expected, told.expected)
    read, faults = check(entry)
    if read["id"] is not None:
        account.seen.add(read["id"])
    digest = hashlib.sha256(json.dumps(told.entry, sort_keys=True, default=str).encode()).hexdigest()
    service = Service.objects.filter(pk=read["id"], feed=run.feed).first()
    if told.fault:
        account.missed = True
        outcome = set_aside(by=by, run=run, told=told.entry, faults=[told.fault])
    elif service is not None and (service.digest == digest or _is_listed_as_held(told.entry, read, service, run)):
        outcome = UNCHANGED
    elif faults:
        outcome = set_aside(by=by, run=run, told=told.entry, faults=faults)
    else:
        outcome = _write(by, run, told.entry, read, digest)
    account.counts[outcome] += 1
    if outcome != QUARANTINED:
        account.latest = loading.latest(account.latest, read["modified"])


def _is_listed_as_held(entry: Mapping[str, Any], read: Mapping[str, Any], service: Service, run: DirectoryRun) -> bool:
    """An entry of a list that was not asked for in full, as we hold it."""
    in_full = any(name in entry for name in fetching.WHOLE)
    return not in_full and not run.everything and read["modified"] == service.last_modified


def _write(by: Any, run: DirectoryRun, told: Mapping[str, Any], read: Mapping[str, Any], digest: str) -> str:
    """Each entry is written wholly or not at all; what the database cannot hold is set aside."""
    try:
        return load_directory_entry(by=by, run=run, told=told, read=read, digest=digest)
    except (DataError, IntegrityError):
        return set_aside(
            by=by, run=run, told=told, faults=["It cannot be kept: a key is used twice in it, or a value is too large"]
        )


@action
def load_directory_entry(
    *, by: Any, run: DirectoryRun, told: Mapping[str, Any], read: Mapping[str, Any], digest: str
) -> str:
    """Take one entry in, or set it aside because its keys are somebody else's."""
    refuse(rules.why_not_steward(by))
    if fault := loading.why_not_ours(run.feed, read):
        record("directory.entry_not_ours", subject=run)
        return set_aside(by=by, run=run, told=told, faults=[fault])
    outcome = CHANGED if Service.objects.filter(pk=read["id"]).exists() else ADDED
    service = loading.write(run.feed, read, digest)
    record("directory.entry_read", subject=service, run=run.reference, outcome=outcome)
    return outcome


@action
def set_aside(*, by: Any, run: DirectoryRun, told: Mapping[str, Any], faults: list[str]) -> str:
    """Keep an entry apart, as it was told, with each thing wrong with it."""
    refuse(rules.why_not_steward(by))
    key, name = clean(str(told.get("id", "")))[:100], clean(str(told.get("name", "")))[:200]
    faults = [clean(fault) for fault in faults][:SHOWN]
    if not QuarantinedEntry.objects.filter(run=run, external_id=key, name=name, faults=faults).exists():
        entry = json.loads(json.dumps(told, default=str).replace("\\u0000", ""))
        QuarantinedEntry(run=run, external_id=key, name=name, faults=faults, entry=entry).save(force_insert=True)
    record("directory.entry_set_aside", subject=run, faults=len(faults))
    return QUARANTINED


def _keep_account(run: DirectoryRun, account: _Account, progress: Progress | None) -> None:
    run.expected = max(account.expected, sum(account.counts.values()))
    for name, number in account.counts.items():
        setattr(run, name, number)
    with transaction.atomic():
        run.save(update_fields=["state", "expected", *account.counts])
    if progress is not None:
        progress(run)


def _gone(run: DirectoryRun, account: _Account) -> list[Service]:
    """Entries that the feed no longer has, after all of it was read. Of a feed that gives nothing, nothing is gone."""
    if not account.seen:
        return []
    rows = Service.objects.filter(feed=run.feed).exclude(status="defunct").exclude(pk__in=account.seen)
    return list(rows)


@action
def finish_directory_run(
    *, by: Any, run: DirectoryRun, failure: str = "", latest: Any = None, gone: list[Service] | None = None
) -> DirectoryRun:
    """Close the account of a run. What the feed no longer has is shown as ended."""
    refuse(rules.why_not_steward(by))
    for service in gone or []:
        service.status, service.last_modified, service.digest = "defunct", clock.now(), ""
        service.version += 1
        service.save(update_fields=["status", "last_modified", "digest", "version"])
    run.state = DirectoryRun.State.FAILED if failure else DirectoryRun.State.DONE
    run.failure, run.finished_at = failure, clock.now()
    run.save(update_fields=["state", "failure", "finished_at"])
    if latest is not None and not failure:
        run.feed.changed_since = loading.latest(run.feed.changed_since, latest)
        run.feed.save(update_fields=["changed_since"])
    record(
        "directory.run_finished",
        subject=run,
        state=run.state,
        gone=len(gone or []),
        added=run.added,
        changed=run.changed,
    )
    return run
