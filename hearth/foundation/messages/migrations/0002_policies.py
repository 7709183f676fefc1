"""A message is read by who asked for it and who it is for; the worker's own identity sends, and sees an address and no name."""

from django.db import migrations

from hearth.foundation.core.policies import gate_function, gate_reads, protect


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial"), ("accounts", "0002_policies")]
    operations = [
        # Somebody who asks for help without signing in is written to as well, so that nobody needs to be the reader to add.
        protect(
            "outbox_message",
            read="to_user_id = hearth_reader() or made_by_id = hearth_reader()",
            add="true",
            change="false",
        ),
        migrations.RunSQL(
            """
            revoke update, delete on outbox_message from hearth_web, hearth_worker;
            grant select on outbox_message to hearth_messages;
            grant update (status, tries, next_try_at, claimed_at, sent_at, last_error, link) on outbox_message to hearth_messages;
            create policy sends_reads on outbox_message for select to hearth_messages using (true);
            create policy sends on outbox_message for update to hearth_messages
                using (status not in ('sent', 'given_up')) with check (true);
            grant select (id, email, phone, is_active) on accounts_user to hearth_messages;
            create policy sends on accounts_user for select to hearth_messages using (true);
            """,
            """
            drop policy sends on accounts_user; revoke select (id, email, phone, is_active) on accounts_user from hearth_messages;
            drop policy sends on outbox_message; drop policy sends_reads on outbox_message;
            revoke all on outbox_message from hearth_messages; grant update, delete on outbox_message to hearth_web, hearth_worker;
            """,
        ),
        gate_reads("outbox_message"),
        gate_function(
            "hearth_deliveries(wanted text[])",
            "table (key text, status text, sent_at timestamptz)",
            "select m.key, m.status, m.sent_at from outbox_message m where m.key = any(wanted)",
        ),
    ]
