"""Row policies of tenders. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.commissioning.procurement.reach import BIDDER_SQL, RUNS_SQL, part_sql
from hearth.foundation.core.policies import READERS, append_only, only, protect
from hearth.records.documents.policies import KEEPER

ME = "hearth_reader()"


def _tender(table: str, condition: str = "true") -> str:
    return f"exists (select 1 from procurement_tender t where t.id = {table}.tender_id and {condition})"


def calls() -> list[RunSQL]:
    """A published call is everybody's; a draft is its writers'. Its parts are written with the draft, and never after."""
    table, opener = "procurement_tender", part_sql("id", "opener")
    operations = [
        protect(
            table,
            read=f"published_at is not null or {RUNS_SQL} or {opener}",
            add=f"written_by_id = {ME} and state = 'draft' and {RUNS_SQL}",
            change=f"{RUNS_SQL} or {opener} or {part_sql('id', 'moderates')}",
        )
    ]
    for name in ("lot", "jointshare", "criterion", "callfile"):
        part = f"procurement_{name}"
        write = f"{RUNS_SQL} and {_tender(part, 't.published_at is null')}"
        operations.append(protect(part, read=_tender(part), add=write, change=write, remove=write))
    operations.append(RunSQL(f"revoke update on procurement_callfile from {READERS}", RunSQL.noop))
    return operations


def keyholders() -> list[RunSQL]:
    """Named by whoever writes the tender; each writes their own lock, and only before it is published."""
    table = "procurement_keyholder"
    draft = _tender(table, "t.published_at is null")
    return [
        protect(
            table,
            read=f"{RUNS_SQL} or {part_sql('tender_id', 'opener')}",
            add=f"set_at is null and public_key = '' and {RUNS_SQL} and {draft}",
            change=f"user_id = {ME} and {draft}",
            remove=f"{RUNS_SQL} and {draft}",
        ),
        only(table, "salt, public_key, locked_key, set_at"),
    ]


def questions() -> list[RunSQL]:
    """Who asked what stays between the asker and whoever runs the tender; the answer is everybody's."""
    question, answer = "procurement_supplierquestion", "procurement_publishedanswer"
    own = f"organisation_id = {BIDDER_SQL}"
    return [
        append_only(
            question,
            read=f"{RUNS_SQL} or {own}",
            add=f"asked_by_id = {ME} and {own} and {_tender(question, 't.published_at is not null')}",
        ),
        append_only(answer, read=_tender(answer), add=f"answered_by_id = {ME} and {RUNS_SQL}"),
    ]


def bids() -> list[RunSQL]:
    """That there is a bid its own organisation reads, and others once it is opened. What it says, opened, is the scorers' alone."""
    bid, sealed, words, file = (f"procurement_{name}" for name in ("bid", "sealedpart", "openedbid", "openedfile"))
    own, opener = f"organisation_id = {BIDDER_SQL}", part_sql("tender_id", "opener")
    opened, closed = _tender(bid, "t.opened_at is not null"), _tender(bid, "t.opened_at is null")
    in_time = f"{bid}.sent_at < t.deadline_at and t.state = 'published' and t.opened_at is null"

    def of_bid(table: str, condition: str) -> str:
        return f"exists (select 1 from {bid} b where b.id = {table}.bid_id and {condition})"

    opens = part_sql("b.tender_id", "opener")
    unsealed = "exists (select 1 from procurement_tender t where t.id = b.tender_id and t.opened_at is not null)"
    operations = [
        protect(
            bid,
            read=f"{own} or ({opened} and ({RUNS_SQL} or {opener} or {part_sql('tender_id', 'scorer')}))",
            add=f"sent_by_id = {ME} and {own} and price_pence is null and {_tender(bid, in_time)}",
            change=f"({own} and {closed}) or ({opener} and {opened})",
        ),
        only(bid, "replaced_at, withdrawn_at, withdrawn_by_id, price_pence"),
        append_only(
            sealed,
            read=of_bid(sealed, f"{opens} and {unsealed}"),
            add=of_bid(sealed, f"b.sent_by_id = {ME} and b.price_pence is null"),
        ),
    ]
    for table in (words, file):
        operations.append(
            append_only(
                table,
                read=of_bid(table, part_sql("b.tender_id", "scores")),
                add=of_bid(table, f"{opens} and {unsealed}"),
            )
        )
    return operations


