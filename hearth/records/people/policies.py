"""Row policies on families and on everything that hangs from one. Used by migrations, here and on the floors above."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import append_only, gate_function, protect
from hearth.records.people.reach import may_open_in_sql as may_open

# Families that are in no figure: restricted, or of which everybody is.
# Asked the other way about, few rows are read: of 50,000 families, some tens have anybody who is restricted.
IN_NO_FIGURE = """
    select f.id from people_family f where f.restricted
    union
    select m.family_id from people_membership m where m.hidden and m.until_on is null and not exists (
        select 1 from people_membership o where o.family_id = m.family_id and o.until_on is null and not o.hidden)
"""


def family_condition(table: str, column: str = "family_id", category: str = "any") -> str:
    """A row of `table` may be read by whoever may open its family (for that category of information)."""
    if category == "any":
        return f"exists (select 1 from people_family f where f.id = {table}.{column})"
    return f"exists (select 1 from people_family f where f.id = {table}.{column} and {may_open('f', category)})"


def person_condition(table: str, column: str = "person_id") -> str:
    """A row of `table` may be read by whoever may open its person."""
    return f"exists (select 1 from people_person p where p.id = {table}.{column})"


def of_family(table: str, column: str = "family_id", *, category: str = "any", remove: bool = False) -> RunSQL:
    """Protect a table whose rows belong to a family; `category` is the kind of information it is."""
    condition = family_condition(table, column, category)
    return protect(table, read=condition, remove=condition if remove else "false")


def of_person(table: str, column: str = "person_id", *, remove: bool = False) -> RunSQL:
    """Protect a table whose rows belong to a person."""
    condition = person_condition(table, column)
    return protect(table, read=condition, remove=condition if remove else "false")


def of_parent(table: str, parent: str, column: str, *, remove: bool = False) -> RunSQL:
    """Protect a table whose rows hang from a row of `parent` that has a policy of its own."""
    condition = f"exists (select 1 from {parent} p where p.id = {table}.{column})"
    return protect(table, read=condition, remove=condition if remove else "false")


def gate_changes(table: str, events: str) -> RunSQL:
    """Let the gate's functions change rows that follow from others (hidden, clusters, access), with their history."""
    return RunSQL(
        f"""
        grant select, update on {table} to hearth_gate;
        grant insert on {events} to hearth_gate;
        grant select, insert, update on pghistory_context to hearth_gate;
        grant usage on all sequences in schema public to hearth_gate;
        create policy gate_changes on {table} for update to hearth_gate using (true) with check (true);
        create policy gate_changes on {events} for insert to hearth_gate with check (true);
        """,
        f"""
        drop policy gate_changes on {events};
        drop policy gate_changes on {table};
        revoke insert on {events} from hearth_gate;
        revoke update on {table} from hearth_gate;
        """,
    )


def family_functions() -> list[RunSQL]:
    """What a reader was granted by name, or through a team of a partner; and whether a family exists, for the one row that is written before it."""
    # Written by the application's clock and read by the database's: a minute's difference must not hide a row just made.
    begun = "a.from_at <= statement_timestamp() + interval '1 minute'"
    live = f"a.ended_at is null and {begun} and (a.until_at is null or a.until_at > now())"
    active = "exists (select 1 from accounts_user u where u.id = reader and u.is_active)"
    allowed = (
        """select coalesce(array_agg(distinct x.{column}), '{{}}') from people_restriction x
        join people_restrictedaccess a on a.restriction_id = x.id
        where a.user_id = reader and a.ended_at is null and a.until_at > now() and x.lifted_at is null
        and x.{column} is not null and """
        + active
    )
    return [
        gate_function(
            "hearth_families(reader uuid, wanted text)",
            "uuid[]",
            # A team of the council has a column of the family; a partner's has what its row says, no longer and no wider.
            f"""select coalesce(array_agg(distinct a.family_id), '{{}}') from (
                    select * from people_access where user_id = reader
                    union all
                    select g.* from people_access g join accounts_team t on t.id = g.team_id
                    join accounts_organisation o on o.id = t.organisation_id and not o.is_authority
                    where g.team_id = any((select hearth_teams(reader, 'open_families_of_team'))::uuid[])) a
                where {live} and {active}
                and (wanted = 'any' or a.categories is null or wanted = any(a.categories))""",
        ),
        # Everybody on the allow-list of any restriction in the cluster may open any record of that person.
        gate_function(
            "hearth_allowed_people(reader uuid)",
            "uuid[]",
            f"""select coalesce(array_agg(distinct linked.id), '{{}}') from people_restriction x
                join people_restrictedaccess a on a.restriction_id = x.id
                join people_person p on p.id = x.person_id
                join people_person linked on linked.cluster_id = p.cluster_id
                where a.user_id = reader and a.ended_at is null and a.until_at > now() and x.lifted_at is null
                and {active}""",
        ),
        gate_function("hearth_allowed_families(reader uuid)", "uuid[]", allowed.format(column="family_id")),
        gate_function(
            "hearth_on_the_list(family uuid)",
            "uuid[]",
            f"""select coalesce(array_agg(distinct a.user_id), '{{}}') from people_restriction x
                join people_restrictedaccess a on a.restriction_id = x.id
                where x.family_id = family and x.lifted_at is null and a.ended_at is null and a.until_at > now()
                and exists (select 1 from people_family f where f.id = family and {may_open("f")})""",
        ),
        gate_function(
            "hearth_family_exists(wanted uuid)",
            "boolean",
            "select exists (select 1 from people_family where id = wanted)",
        ),
    ]


__all__ = [
    "append_only",
    "family_condition",
    "family_functions",
    "gate_changes",
    "may_open",
    "of_family",
    "of_parent",
    "of_person",
    "person_condition",
]
