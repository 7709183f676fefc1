"""SQL of the gate's functions for families of concern. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import (
    PLANNED_ONCE,
    counting_function,
    gate_function,
    identity_function,
    measures_reads,
)
from hearth.foundation.core.roles import MEASURES
from hearth.intelligence.insight.policies import FAMILY, IDENTITY, SEES

# Whoever is restricted, and everybody of a restricted family.
_APART = """select p.id from people_person p where p.hidden
    union select m.person_id from people_membership m join people_family f on f.id = m.family_id where f.restricted"""
_NUMBER = "case i.kind when 'nhs' then 'nhs_number' when 'upn' then 'upn' else i.system end || ':' || i.value"
_OWN = "'hearth_person:' || p.reference"  # as Hearth's own casework knows them
_NAMES_APART = f"""with apart as ({_APART}) select id::text from apart
        union select {_NUMBER} from people_identifier i join apart a on a.id = i.person_id
        union select {_OWN} from people_person p join apart a on a.id = p.id"""


def for_the_identity(signature: str, returns: str, body: str) -> list[RunSQL]:
    """A function that the worker's identity may call, and no reader."""
    return identity_function(IDENTITY, signature, returns, body)


def kept_apart() -> list[RunSQL]:
    """Whether somebody is restricted or of a restricted family, by their key or any number that a feed may know them by."""
    return [
        # Asked of each row that is shown: it tells whoever may see families of concern, and nobody else, anything.
        # Who asks comes last, as it is nearly always nobody who is kept apart.
        gate_function(
            "hearth_is_kept_apart(wanted text[])",
            "boolean",
            f"""#variable_conflict use_column
            begin
                return exists (select 1 from ({_APART}) a where a.id::text = any(wanted)
                        or exists (select 1 from people_identifier i where i.person_id = a.id and {_NUMBER} = any(wanted))
                        or exists (select 1 from people_person p where p.id = a.id and {_OWN} = any(wanted)))
                    and hearth_holds(hearth_reader(), '{SEES}');
            end""",
            language=PLANNED_ONCE,
        ),
        *for_the_identity(
            "hearth_names_kept_apart()",
            "setof text",
            _NAMES_APART,
        ),
    ]


def functions() -> list[RunSQL]:
    """Whom to leave out; what the register says of somebody linked; erasing; and counts that name nobody."""
    return [
        *kept_apart(),
        *for_the_identity(
            "hearth_register_facts(wanted uuid[])",
            "table(person uuid, area uuid, sex text, ethnicity text, born_on date)",
            """select distinct on (p.id) p.id, f.area_id, p.sex::text, p.ethnicity::text, p.born_on from people_person p
                left join people_membership m on m.person_id = p.id left join people_family f on f.id = m.family_id
                where p.id = any(wanted) and not p.hidden order by p.id, m.until_on desc nulls first, f.id""",
        ),
        # Erasing is information governance's: what stands of somebody goes, whatever was decided on it.
        gate_function(
            "hearth_forget_concern(wanted text)",
            "integer",
            """declare gone uuid[];
            begin
                if not (hearth_holds(hearth_reader(), 'load_feeds') and hearth_holds(hearth_reader(), 'govern_agreements')) then
                    return 0;
                end if;
                select coalesce(array_agg(id), '{}') into gone from insight_familyofconcern where wanted = any(names);
                delete from insight_flagdecision where family_id = any(gone);
                delete from insight_familytold where family_id = any(gone);
                delete from insight_flag where family_id = any(gone);
                delete from insight_familyofconcern where id = any(gone);
                return cardinality(gone);
            end""",
            volatility="volatile",
            language="plpgsql",
        ),
        *counts(),
    ]


def counts() -> list[RunSQL]:
    """hearth_concern_counts: how many families of concern each district has, made by `system:measures` without people's keys."""
    return [
        # Who they are is compared by the gate, so that whoever counts needs no number of anybody.
        *identity_function(
            MEASURES,
            "hearth_concerns_kept_apart()",
            "setof uuid",
            """select f.id from insight_familyofconcern f
                where f.names && (select coalesce(array_agg(k), '{}') from hearth_names_kept_apart() k)::varchar[]""",
        ),
        measures_reads(
            "insight_familyofconcern", "id", "area_id",
            rows="open_flags > 0 and not (id in (select hearth_concerns_kept_apart()))",
        ),
        measures_reads("insight_insightrun", "is_current", "used", rows="is_current"),
        # Small counts are left out in here, so that nobody is given one to hide.
        counting_function(
            "hearth_concern_counts(fewest integer)",
            "table(area text, name text, goes_live_on date, families bigint, held boolean)",
            """select a.code::text, a.name::text, a.goes_live_on,
                    case when count(f.id) = 0 or count(f.id) >= greatest(fewest, 3) then count(f.id) end,
                    exists (select 1 from insight_insightrun r, jsonb_array_elements(r.used) u
                        where r.is_current and u ->> 'area' = a.id::text and u ->> 'left_out' = '')
                from accounts_area a left join insight_familyofconcern f on f.area_id = a.id
                where hearth_holds(hearth_reader(), 'see_counts')
                and not exists (select 1 from accounts_area below where below.parent_id = a.id)
                group by a.id""",
        ),
    ]  # fmt: skip


def standing_flags() -> RunSQL:
    """The flags that stand of some families of concern: whether the reader may see a family is asked once, and not for each flag."""
    return gate_function(
        "hearth_standing_flags(wanted uuid[])",
        "table(family uuid, rule text, sources text[])",
        f"""#variable_conflict use_column
        begin
            return query with seen as materialized (select id from insight_familyofconcern where id = any(wanted) and {FAMILY})
                select g.family_id, g.rule::text, g.sources::text[] from seen join insight_flag g on g.family_id = seen.id
                where g.is_found and g.state <> 'dismissed' order by g.latest_on desc, g.rule, g.id;
        end""",
        language=PLANNED_ONCE,
    )
