"""SQL of the sums of what was done for everybody. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import counting_function, measures_reads


def functions() -> list[RunSQL]:
    """hearth_universal_totals: what all organisations did, district by district, for those who see counts."""
    return [
        measures_reads(
            "universal_universalactivity", "area_id", "organisation_id", "kind", "happened_on", "withdrawn_at",
            "children_under_5", "children_5_to_11", "young_people_12_to_19", "adults",
        ),
        counting_function(
            "hearth_universal_totals(reader uuid, since date, wanted text)",
            "table (area_id uuid, activities bigint, children bigint, adults bigint, organisations bigint)",
            """select x.area_id, count(*), sum(x.children_under_5 + x.children_5_to_11 + x.young_people_12_to_19)::bigint,
                sum(x.adults)::bigint, count(distinct x.organisation_id) from universal_universalactivity x
                where hearth_holds(reader, 'see_counts') and reader = hearth_reader() and x.withdrawn_at is null
                and x.happened_on >= since and (wanted = '' or x.kind = wanted) group by x.area_id""",
        ),
    ]  # fmt: skip
