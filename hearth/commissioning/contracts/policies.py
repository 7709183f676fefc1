"""Row policies of contracts. The conditions are those of reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.commissioning.contracts.reach import RUNS, SEES, SIGNS, in_sql, whole
from hearth.foundation.core.policies import READERS, append_only, only, protect, row_by_row
from hearth.records.money.reach import KEEPS_WHOLE
from hearth.records.people.policies import family_condition

ME = "hearth_reader()"
CONTRACT = "contracts_contract"
RUN, SEE, CHECK, DELIVER = whole(RUNS), in_sql("see"), in_sql("check"), in_sql("deliver")
WRITES = f"({RUN} and {SEE})"


def _draft(table: str) -> str:
    return f"exists (select 1 from {CONTRACT} c where c.id = {table}.contract_id and c.state = 'draft')"


def contracts() -> list[RunSQL]:
    """A contract is read where it is paid from and by its provider; written, varied and ended by whoever runs contracts."""
    part, commitment = "contracts_contractpart", "contracts_partcommitment"
    area = f"area_id = any((select hearth_money_areas({ME}, '{SEES}'))::uuid[])"
    sees_all = f"{whole(SEES)} or {RUN} or {whole(SIGNS)} or {DELIVER}"
    of_part = f"exists (select 1 from {part} p where p.id = {commitment}.part_id)"
    return [
        protect(
            CONTRACT,
            read=in_sql("see", "id"),
            add=f"written_by_id = {ME} and state = 'draft' and {RUN}",
            change=f"({RUN} or {whole(SIGNS)}) and {in_sql('see', 'id')}",
        ),
        only(
            CONTRACT,
            "title, what, needs, intention_id, theme_id, award_id, no_tender_why, provider_id, value_pence, starts_on, ends_on, manager_id, "
            "agreement_id, document, state, first_signed_by_id, first_signed_at, signed_by_id, signed_at, settled_by_id, settled_at, "
            "settled_words",
        ),
        protect(part, read=f"{SEE} and ({sees_all} or {area})", add=WRITES, change=WRITES, remove=f"{WRITES} and {_draft(part)}"),
        only(part, "pence"),
        append_only(commitment, read=of_part, add=f"{RUN} and {KEEPS_WHOLE} and {of_part}"),
    ]  # fmt: skip


def whole_parts() -> RunSQL:
    """A part of the whole authority is read by whoever reads the contract: it is each district's."""
    part = "contracts_contractpart"
    area = f"area_id = any((select hearth_money_areas({ME}, '{SEES}'))::uuid[])"
    before = f"{SEE} and ({whole(SEES)} or {RUN} or {whole(SIGNS)} or {DELIVER} or {area})"
    now = f"{SEE} and ({whole(SEES)} or {RUN} or {whole(SIGNS)} or {DELIVER} or area_id is null or {area})"
    alter = f"alter policy reads on {part} using"
    return RunSQL(f"{alter} ({row_by_row(now)})", f"{alter} ({row_by_row(before)})")


def agreed() -> list[RunSQL]:
    """What is promised is written with the draft, and afterwards by a variation; a provider says that a milestone is reached."""
    operations = []
    for name in ("milestone", "target", "paymentterm"):
        table = f"contracts_{name}"
        change = (
            f"{WRITES} or {CHECK} or ({DELIVER} and state in ('due', 'reached'))" if name == "milestone" else WRITES
        )
        operations.append(protect(table, read=SEE, add=WRITES, change=change, remove=f"{WRITES} and {_draft(table)}"))
    profile, variation = "contracts_profile", "contracts_variation"
    target = f"exists (select 1 from contracts_target t where t.id = {profile}.target_id)"
    draft = f"""exists (select 1 from contracts_target t join {CONTRACT} c on c.id = t.contract_id
        where t.id = {profile}.target_id and c.state = 'draft')"""
    return [
        *operations,
        only(
            "contracts_milestone",
            "due_on, state, reached_on, reached_by_id, evidence, certified_on, certified_by_id, words",
        ),
        only("contracts_target", "number"),
        only("contracts_paymentterm", "cap_pence"),
        protect(profile, read=target, add=f"{RUN} and {target}", change=f"{RUN} and {target}", remove=f"{RUN} and {draft}"),
        only(profile, "planned"),
        protect(
            variation,
            read=SEE,
            add=f"asked_by_id = {ME} and state = 'asked' and ({WRITES} or ({DELIVER} and by_provider))",
            change=f"{WRITES} or ({DELIVER} and state in ('asked', 'agreed', 'declined', 'withdrawn'))",
        ),
        only(variation, "state, answered_by_id, answered_on, answer, letter, in_force_by_id, in_force_on"),
    ]  # fmt: skip


