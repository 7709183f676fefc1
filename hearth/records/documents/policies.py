"""Row policies of the two tables that a room declares, written once: who reads a document reads its bytes, until it is withdrawn."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import READERS, row_by_row
from hearth.records.people.policies import family_condition, person_condition

CATEGORY = "documents"
KEEPER = "hearth_documents"  # the worker's identity that has bytes checked for viruses and moved to the store


def of_document(table: str, *, read: str, add: str, withdraw: str) -> RunSQL:
    """A table of documents. A row is added in one's own name; afterwards it can be withdrawn, and nothing else."""
    read, add, withdraw = map(row_by_row, (read, add, withdraw))
    return RunSQL(
        f"""
        alter table {table} enable row level security;
        revoke update, delete, truncate on {table} from {READERS};
        grant update (withdrawn_at, withdrawn_by_id, withdrawn_because) on {table} to {READERS};
        create policy reads on {table} for select to {READERS} using ({read});
        create policy adds on {table} for insert to {READERS}
            with check (scan = 'unchecked' and withdrawn_at is null and ({add}));
        create policy withdraws on {table} for update to {READERS}
            using (withdrawn_at is null and ({withdraw})) with check (withdrawn_by_id = hearth_reader());
        create trigger stays_withdrawn before update on {table} for each row
            when (old.withdrawn_at is not null and (new.withdrawn_at, new.withdrawn_by_id, new.withdrawn_because)
                is distinct from (old.withdrawn_at, old.withdrawn_by_id, old.withdrawn_because))
            execute function document_stays_withdrawn();
        grant select (id, reference, scan, added_by_id, withdrawn_at), update (scan, scanned_at) on {table} to {KEEPER};
        create policy keeps_reads on {table} for select to {KEEPER} using (true);
        create policy keeps on {table} for update to {KEEPER} using (scan = 'unchecked') with check (true);
        """,
        f"""
        drop trigger stays_withdrawn on {table};
        drop policy keeps on {table}; drop policy keeps_reads on {table}; revoke all on {table} from {KEEPER};
        drop policy withdraws on {table}; drop policy adds on {table}; drop policy reads on {table};
        grant update, delete on {table} to {READERS};
        alter table {table} disable row level security;
        """,
    )


def of_content(table: str, *, read: str, add: str) -> RunSQL:
    """A table of bytes: added once, never changed by a reader. The keeper moves them, and destroys what held a virus."""
    read, add = row_by_row(read), row_by_row(add)
    return RunSQL(
        f"""
        alter table {table} enable row level security;
        alter table {table} alter column bytes set storage external; -- what is packed already is not packed again
        revoke update, delete, truncate on {table} from {READERS};
        create policy reads on {table} for select to {READERS} using ({read});
        create policy adds on {table} for insert to {READERS} with check (key = '' and ({add}));
        grant select, update (bytes, key), delete on {table} to {KEEPER};
        create policy keeps_reads on {table} for select to {KEEPER} using (true);
        create policy keeps on {table} for update to {KEEPER} using (true) with check (true);
        create policy keeps_destroys on {table} for delete to {KEEPER} using (true);
        create trigger let_go after delete on {table} for each row when (old.key <> '')
            execute function documents_let_go();
        """,
        f"""
        drop trigger let_go on {table};
        drop policy keeps_destroys on {table}; drop policy keeps on {table}; drop policy keeps_reads on {table};
        revoke all on {table} from {KEEPER};
        drop policy adds on {table}; drop policy reads on {table};
        grant update, delete on {table} to {READERS};
        alter table {table} disable row level security;
        """,
    )


def of_family_document(table: str, parent: str, column: str, *, add: str = "true") -> RunSQL:
    """Documents of a family's `parent` (an assessment, a plan): seen by whoever sees that row and is covered for documents.

    `add` is a further condition on the parent's row, called p. The twin of `models.of_family`.
    """
    hangs = (
        f"exists (select 1 from {parent} p where p.id = {table}.{column} and p.family_id = {table}.family_id and {{}})"
    )
    seen = f"""{family_condition(table, category=CATEGORY)}
        and (person_id is null or {person_condition(table)}) and {hangs.format("true")}"""
    own = f"added_by_id = hearth_reader() and {hangs.format(add)}"
    return of_document(table, read=seen, add=f"{own} and {seen}", withdraw=seen)


def bytes_of_document(content: str, table: str) -> RunSQL:
    """The bytes of a table of documents: read with their row while it is not withdrawn, added by whoever added it."""
    of = f"exists (select 1 from {table} d where d.id = {content}.document_id and {{}})"
    return of_content(
        content,
        read=of.format("d.withdrawn_at is null"),
        add=of.format("d.added_by_id = hearth_reader() and d.scan = 'unchecked'"),
    )
