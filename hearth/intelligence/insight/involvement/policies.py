"""Who may see an involvement, in SQL. Used by migrations only."""

from hearth.records.people.policies import may_open

# The person's family is opened to the reader for the feed's kind of information, and nobody whom they are linked with, or live
# with on record, is restricted: then it is nobody's to see, allow-list or not.
_OPENED = may_open("f").replace("'any'", "insight_involvement.category")
INVOLVEMENT = f"""exists (select 1 from people_membership m join people_family f on f.id = m.family_id
        where m.person_id = insight_involvement.person_id and not m.hidden and {_OPENED})
    and hearth_may_be_shown(array[person_id])"""
