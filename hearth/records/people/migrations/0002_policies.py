"""Who may read and write families and people."""

from django.db import migrations

from hearth.foundation.core.policies import events, gate_reads, protect
from hearth.records.people.policies import family_functions, may_open, of_person

FAMILY = "exists (select 1 from people_family f where f.id = {table}.family_id)"
SHOWN = "not hidden or {column} = any((select hearth_allowed_people(hearth_reader()))::uuid[])"
GOVERNS = "hearth_holds(hearth_reader(), 'govern_restricted')"
TOLD = "hearth_holds(hearth_reader(), 'told_of_restricted_searches')"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("accounts", "0002_policies"), ("audit", "0002_policies")]
    operations = [
        gate_reads(
            "people_family",
            "people_person",
            "people_membership",
            "people_access",
            "people_restriction",
            "people_restrictedaccess",
        ),
        *family_functions(),
        protect("people_family", read=may_open("people_family")),
        protect(
            "people_membership",
            read=f"({SHOWN.format(column='person_id')}) and {FAMILY.format(table='people_membership')}",
        ),
        # A person is written after their first membership, which is what makes the row visible.
        protect(
            "people_person",
            read=f"({SHOWN.format(column='id')}) and exists (select 1 from people_membership m where m.person_id = people_person.id)",
        ),
        of_person("people_personname", remove=True),
        of_person("people_address"),
        of_person("people_identifier", remove=True),
        protect(
            "people_relationship",
            read="exists (select 1 from people_person p where p.id = people_relationship.person_id)"
            " and exists (select 1 from people_person o where o.id = people_relationship.other_id)",
        ),
        # Access is given by somebody who already may open the family, or written just before a new family's own row.
        protect(
            "people_access",
            read=FAMILY.format(table="people_access"),
            add=f"{FAMILY.format(table='people_access')} or not hearth_family_exists(family_id)",
        ),
        protect("people_restriction", read=GOVERNS),
        protect("people_restrictedaccess", read=GOVERNS),
        protect(
            "people_link",
            read="exists (select 1 from people_person p where p.id = people_link.one_id)"
            " and exists (select 1 from people_person o where o.id = people_link.other_id)",
        ),
        protect("people_restrictedsearch", read=TOLD, add="searched_by_id = hearth_reader()"),
        events("people_familyevent", "people_family"),
        events("people_personevent", "people_person"),
        events("people_membershipevent", "people_membership"),
        events("people_personnameevent", "people_personname"),
        events("people_addressevent", "people_address"),
        events("people_identifierevent", "people_identifier"),
        events("people_relationshipevent", "people_relationship"),
        events("people_accessevent", "people_access"),
        events("people_restrictionevent", "people_restriction"),
        events("people_restrictedaccessevent", "people_restrictedaccess"),
        events("people_linkevent", "people_link"),
        gate_reads(
            "people_family",
            "people_person",
            "people_membership",
            "people_access",
            "people_restriction",
            "people_restrictedaccess",
        ),
        # What was done for a family is read by whoever may open it; who looked, only with the permission to see that.
        migrations.RunSQL(
            """create policy reads_family on audit_auditevent for select to hearth_web, hearth_worker using (
                family_id is not null and (
                    ((kind = 'done' or hearth_holds(hearth_reader(), 'see_audit_trail'))
                        and exists (select 1 from people_family f where f.id = family_id))
                    or hearth_holds(hearth_reader(), 'govern_restricted')))""",
            "drop policy reads_family on audit_auditevent",
        ),
    ]
