"""Who may read and write requests. The conditions are those of front_door/reach.py; a test holds the two equal."""

from django.db import migrations

from hearth.foundation.core.policies import READERS, append_only, events, gate_function, gate_reads, protect

SEES = "any((select hearth_areas(hearth_reader(), 'see_requests_in_area'))::uuid[])"
DECIDES = "any((select hearth_areas(hearth_reader(), 'decide_request'))::uuid[])"
MANAGED = "any((select hearth_organisation_managed(hearth_reader(), 'see_requests_of_organisation'))::uuid[])"
MANAGED_AREAS = "any((select hearth_partner_areas(hearth_reader(), 'see_requests_of_organisation'))::uuid[])"
HANDED_OVER = "(moved_by_id = hearth_reader() and moved_at > now() - interval '7 days')"

READ = f"""made_by_id = hearth_reader() or (state <> 'started' and (
    area_id = {SEES} or {HANDED_OVER} or (organisation_id = {MANAGED} and area_id = {MANAGED_AREAS})))"""
# Somebody signed in adds in their own name. A visitor without a sign-in may add one finished request and read nothing back.
ADD = """(made_by_id = hearth_reader()
        and exists (select 1 from accounts_user u where u.id = hearth_reader() and u.organisation_id = front_door_request.organisation_id))
    or (hearth_reader() is null and made_by_id is null and organisation_id is null and channel = 'family' and state = 'received'
        and family_id is null and case_id is null and decided_at is null)"""
CHANGE = f"made_by_id = hearth_reader() or (state <> 'started' and area_id = {DECIDES})"


def parent(table: str, condition: str = "true") -> str:
    """A row of `table` hangs from a request that the reader may see and that fulfils `condition`."""
    return f"exists (select 1 from front_door_request r where r.id = {table}.request_id and {condition})"


BY_FRONT_DOOR = f"r.state <> 'started' and r.area_id = {DECIDES}"
SEEN_BY_FRONT_DOOR = f"r.state <> 'started' and r.area_id = {SEES}"
BY_EITHER = f"(r.made_by_id = hearth_reader() or ({BY_FRONT_DOOR}))"

IN_FORCE = """p.user_id = reader and u.is_active and p.ended_at is null
    and p.from_on <= current_date and (p.until_on is null or p.until_on >= current_date)"""
HOLDS = """from accounts_appointment p
    join accounts_user u on u.id = p.user_id
    join accounts_organisation o on o.id = u.organisation_id and not o.is_authority
    join accounts_rolepermission x on x.role = p.role and x.permission = wanted"""


def front_door_only(table: str, signed_by: str) -> migrations.RunSQL:
    """A table of the front door's own: the referrer never reads it, and each row is signed by its writer."""
    write = parent(table, BY_FRONT_DOOR)
    return protect(
        table, read=parent(table, SEEN_BY_FRONT_DOOR), add=f"{signed_by} = hearth_reader() and {write}", change=write
    )


class Migration(migrations.Migration):
    dependencies = [("front_door", "0001_initial"), ("cases", "0002_policies"), ("people", "0002_policies")]
    operations = [
        # A partner's manager sees what their own people asked for, in the areas of the appointment; the authority's own
        # managers go by area alone.
        gate_function(
            "hearth_organisation_managed(reader uuid, wanted text)",
            "uuid[]",
            f"select coalesce(array_agg(distinct u.organisation_id), '{{}}') {HOLDS} where {IN_FORCE}",
        ),
        gate_function(
            "hearth_partner_areas(reader uuid, wanted text)",
            "uuid[]",
            f"""select coalesce(array_agg(distinct a.id), '{{}}') {HOLDS}
                join accounts_area a on p.area_id is null or p.area_id in (a.id, a.parent_id) where {IN_FORCE}""",
        ),
        gate_reads("front_door_request"),
        gate_function(
            "hearth_request_exists(wanted uuid)",
            "boolean",
            "select exists (select 1 from front_door_request where id = wanted)",
        ),
        # The one thing a visitor may learn: the reference of the request that their own form's secret key made.
        gate_function(
            "hearth_request_reference(wanted uuid)",
            "text",
            "select reference from front_door_request where key = wanted and channel = 'family'",
        ),
        migrations.RunSQL(
            f"""
            alter table front_door_request enable row level security;
            create policy reads on front_door_request for select to {READERS} using ({READ});
            create policy adds on front_door_request for insert to {READERS} with check ({ADD});
            create policy changes on front_door_request for update to {READERS} using ({CHANGE}) with check ({CHANGE} or {HANDED_OVER});
            create policy removes on front_door_request for delete to {READERS} using (made_by_id = hearth_reader() and state = 'started');
            """,
            """
            drop policy reads on front_door_request; drop policy adds on front_door_request;
            drop policy changes on front_door_request; drop policy removes on front_door_request;
            alter table front_door_request disable row level security;
            """,
        ),
        gate_reads("front_door_request"),  # once more: only now is there a policy to let the gate past
        # A visitor's people are written before the request, so that nobody can add a person to one that is there.
        append_only(
            "front_door_requestperson",
            read=parent("front_door_requestperson"),
            add=f"{parent('front_door_requestperson', 'r.made_by_id = hearth_reader()')}"
            " or (hearth_reader() is null and not hearth_request_exists(request_id))",
        ),
        append_only(
            "front_door_requestmessage",
            read=parent("front_door_requestmessage"),
            add=f"""written_by_id = hearth_reader() and (
                (from_front_door and {parent("front_door_requestmessage", BY_FRONT_DOOR)})
                or (not from_front_door and {parent("front_door_requestmessage", "r.made_by_id = hearth_reader()")}))""",
        ),
        protect(
            "front_door_pause",
            read=parent("front_door_pause"),
            add=f"begun_by_id = hearth_reader() and {parent('front_door_pause', BY_FRONT_DOOR)}",
            change=parent("front_door_pause", BY_EITHER),
        ),
        append_only(
            "front_door_telling",
            read=parent("front_door_telling"),
            add=f"""told_by_id = hearth_reader() and (
                {parent("front_door_telling", BY_FRONT_DOOR)}
                or (how = 'read' and {parent("front_door_telling", "r.made_by_id = hearth_reader()")}))""",
        ),
        front_door_only("front_door_personmatch", "matched_by_id"),
        front_door_only("front_door_note", "written_by_id"),
        front_door_only("front_door_decision", "decided_by_id"),
        front_door_only("front_door_handover", "moved_by_id"),
        *(
            events(f"front_door_{name}event", f"front_door_{name}")
            for name in (
                "request",
                "requestperson",
                "requestmessage",
                "pause",
                "telling",
                "personmatch",
                "note",
                "decision",
                "handover",
            )
        ),
    ]
