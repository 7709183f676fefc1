"""Row policies of typed figures, local targets and exception reports. The conditions are those of performance/reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import append_only, events, only, protect
from hearth.oversight.performance.reach import AIMS_IN_SQL, AIMS_WHOLE_IN_SQL, IN_SQL, TYPES_IN_SQL

FIGURE, TARGET = "performance_typedfigure", "performance_localtarget"
_CHANGES = {
    FIGURE: "figure, words, said, remark, source, why, typed_by_id, typed_at",
    TARGET: "figure, why, set_by_id, set_at",
}


def figures() -> list[RunSQL]:
    """Read by whoever sees counts; typed by whoever types figures for the whole authority, in their own name."""
    own = f"{IN_SQL} and {TYPES_IN_SQL}"
    return [
        protect(FIGURE, read=IN_SQL, add=f"{own} and typed_by_id = hearth_reader()", change=own),
        only(FIGURE, _CHANGES[FIGURE]),
        events(f"{FIGURE}event", FIGURE),
    ]


def targets() -> list[RunSQL]:
    """Read by whoever sees counts; set for a district by whoever sets its targets, in their own name."""
    own = f"{IN_SQL} and {AIMS_IN_SQL}"
    return [
        protect(TARGET, read=IN_SQL, add=f"{own} and set_by_id = hearth_reader()", change=own),
        only(TARGET, _CHANGES[TARGET]),
        events(f"{TARGET}event", TARGET),
    ]


def exception_reports() -> RunSQL:
    """Read by whoever sees counts; written in their own name by whoever sets the targets of the place. Never changed."""
    place = f"(area_id is not null and {AIMS_IN_SQL} or area_id is null and {AIMS_WHOLE_IN_SQL})"
    return append_only(
        "performance_exceptionreport", read=IN_SQL, add=f"{IN_SQL} and {place} and written_by_id = hearth_reader()"
    )


def measured_sums() -> RunSQL:
    """Read by whoever sees counts; written by the database's own function alone."""
    return append_only("performance_measuredsum", read=IN_SQL, add="false")
