"""A request is as restricted and as closed as the family that came of it; the conditions are those of front_door/reach.py."""

from django.db import migrations

from hearth.foundation.core.policies import READERS

KEPT = "any((select hearth_kept_from(hearth_reader()))::uuid[])"
MANAGED = """(organisation_id = any((select hearth_organisation_managed(hearth_reader(), 'see_requests_of_organisation'))::uuid[])
    and area_id = any((select hearth_partner_areas(hearth_reader(), 'see_requests_of_organisation'))::uuid[]))"""
# Still to be answered, answered this week, or of a family that the reader may open. The others did not come by area.
IN_SIGHT = f"""family_id is null or state in ('received', 'paused', 'decided') or told_at > now() - interval '7 days'
    or made_by_id = hearth_reader() or (moved_by_id = hearth_reader() and moved_at > now() - interval '7 days')
    or id = any((select hearth_requests_passed(hearth_reader()))::uuid[]) or {MANAGED}
    or exists (select 1 from people_family f where f.id = front_door_request.family_id offset 0)"""
# Somebody restricted since, whom the front door had matched with a person as typed.
RESTRICTED = f"""exists (select 1 from front_door_personmatch m
    where m.typed_id = front_door_requestperson.id and m.person_id = {KEPT} offset 0)"""


class Migration(migrations.Migration):
    dependencies = [("front_door", "0008_document_policies"), ("people", "0005_kept_apart")]
    operations = [
        migrations.RunSQL(
            f"""
            create policy kept_apart on front_door_request as restrictive for select to {READERS}
                using (family_id is null or not (family_id = {KEPT}));
            create policy in_sight on front_door_request as restrictive for select to {READERS} using ({IN_SIGHT});
            create policy kept_apart on front_door_requestperson as restrictive for select to {READERS}
                using (not ({RESTRICTED}));
            """,
            """
            drop policy kept_apart on front_door_requestperson;
            drop policy in_sight on front_door_request; drop policy kept_apart on front_door_request;
            """,
        )
    ]
