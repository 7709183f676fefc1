"""Who reads a referral to a service, asks and answers. The condition is that of referring/reach.py; a test holds the two equal."""

from django.db import migrations
from django.db.migrations import RunSQL

from hearth.casework.plans.referring.functions import reach
from hearth.foundation.core.policies import READERS, events, gate_reads, protect
from hearth.records.people.policies import family_condition

TABLE = "plans_servicereferral"
OPENS = family_condition(TABLE, category="plan")
READS = f"({OPENS} or id = any((select hearth_referred(hearth_reader()))::uuid[]))"
# What was asked stays as it was asked: an answer comes to it, it is read, or it is taken back.
ANSWER = "status, reason, answer, starts_on, wait_weeks, told_by, answered_by_id, answered_at, read_at, withdrawn_at, withdrawn_why"


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0006_service_referrals"),
        ("sharing", "0009_disputed"),
        ("accounts", "0006_who_keeps_the_ledger"),
    ]
    operations = [
        *reach(),
        protect(
            TABLE,
            read=READS,
            add=f"asked_by_id = hearth_reader() and status = 'sent' and answered_at is null and {OPENS}",
            change=READS,
        ),
        RunSQL(
            f"revoke update on {TABLE} from {READERS}; grant update ({ANSWER}) on {TABLE} to {READERS};",
            f"grant update on {TABLE} to {READERS}",
        ),
        events(f"{TABLE}event", TABLE),
        gate_reads(TABLE),
    ]
