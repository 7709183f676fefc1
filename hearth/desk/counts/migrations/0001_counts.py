"""Counts for whoever may see them, made inside the database: the reader gets sums and never a row."""

from django.db import migrations

from hearth.foundation.core.policies import gate_function, gate_reads

OPEN_TO_COUNT = "not exists (select 1 from people_family f where f.id = x.family_id and f.restricted)"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_policies"),
        ("people", "0002_policies"),
        ("cases", "0002_policies"),
        ("front_door", "0002_policies"),
    ]
    operations = [
        gate_reads("cases_case"),
        gate_function(
            "hearth_counts(reader uuid, month date, year date)",
            "table (name text, goes_live_on date, requests_in_month bigint, requests_in_year bigint,"
            " open_cases bigint, closed_in_year bigint)",
            f"""select a.name, a.goes_live_on, q.month, q.year, c.open, c.closed from accounts_area a,
                lateral (select count(*) filter (where x.received_at >= hearth_counts.month) as month, count(*) as year
                    from front_door_request x where x.area_id = a.id and x.state not in ('started', 'withdrawn')
                    and x.received_at >= hearth_counts.year and {OPEN_TO_COUNT}) q,
                lateral (select count(*) filter (where x.stage <> 'closed') as open,
                    count(*) filter (where x.stage = 'closed' and x.closed_on >= hearth_counts.year) as closed
                    from cases_case x where x.area_id = a.id and {OPEN_TO_COUNT}) c
                where hearth_holds(reader, 'see_counts') and reader = hearth_reader()
                and not exists (select 1 from accounts_area below where below.parent_id = a.id)""",
        ),
    ]