def visits() -> list[RunSQL]:
    """Visits are planned and noted by whoever checks the contract; their actions are followed by those, and read by its provider."""
    visit, follow = "contracts_qualityvisit", "contracts_visitaction"
    of_visit = f"exists (select 1 from {visit} v where v.id = {follow}.visit_id"
    return [
        protect(visit, read=SEE, add=f"planned_by_id = {ME} and {CHECK}", change=CHECK),
        only(visit, "planned_for, visitor_id, done_on, done_by_id, findings, called_off_at, called_off_why"),
        protect(
            follow,
            read=f"{of_visit})",
            add=f"added_by_id = {ME} and {of_visit} and {in_sql('check', 'v.contract_id')})",
            change=f"{of_visit} and {in_sql('check', 'v.contract_id')})",
        ),
        only(follow, "due_on, done_on, done_by_id, words"),
    ]


def payments() -> list[RunSQL]:
    """An outcome is claimed by whoever delivers, looked at by whoever checks; whose it is stays with the family's plan. Paid by the keeper."""
    claim, words, payment, line = (
        f"contracts_{name}" for name in ("outcomeclaim", "claimwords", "payment", "paymentline")
    )
    plan = family_condition(words, category="plan")
    of_payment = f"exists (select 1 from {payment} p where p.id = {line}.payment_id)"
    of_part = f"exists (select 1 from contracts_contractpart p where p.id = {line}.part_id)"
    of_term = f"""exists (select 1 from contracts_paymentterm t where t.id = {claim}.term_id and t.contract_id = {claim}.contract_id
        and t.outcome = {claim}.outcome and t.pence = {claim}.pence)"""
    pays = f"{RUN} and {KEEPS_WHOLE}"
    return [
        protect(
            claim,
            read=SEE,
            add=f"claimed_by_id = {ME} and state = 'claimed' and {DELIVER} and {of_term}",
            change=f"{CHECK} or ({DELIVER} and state in ('claimed', 'withdrawn'))",
        ),
        only(claim, "state, checked_by_id, checked_on, words"),
        append_only(
            words,
            read=plan,
            add=f"{plan} and exists (select 1 from {claim} c where c.id = {words}.claim_id and c.claimed_by_id = {ME})",
        ),
        append_only(payment, read=SEE, add=f"paid_by_id = {ME} and {pays}"),
        append_only(line, read=f"{of_payment} and {of_part}", add=f"{pays} and {of_payment}"),
    ]  # fmt: skip


def reversals() -> list[RunSQL]:
    """Of a payment, that it was reversed in the ledger may be said by whoever pays; and of nothing else of it is anything ever changed."""
    payment, pays = "contracts_payment", f"{RUN} and {KEEPS_WHOLE}"
    return [
        RunSQL(
            f"""
            grant update (reversed_at, reversed_by_id, reversed_why) on {payment} to {READERS};
            create policy changes on {payment} for update to {READERS} using ({pays}) with check ({pays} and reversed_by_id = {ME});
            """,
            f"drop policy changes on {payment}; revoke update (reversed_at, reversed_by_id, reversed_why) on {payment} from {READERS};",
        )
    ]


def endings() -> list[RunSQL]:
    """De-commissioning is asked by whoever checks or signs, decided by whoever runs contracts, and told its provider once it is decided."""
    ending, destination = "contracts_decommissioning", "contracts_familydestination"
    plan = family_condition(destination, category="plan")
    return [
        protect(
            ending,
            read=f"{SEE} and (state = 'decided' or not {DELIVER})",
            add=f"asked_by_id = {ME} and state = 'asked' and {SEE} and ({CHECK} or {RUN} or {whole(SIGNS)})",
            change=f"{RUN} and {SEE}",
        ),
        only(ending, "state, decided_by_id, decided_on, decision, last_day, released_pence"),
        protect(destination, read=plan, add=f"written_by_id = {ME} and {plan} and ({SEE} or {DELIVER})", change=plan),
        only(destination, '"to", words'),
    ]
