"""What is kept from a reader because it is restricted, for rows that name people and families without hanging from them."""

from django.db import migrations

from hearth.records.people.restrictions.functions import kept_functions

READS = """create policy reads_family on audit_auditevent for select to hearth_web, hearth_worker using (
    family_id is not null and (
        (((kind = 'done' or hearth_holds(hearth_reader(), 'see_audit_trail'))
            and exists (select 1 from people_family f where f.id = family_id offset 0)){shown})
        or hearth_holds(hearth_reader(), 'govern_restricted')))"""
SHOWN = "\n        and not (subject = any((select hearth_kept_references(hearth_reader()))::text[]))"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_search_functions")]
    operations = [
        *kept_functions(),
        # A trail that lists the reference of somebody restricted would say that they are there.
        migrations.RunSQL(
            f"drop policy reads_family on audit_auditevent; {READS.format(shown=SHOWN)}",
            f"drop policy reads_family on audit_auditevent; {READS.format(shown='')}",
        ),
    ]
