"""Whoever may read a family's notes, and each note's author, reads them. The condition is that of notes/models.may_read."""

from django.db import migrations

from hearth.foundation.core.policies import READERS, append_only, events, protect
from hearth.records.people.policies import family_condition, person_condition

COVERED = family_condition("notes_note", category="notes")
OWN = f"(author_id = hearth_reader() and {family_condition('notes_note')})"
READ = f"{COVERED} or {OWN}"


def parent(table: str, of: str, column: str) -> str:
    """A row of `table` hangs from a row that the reader may read."""
    return f"exists (select 1 from {of} p where p.id = {table}.{column})"


OF_NOTE = parent("notes_noteversion", "notes_note", "note_id")
SHOWN = f"{parent('notes_personseen', 'notes_noteversion', 'version_id')} and {person_condition('notes_personseen')}"


class Migration(migrations.Migration):
    dependencies = [("notes", "0001_initial"), ("cases", "0002_policies"), ("people", "0002_policies")]
    operations = [
        # Nobody writes in another's name, or moves a note to another family or another author.
        protect("notes_note", read=READ, add=OWN, change=READ),
        migrations.RunSQL(
            f"""
            revoke update on notes_note from {READERS};
            grant update (number, kind, happened_on, time_of_day, contact, in_error) on notes_note to {READERS};
            """,
            f"grant update on notes_note to {READERS}",
        ),
        append_only("notes_noteversion", read=OF_NOTE, add=f"written_by_id = hearth_reader() and {OF_NOTE}"),
        append_only(
            "notes_personseen",
            read=SHOWN,
            # Only the writer of the version says who was seen, and only somebody of the note's own family.
            add=f"""{person_condition("notes_personseen")} and exists (
                select 1 from notes_noteversion v join notes_note n on n.id = v.note_id
                join people_membership m on m.family_id = n.family_id and m.person_id = notes_personseen.person_id
                where v.id = notes_personseen.version_id and v.written_by_id = hearth_reader())""",
        ),
        events("notes_noteevent", "notes_note"),
    ]
