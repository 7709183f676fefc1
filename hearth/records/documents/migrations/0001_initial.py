"""The identity that looks after bytes, and what is let go from the store."""

from django.db import migrations, models

from hearth.foundation.core.policies import READERS


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_roles_and_reader"), ("people", "0002_policies"), ("accounts", "0003_sign_in")]
    operations = [
        migrations.CreateModel(
            name="LetGoObject",
            fields=[("key", models.CharField(max_length=60, primary_key=True, serialize=False))],
            options={"verbose_name": "let-go object"},
        ),
        migrations.RunSQL(
            f"""
            grant usage on schema public to hearth_documents;
            alter table documents_letgoobject enable row level security;
            revoke all on documents_letgoobject from {READERS};
            grant select, insert, delete on documents_letgoobject to hearth_documents;
            create policy keeps on documents_letgoobject for all to hearth_documents using (true) with check (true);
            -- Runs as whoever owns the tables, so that a row can be let go by a cascade as well.
            create function documents_let_go() returns trigger language plpgsql security definer
                set search_path = public, pg_temp as $$
            begin
                insert into documents_letgoobject (key) values (old.key) on conflict do nothing;
                return old;
            end $$;
            create function document_stays_withdrawn() returns trigger language plpgsql set search_path = public, pg_temp as $$
            begin raise exception 'A withdrawn document stays withdrawn.'; end $$;
            """,
            "drop function documents_let_go(); drop function document_stays_withdrawn(); revoke usage on schema public from hearth_documents",
        ),
    ]
