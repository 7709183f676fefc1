"""What `system:measures` needs to ask of accounts: who reads, what they hold, and the names of districts and agencies."""

from django.db import migrations

from hearth.foundation.core.policies import measures_reads, said_again
from hearth.foundation.core.roles import MEASURES


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sign_in")]
    operations = [
        migrations.RunSQL(
            f"""grant usage on schema public to {MEASURES};
            grant execute on function hearth_reader(), hearth_holds(uuid, text) to {MEASURES};""",
            migrations.RunSQL.noop,
        ),
        *said_again(
            [
                measures_reads("accounts_area", "id", "parent_id", "code", "name", "goes_live_on"),
                measures_reads("accounts_organisation", "id", "name"),
                # Of whoever wrote an assessment or asked for something, their agency and no more.
                measures_reads("accounts_user", "id", "organisation_id"),
            ]
        ),
    ]
