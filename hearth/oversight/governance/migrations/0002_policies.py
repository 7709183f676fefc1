"""Information governance alone reads what is due; `system:retention` writes the list; one function deletes."""

from django.db import migrations

from hearth.foundation.core.policies import READERS, gate_reads, protect
from hearth.foundation.core.roles import RETENTION
from hearth.oversight.governance.erasing.functions import functions, rights
from hearth.oversight.governance.functions import dates

GOVERNS = "(select hearth_holds(hearth_reader(), 'govern_retention'))"


class Migration(migrations.Migration):
    # Last of all: what hangs from a record is read from the keys of every room's tables.
    dependencies = [
        ("governance", "0001_initial"), ("accounts", "0003_sign_in"), ("audit", "0003_goes_with_its_record"), ("ui", "0002_sent_forms"),
        ("outbox", "0004_emptied"), ("people", "0015_look_up_in_loops"), ("sharing", "0009_disputed"), ("documents", "0001_initial"),
        ("cases", "0010_count_children"), ("notes", "0002_policies"), ("steps", "0007_withdrawn_seen"), ("assessments", "0006_document_policies"),
        ("front_door", "0016_signs_of_danger_in_the_queue"), ("plans", "0005_document_policies"), ("universal", "0002_policies"),
        ("imports", "0002_policies"), ("insight", "0005_kept_apart_by_our_own_number"), ("matching", "0002_policies"),
        ("programmes", "0002_policies"),
    ]  # fmt: skip
    operations = [
        protect("governance_disposal", read=GOVERNS, add="false", change=f"{GOVERNS} and state = 'due'"),
        protect("governance_hold", read=GOVERNS, add=f"placed_by_id = hearth_reader() and {GOVERNS}", change=GOVERNS),
        migrations.RunSQL(
            f"""
            revoke update on governance_disposal, governance_hold from {READERS};
            grant update (state) on governance_disposal to {READERS};
            grant update (lifted_at, lifted_by_id) on governance_hold to {READERS};
            grant select, insert, update on governance_disposal to {RETENTION};
            create policy finds on governance_disposal to {RETENTION} using (state <> 'deleted') with check (state <> 'deleted');
            """,
            f"""
            drop policy finds on governance_disposal; revoke all on governance_disposal from {RETENTION};
            revoke update (state) on governance_disposal from {READERS};
            revoke update (lifted_at, lifted_by_id) on governance_hold from {READERS};
            grant update on governance_disposal, governance_hold to {READERS};
            """,
        ),
        gate_reads("programmes_claim", "front_door_requestevent"),
        *dates(questions=False),
        *rights(),
        *functions(),
    ]
