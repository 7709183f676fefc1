"""SQL of the gate's functions for involvements. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function
from hearth.intelligence.insight.functions import for_the_identity


def functions() -> list[RunSQL]:
    """Whose records somebody linked has; when it was linked, and what is undecided; what a page may know of each feed; and erasing."""
    return [
        *for_the_identity(
            "hearth_records_of(wanted uuid[])",
            "table(asked uuid, person uuid)",
            """select k.id, p.id from people_person k join people_person p on p.cluster_id = k.cluster_id
                where k.id = any(wanted) and not exists (
                    select 1 from people_person q left join people_membership m on m.person_id = q.id
                    left join people_family f on f.id = m.family_id
                    where q.cluster_id = k.cluster_id and (q.hidden or coalesce(f.restricted, false)))""",
        ),
        *for_the_identity(
            "hearth_linked_at(wanted text)",
            "timestamptz",
            "select max(started_at) from matching_linkrun where rows_hash = wanted and wanted <> ''",
        ),
        # What the run that stands read of each feed, and what is held now. It names nobody.
        gate_function(
            "hearth_involvement_sources(wanted text[])",
            "table(feed text, organisation uuid, covers_from date, covers_until date, as_at date, was_read boolean,"
            " linked_at timestamptz)",
            """select u ->> 'feed', (u ->> 'organisation')::uuid, (u ->> 'from')::date, (u ->> 'until')::date, (u ->> 'as_at')::date,
                    true, r.linked_at
                from insight_insightrun r, jsonb_array_elements(r.used) u
                where hearth_reader() is not null and r.is_current and u ->> 'left_out' = '' and u ->> 'feed' = any(wanted)
                union all
                select l.feed::text, l.organisation_id, l.covers_from, l.covers_until, l.as_at, false, null from feeds_feedload l
                where hearth_reader() is not null and l.is_current and l.feed = any(wanted)""",
        ),
        # Of whom somebody in a feed may be, while nobody has decided. It says of which feed, and nothing of the pair.
        gate_function(
            "hearth_left_to_a_person(wanted uuid[])",
            "table(person uuid, feed text)",
            """select distinct q.id, p.one_feed::text from people_person q join matching_matchpair p on p.register_person = q.cluster_id
                where hearth_reader() is not null and q.id = any(wanted) and p.kind = 'review' and p.state in ('waiting', 'second')""",
        ),
        gate_function(
            "hearth_forget_involvement(wanted text)",
            "integer",
            """declare gone integer;
            begin
                if not (hearth_holds(hearth_reader(), 'load_feeds') and hearth_holds(hearth_reader(), 'govern_agreements')) then
                    return 0;
                end if;
                delete from insight_involvement where wanted = any(numbers);
                get diagnostics gone = row_count;
                return gone;
            end""",
            volatility="volatile",
            language="plpgsql",
        ),
    ]
