"""SQL of the functions of touchpoints: erasing what was found of somebody, and figures that name nobody. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import counting_function, gate_function, measures_reads


def functions() -> list[RunSQL]:
    """Erasing somebody from feeds removes what was found of their touchpoints."""
    return [
        gate_function(
            "hearth_forget_touchpoints(wanted text)",
            "integer",
            """declare gone integer;
            begin
                if not (hearth_holds(hearth_reader(), 'load_feeds') and hearth_holds(hearth_reader(), 'govern_agreements')) then
                    return 0;
                end if;
                delete from insight_touchpointfact where wanted = any(numbers);
                get diagnostics gone = row_count;
                return gone;
            end""",
            volatility="volatile",
            language="plpgsql",
        ),
    ]


def counts() -> list[RunSQL]:
    """hearth_missed_touchpoints: the figures of the run that stands, for those who see counts. Small ones were left out by the run."""
    return [
        measures_reads("insight_insightrun", "is_current", "used", "as_at", "touchpoints", rows="is_current"),
        counting_function(
            "hearth_missed_touchpoints()",
            "table(as_at date, found jsonb)",
            """select r.as_at, r.touchpoints from insight_insightrun r
                where r.is_current and hearth_holds(hearth_reader(), 'see_counts')""",
        ),
    ]
