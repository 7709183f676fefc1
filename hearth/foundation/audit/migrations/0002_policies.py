"""Events are added, never changed. A reader sees their own, those of families they may open, and, with the
permission, everybody's; the family half is added by records/people, which knows what a family is."""

from django.db import migrations

from hearth.foundation.core.policies import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        append_only("audit_auditevent", read="actor_id = hearth_reader()"),
        migrations.RunSQL(
            """
            create function audit_is_append_only() returns trigger language plpgsql as $$
            begin raise exception 'The audit trail is append-only.'; end $$;
            create trigger append_only before update or delete on audit_auditevent
                for each row execute function audit_is_append_only();
            create trigger no_truncate before truncate on audit_auditevent
                for each statement execute function audit_is_append_only();
            """,
            "drop trigger no_truncate on audit_auditevent; drop trigger append_only on audit_auditevent; drop function audit_is_append_only()",
        ),
    ]
