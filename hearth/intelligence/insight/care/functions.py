"""SQL of times in care: who may read one, and erasing somebody. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function, gate_reads, protect
from hearth.intelligence.insight.involvement.policies import INVOLVEMENT
from hearth.intelligence.insight.policies import IDENTITY

TABLE = "insight_caretime"
READ = INVOLVEMENT.replace("insight_involvement", TABLE)


def rows() -> list[RunSQL]:
    """Read as an involvement is; written by the worker's identity alone; erased by information governance."""
    return [
        protect(TABLE, read=READ, add="false", change="false"),
        gate_reads(TABLE),
        RunSQL(
            f"""grant select, insert, update, delete on {TABLE} to {IDENTITY};
            create policy works_out on {TABLE} for all to {IDENTITY} using (true) with check (true);
            grant select, delete on {TABLE} to hearth_gate;
            create policy erases on {TABLE} for delete to hearth_gate using (true)""",
            f"""drop policy erases on {TABLE}; revoke delete on {TABLE} from hearth_gate;
            drop policy works_out on {TABLE}; revoke all on {TABLE} from {IDENTITY}""",
        ),
        gate_function(
            "hearth_forget_care(wanted text)",
            "integer",
            f"""declare gone integer;
            begin
                if not (hearth_holds(hearth_reader(), 'load_feeds') and hearth_holds(hearth_reader(), 'govern_agreements')) then
                    return 0;
                end if;
                delete from {TABLE} where wanted = any(numbers);
                get diagnostics gone = row_count;
                return gone;
            end""",
            volatility="volatile",
            language="plpgsql",
        ),
    ]
