"""Who is typing on a page of an assessment. Drafts stay their author's alone: only that there is one, and whose, is told,
and only to somebody who may open that assessment."""

from django.db import migrations

from hearth.foundation.core.policies import gate_function, gate_reads
from hearth.records.people.policies import may_open


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_policies"), ("ui", "0001_initial"), ("accounts", "0002_policies")]
    operations = [
        gate_reads("assessments_assessment"),
        migrations.RunSQL(
            """
            grant select (author_id, path, form, updated_at, cleared_at) on ui_draft to hearth_gate;
            create policy typing on ui_draft for select to hearth_gate using (true);
            """,
            """
            drop policy typing on ui_draft;
            revoke select (author_id, path, form, updated_at, cleared_at) on ui_draft from hearth_gate;
            """,
        ),
        gate_function(
            "hearth_typing(wanted uuid, page text, since timestamptz)",
            "table (full_name text)",
            f"""select u.full_name::text from assessments_assessment a
                join people_family f on f.id = a.family_id
                join ui_draft d on d.form = a.reference and d.path = page
                join accounts_user u on u.id = d.author_id
                where a.id = wanted and d.cleared_at is null and d.updated_at >= since
                and d.author_id <> hearth_reader() and {may_open("f", "assessment")}""",
        ),
    ]
