"""SQL of the gate's function for touchpoint facts. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function


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
