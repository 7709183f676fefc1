"""Who reads and keeps what members asked for; an answer is approved by another than its writer, and stands once it was sent."""

from django.db import migrations

from hearth.oversight.governance.member_requests import functions, policies


class Migration(migrations.Migration):
    dependencies = [("member_requests", "0001_initial"), ("risks", "0002_policies")]
    operations = [
        *functions.reach(),
        *policies.requests(),
        # Again, for row security is on only now.
        functions.gate_reads(*functions.READ),
    ]
