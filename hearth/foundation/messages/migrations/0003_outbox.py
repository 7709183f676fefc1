"""An administrator sees what became of every message, and never what it says, where it leads or the address it went to."""

from django.db import migrations

from hearth.foundation.core.policies import gate_function

MAY = "hearth_holds(hearth_reader(), 'administer')"


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_policies")]
    operations = [
        gate_function(
            "hearth_outbox(since timestamptz)",
            "table (id uuid, created_at timestamptz, channel text, template text, recipient text, organisation text,"
            " status text, tries smallint, next_try_at timestamptz, sent_at timestamptz, last_error text,"
            " link_is_secret boolean)",
            f"""select m.id, m.created_at, m.channel, m.template, coalesce(u.full_name, ''), coalesce(o.name, ''),
                m.status, m.tries, m.next_try_at, m.sent_at, m.last_error, m.link_is_secret from outbox_message m
                left join accounts_user u on u.id = m.to_user_id
                left join accounts_organisation o on o.id = u.organisation_id
                where m.created_at >= since and {MAY}""",
        ),
        # What was given up may be put back by a person; a secret link is forgotten by then, so those are made afresh.
        gate_function(
            "hearth_send_again(message uuid, moment timestamptz)",
            "uuid",
            f"""update outbox_message set status = 'waiting', tries = 0, next_try_at = moment, last_error = ''
                where id = message and status = 'given_up' and not link_is_secret and {MAY} returning id""",
            volatility="volatile",
        ),
        migrations.RunSQL(
            """
            grant update (status, tries, next_try_at, last_error) on outbox_message to hearth_gate;
            create policy sends_again on outbox_message for update to hearth_gate
                using (status = 'given_up') with check (status = 'waiting');
            """,
            """
            drop policy sends_again on outbox_message;
            revoke update (status, tries, next_try_at, last_error) on outbox_message from hearth_gate;
            """,
        ),
    ]
