"""Who may see a touchpoint fact, and a touchpoint that was recorded by hand, in SQL. Used by migrations only."""

from hearth.intelligence.insight.involvement.policies import INVOLVEMENT
from hearth.records.people.policies import family_condition, person_condition

TABLE, EVENTS = "insight_recordedtouchpoint", "insight_recordedtouchpointevent"

# As of an involvement: opened for that kind of information, and nobody linked with them is restricted.
TOUCHPOINT_FACT = INVOLVEMENT.replace("insight_involvement.", "insight_touchpointfact.")

# The twin of `RecordedTouchpointQuerySet.visible_to`.
RECORDED = f"{family_condition(TABLE)} and {person_condition(TABLE)}"
# Nobody records in another's name, of somebody who is not in that family now, or what is taken back already.
RECORDS = f"""recorded_by_id = hearth_reader() and withdrawn_at is null and {RECORDED}
    and exists (select 1 from people_membership m where m.family_id = {TABLE}.family_id and m.person_id = {TABLE}.person_id
        and m.until_on is null)"""
TAKEN_BACK = "withdrawn_at is not null and withdrawn_by_id = hearth_reader()"
