"""Access given to a partner's team ends on its day and reaches what its row says; who is on a restricted family's list."""

from django.db import migrations

from hearth.records.people.policies import family_functions

PARTNERS = """
    update people_family f set team_id = null from accounts_team t join accounts_organisation o on o.id = t.organisation_id
    where t.id = f.team_id and not o.is_authority
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_kept_apart"), ("accounts", "0003_sign_in")]
    operations = [
        *(migrations.RunSQL(made.sql, migrations.RunSQL.noop) for made in family_functions()),
        migrations.RunSQL(PARTNERS, migrations.RunSQL.noop),
    ]
