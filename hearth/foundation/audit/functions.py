"""SQL of the trigger that keeps the trail as it was written. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.roles import ERASER

_FUNCTION = """create or replace function audit_is_append_only() returns trigger language plpgsql as $$
    begin
        {but}
        raise exception 'The audit trail is append-only.';
    end $$;"""


def goes_with_its_record() -> RunSQL:
    """Nobody changes or deletes an event; those of a record that has passed its time go with it, by the role that deletes records."""
    return RunSQL(
        _FUNCTION.format(but=f"if tg_op = 'DELETE' and current_user = '{ERASER}' then return old; end if;"),
        _FUNCTION.format(but=""),
    )
