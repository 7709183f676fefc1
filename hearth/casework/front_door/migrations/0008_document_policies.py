"""Who reads and adds a request's documents. The reading is that of documents/models.py; a test holds the two equal."""

from importlib import import_module

from django.db import migrations

from hearth.foundation.core.policies import READERS, gate_function, gate_reads
from hearth.records.documents.policies import CATEGORY, of_content, of_document
from hearth.records.people.policies import family_condition

policies = import_module("hearth.casework.front_door.migrations.0002_policies")
TABLE, CONTENT = "front_door_requestdocument", "front_door_requestdocumentcontent"
ASKED = policies.parent(TABLE)
THEIRS = family_condition(TABLE, category=CATEGORY)
BY_EITHER = policies.parent(TABLE, f"{policies.BY_EITHER} and r.state in ('started', 'received', 'paused')")
DECIDING = policies.parent(TABLE, policies.BY_FRONT_DOOR)
# A visitor without a sign-in writes the bytes, then the document, then the request, so that nobody can add to what is there.
BY_VISITOR = "hearth_reader() is null and added_by_id is null and not hearth_request_exists(request_id)"
OF_DOCUMENT = f"exists (select 1 from {TABLE} d where d.id = {CONTENT}.document_id and {{}})"


def goes_with(table: str, column: str, parent: str) -> migrations.RunSQL:
    """A key whose rows the database deletes with their parent: only a request that was never sent is ever deleted."""
    name = f"{table}_goes_with_{column}"
    return migrations.RunSQL(
        f"""alter table {table} add constraint {name} foreign key ({column}) references {parent} (id)
            on delete cascade deferrable initially deferred""",
        f"alter table {table} drop constraint {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("front_door", "0007_documents"), ("documents", "0001_initial")]
    operations = [
        goes_with(TABLE, "request_id", "front_door_request"),
        goes_with(CONTENT, "document_id", TABLE),
        of_document(
            TABLE,
            read=f"{ASKED} or {THEIRS}",
            add=f"family_id is null and ((added_by_id = hearth_reader() and {BY_EITHER}) or ({BY_VISITOR}))",
            withdraw=f"(added_by_id = hearth_reader() and {ASKED}) or {DECIDING} or {THEIRS}",
        ),
        # The front door's decision gives the documents to the family that its request was accepted for.
        migrations.RunSQL(
            f"""
            grant update (family_id) on {TABLE} to {READERS};
            create policy goes_to_family on {TABLE} for update to {READERS} using ({DECIDING})
                with check ({policies.parent(TABLE, f"{policies.BY_FRONT_DOOR} and r.family_id = {TABLE}.family_id")});
            """,
            f"drop policy goes_to_family on {TABLE}; revoke update (family_id) on {TABLE} from {READERS}",
        ),
        gate_reads(TABLE),
        gate_function(
            "hearth_request_document_exists(wanted uuid)",
            "boolean",
            f"select exists (select 1 from {TABLE} where id = wanted)",
        ),
        of_content(
            CONTENT,
            read=OF_DOCUMENT.format("d.withdrawn_at is null"),
            add=f"""{OF_DOCUMENT.format("d.added_by_id = hearth_reader() and d.scan = 'unchecked'")}
                or (hearth_reader() is null and not hearth_request_document_exists(document_id))""",
        ),
    ]
