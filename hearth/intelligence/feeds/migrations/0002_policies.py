"""Whoever loads feeds reads and writes loads; the rows hold what partners wrote of people."""

from django.db import migrations

from hearth.foundation.core.policies import append_only, gate_function, gate_reads, protect

LOADS = "hearth_holds(hearth_reader(), 'load_feeds')"


class Migration(migrations.Migration):
    dependencies = [("feeds", "0001_initial"), ("accounts", "0002_policies"), ("people", "0002_policies")]
    operations = [
        protect("feeds_feedload", read=LOADS),
        protect("feeds_feedfilepart", read=LOADS, remove=LOADS),
        protect("feeds_rowsetaside", read=LOADS, remove=LOADS),
        protect("feeds_feedsubject", read=LOADS, remove=LOADS),
        append_only("feeds_feeddecision", read=LOADS),
        gate_reads("feeds_feedload", "feeds_feedsubject"),
        # What is held of each feed, for any room that must say so; it names nobody.
        gate_function(
            "hearth_feed_coverage(wanted text)",
            "table(load uuid, organisation_id uuid, area_id uuid, covers_from date, covers_until date, as_at date, held bigint)",
            """select id, organisation_id, area_id, covers_from, covers_until, as_at, rows_held from feeds_feedload
                where hearth_reader() is not null and is_current and feed = wanted""",
        ),
        # Whether somebody is in what is held, by a number that the asker has; no other column is read.
        gate_function(
            "hearth_feed_rows(wanted uuid, kind text, number text)",
            "table(held integer, first_on date, last_on date)",
            """select s.rows, s.first_on, s.last_on from feeds_feedsubject s join feeds_feedload l on l.id = s.load_id
                where hearth_reader() is not null and l.is_current and l.id = wanted and s.scheme = kind and s.value = number""",
        ),
    ]
