"""Second factors: their owner's alone, and for the one person who is in the middle of signing in.

`hearth.signing_in` names somebody whose password was right (or whom a passkey named) and who is not yet a reader: it shows
their own second factors and nothing else in the database.
"""

from django.db import migrations

from hearth.foundation.accounts.functions import sign_in_functions
from hearth.foundation.core.policies import gate_reads, protect

# Tables of allauth that Hearth leaves empty: addresses and directory accounts are columns of our own users.
UNUSED = (
    "account_emailaddress",
    "account_emailconfirmation",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
)
OWN = "user_id = hearth_reader()"
SIGNING_IN = "user_id = hearth_signing_in()"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_policies"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]
    operations = [
        migrations.RunSQL(
            """create function hearth_signing_in() returns uuid language sql stable parallel safe
                set search_path = pg_catalog, pg_temp
                as $$ select nullif(current_setting('hearth.signing_in', true), '')::uuid $$""",
            "drop function hearth_signing_in()",
        ),
        protect(
            "mfa_authenticator",
            read=f"{OWN} or {SIGNING_IN}",
            add=OWN,
            change=f"{OWN} or {SIGNING_IN}",
            remove=OWN,
        ),
        *(
            migrations.RunSQL(
                f"alter table {table} enable row level security; revoke insert, update, delete on {table} from hearth_web, hearth_worker",
                f"grant insert, update, delete on {table} to hearth_web, hearth_worker; alter table {table} disable row level security",
            )
            for table in UNUSED
        ),
        gate_reads("mfa_authenticator"),
        migrations.RunSQL(
            """grant insert on accounts_signinlink to hearth_gate;
            grant update (used_at) on accounts_signinlink to hearth_gate;
            grant update (password, sessions_ended) on accounts_user to hearth_gate;
            grant delete on mfa_authenticator to hearth_gate;
            create policy gate_adds on accounts_signinlink for insert to hearth_gate with check (kind = 'password');
            create policy gate_uses on accounts_signinlink for update to hearth_gate using (true);
            create policy gate_writes on accounts_user for update to hearth_gate using (true);
            create policy gate_forgets on mfa_authenticator for delete to hearth_gate using (true);""",
            """drop policy gate_adds on accounts_signinlink; drop policy gate_uses on accounts_signinlink;
            drop policy gate_writes on accounts_user; drop policy gate_forgets on mfa_authenticator;
            revoke insert, update on accounts_signinlink from hearth_gate; revoke update on accounts_user from hearth_gate;
            revoke delete on mfa_authenticator from hearth_gate""",
        ),
        *sign_in_functions(),
    ]
