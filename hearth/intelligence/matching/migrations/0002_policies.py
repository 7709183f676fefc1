"""Whoever links feeds reads runs, pairs and labels, but never a pair that may be about somebody restricted."""

from django.db import migrations

from hearth.foundation.core.policies import append_only, gate_function, gate_reads, protect

LINKS = "hearth_holds(hearth_reader(), 'link_feeds')"
SHOWN = f"{LINKS} and hearth_may_be_shown(about)"
# What `system:linkage` compares, and no more of anybody.
SEES = {
    "people_person": (
        "id", "cluster_id", "given_name", "family_name", "name_supplied", "born_on", "birth_precision", "sex", "hidden",
    ),
    "people_address": ("id", "person_id", "lines", "postcode", "uprn", "from_on", "until_on"),
    "people_identifier": ("person_id", "kind", "value", "flag"),
    "people_membership": ("person_id", "family_id"),
    "people_family": ("id", "restricted"),
}  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("feeds", "0002_policies"), ("people", "0005_kept_apart")]
    operations = [
        migrations.RunSQL(
            "grant usage on schema public to hearth_linkage;"
            + "".join(
                f"grant select ({', '.join(columns)}) on {table} to hearth_linkage;"
                f"create policy links on {table} for select to hearth_linkage using (true);"
                for table, columns in SEES.items()
            ),
            "".join(f"drop policy links on {table}; revoke all on {table} from hearth_linkage;" for table in SEES)
            + "revoke usage on schema public from hearth_linkage;",
        ),
        # Restricted after the run too: asked of the register each time a pair is read.
        gate_function(
            "hearth_may_be_shown(people uuid[])",
            "boolean",
            """select people = '{}' or not exists (
                select 1 from people_person p join people_person q on q.cluster_id = p.cluster_id
                left join people_membership m on m.person_id = q.id left join people_family f on f.id = m.family_id
                where (p.id = any(people) or p.cluster_id = any(people)) and (q.hidden or coalesce(f.restricted, false)))""",
        ),
        protect("matching_linkrun", read=LINKS),
        protect("matching_matchpair", read=SHOWN, add=LINKS),
        append_only(
            "matching_matchlabel",
            read="exists (select 1 from matching_matchpair p where p.id = matching_matchlabel.pair_id)",
            add=f"by_id = hearth_reader() and {LINKS}",
        ),
        # The key of a family, so that a look at a pair is in its trail; it tells nothing of the family.
        gate_function(
            "hearth_trail_of_person(wanted uuid)",
            "uuid",
            f"""select m.family_id from people_person p join people_membership m on m.person_id = p.id
                where {LINKS} and p.cluster_id = (select q.cluster_id from people_person q where q.id = wanted)
                order by (m.until_on is not null), m.until_on desc, m.created_at, m.id limit 1""",
        ),
        gate_reads("matching_linkrun"),
        # Which file says who is who, for any room that reads it; it names nobody.
        gate_function(
            "hearth_linked_persons()",
            "table(id uuid, reference varchar, rows_hash varchar)",
            "select id, reference, rows_hash from matching_linkrun where hearth_reader() is not null and is_current",
        ),
        # Identities of the worker have roles of their own: what they read with the file is theirs to say, which file is not secret.
        migrations.RunSQL(
            "grant execute on function hearth_linked_persons() to public",
            "revoke execute on function hearth_linked_persons() from public",
        ),
    ]
