"""SQL of what the tidying identity may do with messages, and of sending one again. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function

DONE = "status in ('sent', 'given_up')"


def emptying() -> list[RunSQL]:
    """Done messages may be emptied by `system:tidying`, which reads no address and no link, and one that is empty goes to nobody."""
    again = """update outbox_message set status = 'waiting', tries = 0, next_try_at = moment, last_error = ''
        where id = message and status = 'given_up' and not link_is_secret {more}
        and hearth_holds(hearth_reader(), 'administer') returning id"""
    return [
        RunSQL(
            f"""
            grant select (id, status, created_at, sent_at, emptied_at), update (address, link, emptied_at)
                on outbox_message to hearth_tidying;
            create policy tidies_reads on outbox_message for select to hearth_tidying using ({DONE});
            create policy tidies on outbox_message for update to hearth_tidying using ({DONE} and emptied_at is null)
                with check ({DONE} and address = '' and link = '' and emptied_at is not null);
            """,
            """
            drop policy tidies on outbox_message; drop policy tidies_reads on outbox_message;
            revoke all on outbox_message from hearth_tidying;
            """,
        ),
        RunSQL(_again(again.format(more="and emptied_at is null")), _again(again.format(more=""))),
    ]


def _again(body: str) -> str:
    """The function with another body; going back, it has the one it had."""
    made = gate_function("hearth_send_again(message uuid, moment timestamptz)", "uuid", body, volatility="volatile")
    return str(made.sql)
