"""Who is who, for the rooms above; and runs, for whoever links feeds."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.http import Http404

from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.intelligence.feeds import keeping
from hearth.intelligence.matching.models import LinkRun, MatchPair


def linked_persons() -> Path | None:
    """The file of the run in force, the very one that its row admits; None before the first. For the worker and commands alone.

    Parquet, a row for each number in what is held: `feed`, `organisation`, `scheme`, `value`, `person` (a key that stays the same
    over runs), `household` (null where none is known) and `register_person` (null, or the `cluster_id` on the register). Restricted
    people are not in it: a number that its run saw and the file does not have is theirs, and whoever reads the file leaves it out.
    Whoever was restricted since is for the reader's own policies to keep out. Raises Refused.
    """
    with connection.cursor() as cursor:
        cursor.execute("select id, reference, rows_hash from hearth_linked_persons()")
        row = cursor.fetchone()
    return file_of(SimpleNamespace(id=row[0], reference=row[1], rows_hash=row[2])) if row else None


def file_of(run: Any) -> Path:
    """The file that a run wrote. Raises Refused where it is not the very one."""
    path = keeping.rows_path(run)
    if not path.is_file() or keeping.hash_of(path) != run.rows_hash:
        refuse(
            Refusal(
                "matching.file_changed",
                f"What {run.reference} wrote is missing, or is not what was admitted. Ask whoever runs the service to restore "
                "the folder of feeds, or start a link run that links everybody again.",
            )
        )
    return path


def run_in_force() -> LinkRun | None:
    """The run whose file counts."""
    return LinkRun.objects.filter(is_current=True).first()


def open_run() -> LinkRun | None:
    """A run that waits or goes on."""
    return LinkRun.objects.filter(state__in=LinkRun.OPEN).order_by("created_at").first()


def runs(reader: Any, *, page: Any = 1) -> Page:
    """A page of runs, the newest first."""
    return page_of(LinkRun.objects.visible_to(reader).select_related("by").order_by("-created_at", "id"), page)


def run_of(reader: Any, reference: str) -> LinkRun:
    """One run, or a page that never says whether it exists."""
    rows = LinkRun.objects.visible_to(reader).select_related("by", "ended_by", "follows")
    run = rows.filter(reference=reference).first()
    if run is None:
        raise Http404
    return run


def decided_since(reader: Any, run: LinkRun | None) -> int:
    """How many pairs were decided since a run began: they count from the next."""
    if run is None or run.started_at is None:
        return 0
    rows = MatchPair.objects.visible_to(reader).filter(labels__created_at__gt=run.started_at)
    return rows.distinct().count()
