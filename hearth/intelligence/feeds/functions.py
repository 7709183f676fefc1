"""SQL by which what partners sent is kept no longer than the practice pack says. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import identity_function

# By the database's own clock, and never within a year, whatever the caller says. That a file was sent, when and by whom stays.
_LET_GO = """
#variable_conflict use_column
declare old uuid[] := array(select l.id from feeds_feedload l
    where l.kept and l.created_at < now() - make_interval(years => greatest(years, 1)));
begin
    return query select l.id, l.is_current, coalesce(l.committed_by_id, l.by_id) from feeds_feedload l where l.id = any(old);
    delete from feeds_feedsubject where load_id = any(old);
    delete from feeds_rowsetaside where load_id = any(old);
    delete from feeds_feedfilepart where load_id = any(old);
    update feeds_feedload set kept = false, is_current = false, examples = '{}' where id = any(old);
end
"""


def letting_go() -> list[RunSQL]:
    """hearth_let_go_of_old_loads: the loads whose time has passed, whether each was held until now, and who answered for it."""
    emptied = ("feeds_feedsubject", "feeds_rowsetaside", "feeds_feedfilepart")
    seen = "".join(
        f"grant select, delete on {table} to hearth_gate;"
        f" create policy gate_lets_go on {table} for delete to hearth_gate using (true);"
        for table in emptied
    )
    unseen = "".join(
        f"drop policy gate_lets_go on {table}; revoke delete on {table} from hearth_gate;" for table in emptied
    )
    return [
        RunSQL(
            f"""{seen}
            create policy gate_sees_old on feeds_rowsetaside for select to hearth_gate using (true);
            create policy gate_sees_old on feeds_feedfilepart for select to hearth_gate using (true);
            grant update (kept, is_current, examples) on feeds_feedload to hearth_gate;
            create policy gate_lets_go on feeds_feedload for update to hearth_gate using (true);""",
            f"""drop policy gate_lets_go on feeds_feedload; revoke update on feeds_feedload from hearth_gate;
            drop policy gate_sees_old on feeds_rowsetaside; drop policy gate_sees_old on feeds_feedfilepart; {unseen}""",
        ),
        *identity_function(
            "hearth_tidying", "hearth_let_go_of_old_loads(years integer)", "table(load uuid, held boolean, person uuid)", _LET_GO,
            volatility="volatile", language="plpgsql",
        ),
    ]  # fmt: skip
