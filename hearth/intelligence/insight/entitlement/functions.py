"""SQL of the figures of the entitlement. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import counting_function, measures_reads


def reads() -> RunSQL:
    """What `system:measures` reads of the run that stands, with the entitlement in it."""
    return measures_reads(
        "insight_insightrun", "is_current", "used", "as_at", "touchpoints", "entitlement", rows="is_current"
    )


def figures() -> RunSQL:
    """hearth_entitlement: the figures of the run that stands, for those who see counts. Small ones were left out by the run."""
    return counting_function(
        "hearth_entitlement()",
        "table(as_at date, found jsonb)",
        """select r.as_at, r.entitlement from insight_insightrun r
            where r.is_current and hearth_holds(hearth_reader(), 'see_counts')""",
    )