def followers() -> list[RunSQL]:
    """Whoever asked to hear of a call is known to themselves alone, and stops it when they like."""
    table = "procurement_callfollower"
    own = f"user_id = {ME}"
    return [
        protect(
            table,
            read=own,
            add=f"{own} and {BIDDER_SQL} is not null and (tender_id is null or {_tender(table, 't.published_at is not null')})",
            change="false",
            remove=own,
        )
    ]


def checking() -> list[RunSQL]:
    """Opened files are looked into by the identity that does so with every document: it says what it found, and takes out a virus."""
    bid, file = "procurement_bid", "procurement_openedfile"
    return [
        RunSQL(
            f"""
            grant select (id, number, created_at, bid_id, content, scan), update (content, scan, scanned_at) on {file} to {KEEPER};
            create policy checks_reads on {file} for select to {KEEPER} using (true);
            create policy checks on {file} for update to {KEEPER} using (scan = 'unchecked') with check (scan <> 'unchecked');
            grant select (id, reference, tender_id) on {bid} to {KEEPER};
            create policy checks_reads on {bid} for select to {KEEPER} using (price_pence is not null);
            grant select (price_pence) on {bid} to {KEEPER};
            """,
            f"""
            drop policy checks_reads on {bid}; drop policy checks on {file}; drop policy checks_reads on {file};
            revoke all on {bid} from {KEEPER}; revoke all on {file} from {KEEPER};
            """,
        )
    ]


def scoring() -> list[RunSQL]:
    """Each scorer writes their own scores, reads the others' when all have scored; the chair writes what is agreed."""
    scorer, score, agreed = (f"procurement_{name}" for name in ("scorer", "score", "agreedscore"))

    def of_bid(table: str, what: str, more: str = "true") -> str:
        reach = part_sql("b.tender_id", what) if what else RUNS_SQL
        tender = f"exists (select 1 from procurement_tender t where t.id = b.tender_id and {more})"
        return f"exists (select 1 from procurement_bid b where b.id = {table}.bid_id and {reach} and {tender})"

    compared, opened = "t.state = 'compared'", "t.state = 'opened'"
    open_lot = f"not exists (select 1 from procurement_award a join procurement_bid b on b.lot_id = a.lot_id where b.id = {agreed}.bid_id)"
    moderates = f"agreed_by_id = {ME} and {of_bid(agreed, 'moderates', compared)} and {open_lot}"
    return [
        protect(
            scorer,
            read=f"{RUNS_SQL} or {part_sql('tender_id', 'scorer')}",
            add=f"named_by_id = {ME} and conflict = 'unsaid' and {RUNS_SQL}",
            change=f"user_id = {ME}",
        ),
        only(scorer, "chairs, conflict, conflict_words, declared_at"),
        protect(
            score,
            read=f"(scorer_id = {ME} and {of_bid(score, 'scores')}) or {of_bid(score, 'scores', compared)} or {of_bid(score, '', compared)}",
            add=f"scorer_id = {ME} and {of_bid(score, 'scores', opened)}",
            change=f"scorer_id = {ME} and {of_bid(score, 'scores', opened)}",
        ),
        only(score, "points, words"),
        protect(agreed, read=f"{RUNS_SQL} or {of_bid(agreed, 'scores')}", add=moderates, change=moderates),
        only(agreed, "points, words, agreed_by_id"),
    ]


def awards() -> list[RunSQL]:
    """An award is everybody's once its notice is published; what a bidder was told is its own."""
    award, reason = "procurement_award", "procurement_bidreason"
    return [
        protect(
            award,
            read=f"published_at is not null or {RUNS_SQL} or {part_sql('tender_id', 'bids')} or {part_sql('tender_id', 'scores')}",
            add=f"decided_by_id = {ME} and published_at is null and {RUNS_SQL}",
            change=RUNS_SQL,
        ),
        only(award, "published_at, published_by_id"),
        append_only(
            reason,
            read=f"{RUNS_SQL} or exists (select 1 from procurement_bid b where b.id = {reason}.bid_id and b.organisation_id = {BIDDER_SQL})",
            add=RUNS_SQL,
        ),
    ]
