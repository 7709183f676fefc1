"""What every later table stands on: who may use tables by default, and who is reading."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []
    run_before = [
        ("contenttypes", "0001_initial"),
        ("auth", "0001_initial"),
        ("sessions", "0001_initial"),
        ("account", "0001_initial"),
        ("mfa", "0001_initial"),
        ("socialaccount", "0001_initial"),
        ("pghistory", "0001_initial"),
        ("procrastinate", "0001_initial"),
        ("audit", "0001_initial"),
        ("accounts", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(
            """
            revoke create on schema public from public;
            grant usage on schema public to hearth_web, hearth_worker, hearth_gate, hearth_messages, hearth_tidying;
            alter default privileges in schema public grant select, insert, update, delete on tables to hearth_web, hearth_worker;
            alter default privileges in schema public grant usage, select on sequences to hearth_web, hearth_worker;
            create function hearth_reader() returns uuid language sql stable parallel safe
                set search_path = pg_catalog, pg_temp
                as $$ select nullif(current_setting('hearth.reader', true), '')::uuid $$;
            """,
            "drop function hearth_reader()",
        )
    ]
