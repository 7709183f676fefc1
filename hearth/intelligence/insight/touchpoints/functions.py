"""SQL of the functions of touchpoints: erasing what was found of somebody, and figures that name nobody. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.accounts.functions import IN_FORCE
from hearth.foundation.core.policies import counting_function, gate_function, identity_function, measures_reads
from hearth.foundation.core.roles import MEASURES
from hearth.intelligence.insight.policies import IDENTITY
from hearth.intelligence.insight.touchpoints.policies import TABLE


def functions() -> list[RunSQL]:
    """Erasing somebody from feeds removes what was found of their touchpoints."""
    return [
        gate_function(
            "hearth_forget_touchpoints(wanted text)",
            "integer",
            """declare gone integer;
            begin
                if not (hearth_holds(hearth_reader(), 'load_feeds') and hearth_holds(hearth_reader(), 'govern_agreements')) then
                    return 0;
                end if;
                delete from insight_touchpointfact where wanted = any(numbers);
                get diagnostics gone = row_count;
                return gone;
            end""",
            volatility="volatile",
            language="plpgsql",
        ),
    ]


def recorded() -> list[RunSQL]:
    """hearth_recorded_touchpoints: which touchpoints people recorded of somebody on the register, for the run, which counts them as met."""
    return identity_function(
        IDENTITY,
        "hearth_recorded_touchpoints(wanted uuid[])",
        "table(person uuid, touchpoint text)",
        f"""select distinct p.id, r.touchpoint::text from {TABLE} r join people_person q on q.id = r.person_id
            join people_person p on p.cluster_id = q.cluster_id where p.id = any(wanted) and r.withdrawn_at is null""",
    )


def counts() -> list[RunSQL]:
    """hearth_missed_touchpoints: the figures of the run that stands, for those who see counts. Small ones were left out by the run."""
    return [
        measures_reads("insight_insightrun", "is_current", "used", "as_at", "touchpoints", rows="is_current"),
        counting_function(
            "hearth_missed_touchpoints()",
            "table(as_at date, found jsonb)",
            """select r.as_at, r.touchpoints from insight_insightrun r
                where r.is_current and hearth_holds(hearth_reader(), 'see_counts')""",
        ),
    ]


# A touchpoint's figures with the districts of some areas alone. The sum stays: it was made so that it tells no small figure.
_OF_AREAS = """t.value || jsonb_build_object('districts', coalesce((select jsonb_object_agg(d.key, d.value)
    from jsonb_each(t.value->'districts') d where d.key = any(mine.areas)), '{}'))"""


def counts_in_areas() -> list[RunSQL]:
    """The same, for whoever works with families: the figures of the areas they are appointed to, whoever they work for."""
    return [
        *identity_function(
            MEASURES,
            "hearth_missed_areas(reader uuid)",
            "text[]",
            f"""select coalesce(array_agg(distinct a.id::text), '{{}}') from accounts_appointment p
                join accounts_user u on u.id = p.user_id
                join accounts_rolepermission r on r.role = p.role and r.permission = 'see_missed_opportunities'
                join accounts_area a on p.area_id is null or p.area_id in (a.id, a.parent_id)
                where {IN_FORCE}""",
        ),
        counting_function(
            "hearth_missed_touchpoints()",
            "table(as_at date, found jsonb)",
            f"""select r.as_at, case when hearth_holds(hearth_reader(), 'see_counts') then r.touchpoints else
                    (select coalesce(jsonb_object_agg(t.key, {_OF_AREAS}), '{{}}') from jsonb_each(r.touchpoints) t,
                        (select hearth_missed_areas(hearth_reader()) as areas) mine) end
                from insight_insightrun r where r.is_current and (hearth_holds(hearth_reader(), 'see_counts')
                    or hearth_holds(hearth_reader(), 'see_missed_opportunities'))""",
        ),
    ]
