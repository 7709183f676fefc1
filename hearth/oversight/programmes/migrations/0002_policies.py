"""Claims are seen in the areas of whoever sees claims, by families of whom nobody is kept from them; frozen evidence is never changed."""

from django.db import migrations

from hearth.foundation.core.policies import READERS, append_only, gate_reads, protect
from hearth.oversight.programmes.functions import functions

MINE = "{0}_id = hearth_reader()"
MAY = "hearth_may_claim(family_id)"
MAKES, CHECKS, AUDITS = (
    f"(select hearth_holds(hearth_reader(), '{each}_claims'))" for each in ("make", "check", "audit")
)
OF_CLAIM = "exists (select 1 from programmes_claim p where p.id = programmes_sampledclaim.claim_id)"


def _only_changes(table: str, *columns: str) -> migrations.RunSQL:
    """What was written stays; only these columns are filled in later."""
    return migrations.RunSQL(
        f"revoke update on {table} from {READERS}; grant update ({', '.join(columns)}) on {table} to {READERS}",
        f"grant update on {table} to {READERS}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0001_initial"), ("audit", "0002_policies"), ("people", "0002_policies"), ("cases", "0002_policies"),
        ("assessments", "0003_typing"), ("plans", "0002_policies"), ("insight", "0002_policies"), ("counts", "0001_counts"),
    ]  # fmt: skip
    operations = [
        # The gate reads what plans and the trail say; cases, assessments, people and flags it reads already.
        gate_reads("plans_plan", "plans_planagreement", "plans_outcome", "plans_review", "plans_outcomescore", "audit_auditevent"),
        # Flags are looked for by the people whom they name.
        migrations.RunSQL(
            "create index concern_names on insight_familyofconcern using gin (names)", "drop index concern_names"
        ),
        *functions(),
        protect(
            "programmes_namedneed", read=MAY, add=f"{MINE.format('by')} and {MAKES} and {MAY}", change=f"{MAKES} and {MAY}"
        ),
        _only_changes("programmes_namedneed", "ended_at"),
        append_only("programmes_lookagain", read=MAY, add=f"{MINE.format('by')} and {MAKES} and {MAY}"),
        protect(
            "programmes_claim", read=MAY, add=f"{MINE.format('made_by')} and state = 'waiting' and {MAKES} and {MAY}",
            change=f"({MAKES} or {CHECKS}) and {MAY}",
        ),
        _only_changes(
            "programmes_claim", "state", "checked_by_id", "checked_at", "accepted_at", "check_words", "withdrawn_by_id",
            "withdrawn_at", "withdrawn_why",
        ),
        append_only(
            "programmes_claimsample", read="(select hearth_holds(hearth_reader(), 'see_claims'))",
            add=f"{MINE.format('drawn_by')} and {AUDITS}",
        ),
        protect(
            "programmes_sampledclaim", read=OF_CLAIM, add=f"{AUDITS} and {OF_CLAIM}", change=f"{AUDITS} and {OF_CLAIM}"
        ),
        _only_changes("programmes_sampledclaim", "finding", "words", "found_by_id", "found_at", "version"),
    ]  # fmt: skip
