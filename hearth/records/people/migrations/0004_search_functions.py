"""The search and its words; what follows from restrictions and links; who may link and who may answer."""

from django.db import migrations

from hearth.foundation.core.policies import events, gate_reads, protect
from hearth.records.people.policies import family_condition, gate_changes, may_open, person_condition
from hearth.records.people.restrictions.functions import functions as restriction_functions
from hearth.records.people.search.functions import functions as search_functions

LINKS = "hearth_holds(hearth_reader(), 'link_people')"
BOTH = f"{person_condition('people_link', 'one_id')} and {person_condition('people_link', 'other_id')}"
ANSWERED = (
    f"{family_condition('people_missinganswer')} and (person_id is null or {person_condition('people_missinganswer')})"
)

LIVES = f"""exists (select 1 from people_person p where p.id = people_address.person_id) and exists (
    select 1 from people_membership m join people_family f on f.id = m.family_id
    where m.person_id = people_address.person_id and {may_open("f", "contact")})"""


def unprotected(table: str) -> str:
    """Take the first policies of a table away."""
    return " ".join(f"drop policy {name} on {table};" for name in ("reads", "adds", "changes", "removes"))


class Migration(migrations.Migration):
    dependencies = [("people", "0003_search")]
    operations = [
        protect("people_missinganswer", read=ANSWERED),
        events("people_missinganswerevent", "people_missinganswer"),
        # Words of names are the search's own: nobody reads or writes them but the database's functions.
        protect("people_nametoken", read="false"),
        gate_reads("people_personname", "people_address", "people_link"),
        gate_changes("people_person", "people_personevent"),
        gate_changes("people_membership", "people_membershipevent"),
        gate_changes("people_family", "people_familyevent"),
        # Where somebody lives is shown to those whose access covers how to reach the family.
        migrations.RunSQL(unprotected("people_address"), ""),
        protect("people_address", read=LIVES),
        # Linking needs its permission and sight of both records, whatever a page forgets.
        migrations.RunSQL(
            f"""
            drop policy adds on people_link; drop policy changes on people_link;
            create policy adds on people_link for insert to hearth_web, hearth_worker with check ({BOTH} and {LINKS});
            create policy changes on people_link for update to hearth_web, hearth_worker
                using ({BOTH} and {LINKS}) with check ({BOTH} and {LINKS});
            """,
            f"""
            drop policy adds on people_link; drop policy changes on people_link;
            create policy adds on people_link for insert to hearth_web, hearth_worker with check ({BOTH});
            create policy changes on people_link for update to hearth_web, hearth_worker using ({BOTH}) with check ({BOTH});
            """,
        ),
        *search_functions(),
        *restriction_functions(),
    ]
