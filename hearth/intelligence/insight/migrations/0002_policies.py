"""Families of concern are read in the areas of whoever may see them, restricted people nowhere; the worker's identity writes them."""

from django.db import migrations

from hearth.foundation.core.policies import append_only, gate_reads, protect
from hearth.intelligence.insight.functions import functions
from hearth.intelligence.insight.policies import FAMILY, IDENTITY, RUNS, WORKS_OUT, of_concern

TABLES = ("insightrun", "familyofconcern", "flag", "flagdecision", "familytold")
READS = {
    "feeds_feedload": "state = 'committed'", "accounts_organisation": "true", "accounts_area": "", "sharing_agreement": "true",
}  # fmt: skip
MINE = "by_id = hearth_reader() and "


def _gate_erases() -> migrations.RunSQL:
    rows = [f"insight_{table}" for table in TABLES if table != "insightrun"]
    grant = [
        f"grant select, delete on {t} to hearth_gate; create policy erases on {t} for delete to hearth_gate using (true)"
        for t in rows
    ]
    undo = [f"drop policy erases on {t}; revoke delete on {t} from hearth_gate" for t in rows]
    return migrations.RunSQL(";".join(grant), ";".join(undo))


def _identity() -> migrations.RunSQL:
    grants = [f"grant usage on schema public to {IDENTITY}"]
    for table in TABLES:
        grants.append(f"grant select, insert, update, delete on insight_{table} to {IDENTITY}")
        grants.append(
            f"create policy works_out on insight_{table} for all to {IDENTITY} using (true) with check (true)"
        )
    for table, rows in READS.items():
        grants.append(f"grant select on {table} to {IDENTITY}")
        if rows:
            grants.append(f"create policy works_out on {table} for select to {IDENTITY} using ({rows})")
    grants.append(f"grant execute on function hearth_linked_persons() to {IDENTITY}")
    undo = [f"revoke execute on function hearth_linked_persons() from {IDENTITY}"]
    undo += [f"drop policy works_out on {table}" for table, rows in READS.items() if rows]
    undo += [f"revoke all on {table} from {IDENTITY}" for table in READS]
    undo += [
        f"drop policy works_out on insight_{table}; revoke all on insight_{table} from {IDENTITY}" for table in TABLES
    ]
    return migrations.RunSQL(";".join(grants), ";".join([*undo, f"revoke usage on schema public from {IDENTITY}"]))


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0001_initial"), ("feeds", "0002_policies"),
        ("matching", "0002_policies"), ("accounts", "0002_policies"), ("people", "0004_search_functions"),
        ("sharing", "0002_policies"),
    ]  # fmt: skip
    operations = [
        *functions(),
        protect("insight_insightrun", read=RUNS, add=WORKS_OUT, change=WORKS_OUT),
        protect("insight_familyofconcern", read=FAMILY, add="false", change=FAMILY),
        protect("insight_flag", read=of_concern("insight_flag"), add="false", change=of_concern("insight_flag")),
        protect(
            "insight_flagdecision", read=of_concern("insight_flagdecision"),
            add=MINE + of_concern("insight_flagdecision"), change=of_concern("insight_flagdecision"),
        ),
        append_only(
            "insight_familytold", read=of_concern("insight_familytold"), add=MINE + of_concern("insight_familytold")
        ),
        gate_reads("insight_familyofconcern", "insight_flag", "insight_flagdecision", "insight_familytold", "insight_insightrun"),  # after its policies, so that the gate's own stands among them
        _identity(),
        _gate_erases(),
    ]  # fmt: skip
