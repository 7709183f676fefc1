"""A county's panels after five years: how long their pages take to be answered, beside a page that reads one row by its key.

200 meetings a month, with what was brought to each, what was decided and who might open it meanwhile, are planted straight into the tables
of an authority and heard of its own families. `python -m benchmarks.panels 200 2000 var/bench` measures it alone, on 2,000 families.
"""

import re
import statistics
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.concerns import GOING_ON
from benchmarks.pages import BARE
from benchmarks.product import Product, Visitor, product

MEETINGS, MONTHS = 200, 60  # meetings a month, and for how many months
# Limits, in times of the page that reads one row: a list; a page of a meeting; what shows everything of a reader or of a theme.
LISTS, SCREENS, WHOLE = 4.0, 15.0, 25.0
READER = "panel_coordinator"
BARE_NAME = "a bare page"
# Each page with its limit. Those of a meeting are of one that is held today; the calendar is what a program asks for each hour.
PATHS = {
    BARE_NAME: (BARE, 0.0),
    "home": ("/", WHOLE),
    "panels": ("/panels/", LISTS),
    "panels of a name": ("/panels/?words=Planted+19", LISTS),
    "a calendar": ("{calendar}", LISTS),
    "a panel": ("/panels/{panel}/", SCREENS),
    "a meeting": ("/panel-meetings/{today}/", SCREENS),
    "who gets a list": ("/panel-meetings/{unsent}/send-list/", SCREENS),
    "running it": ("/panel-meetings/{today}/run/", SCREENS),
    "the view for the wall": ("/panel-meetings/{today}/projector/", SCREENS),
    "minutes": ("/panel-meetings/{today}/minutes/", SCREENS),
    "an item": ("/panel-items/{item}/", SCREENS),
    "my actions": ("/panel-actions/", LISTS),
    "themes": ("/unmet/themes/", SCREENS),
    "a theme": ("/unmet/themes/{theme}/", WHOLE),
    "unmet need": ("/unmet/", SCREENS),
}
WANTED = {
    (
        "panel",
        "today",
    ): """select p.reference, m.reference from panels_panelmeeting m join panels_panel p on p.id = m.panel_id
        where m.meets_on = current_date and p.name like 'Planted %%' limit 1""",
    ("unsent",): """select m.reference from panels_panelmeeting m join panels_panel p on p.id = m.panel_id
        where p.name like 'Planted %%' and m.list_sent_at is null and exists (select from panels_panelmember s where s.panel_id = p.id
            and s.user_id = (select id from accounts_user where email = %(email)s)) order by m.meets_on limit 1""",
    ("item",): """select i.reference from panels_panelitem i join panels_panelmeeting m on m.id = i.meeting_id
        where m.meets_on = current_date and i.family_id is not null order by i.number limit 1""",
    ("theme",): "select reference from unmet_theme where title like 'Planted %%' order by reference limit 1",
}
WARM, PATIENCE = 5, 1800
PLANT = "select not exists (select from panels_panel where name like 'Planted %')"
# No history is planted, and what hangs together is planted so: a service's own actions write all of it.
QUIET = "set local session_replication_role = replica"
PLANTED = (
    # Panels of every district in turn, each with a chair, a coordinator and six more; those of the reader's district are the reader's.
    """insert into panels_panel (id, created_at, reference, name, kind, begun_on, place, week, weekday, starts_at, ends_at, ended_why,
            added_by_id, area_id)
        select gen_random_uuid(), now(), 'PN-B' || n, 'Planted ' || n, 'district_panel', current_date - 2000, 'The town hall', 2, 2, '09:30',
            '12:00', '', %(reader)s, d.ids[1 + n %% cardinality(d.ids)]
        from generate_series(0, %(panels)s - 1) n,
            (select array_agg(id order by id = %(area)s desc, code) ids from accounts_area where parent_id is not null) d""",
    """insert into panels_panelmember (id, created_at, place, is_chair, sector, from_on, added_by_id, panel_id, user_id)
        select gen_random_uuid(), now(), case k when 0 then 'coordinator' else 'core' end, k = 1,
            (array['early_help', 'early_years', 'health', 'education', 'social_care', 'housing', 'voluntary', 'police_and_justice'])[k + 1],
            current_date - 2000, %(reader)s, p.id,
            case when k = 0 and p.area_id = %(area)s then %(reader)s
                else u.ids[1 + (substr(p.name, 9)::int * 8 + k) %% cardinality(u.ids)] end
        from panels_panel p, generate_series(0, 7) k,
            (select array_agg(id order by email) ids from accounts_user where is_active and id <> %(reader)s) u
        where p.name like 'Planted %%'""",
    # Monthly for five years, up to one a month ahead; of the reader's first panel one is held today.
    """insert into panels_panelmeeting (id, created_at, reference, meets_on, starts_at, ends_at, place, list_on, checks_by, open_until_on,
            minutes_by, moves, cancelled_why, panel_id, planned_by_id, list_sent_at, minutes_approved_at, minutes_approved_by_id, is_extra)
        select gen_random_uuid(), now(), 'PM-B' || to_hex(substr(p.name, 9)::int * 100 + m + %(months)s), d.on_day,
            '09:30', '12:00', 'The town hall', d.on_day - 7,
            d.on_day - 1, d.on_day + 7, d.on_day + 30, 0, '', p.id, %(reader)s, case when m <= 0 then d.on_day - 7 end,
            case when d.on_day < current_date then d.on_day + 1 end, case when d.on_day < current_date then %(reader)s::uuid end, false
        from panels_panel p, generate_series(1 - %(months)s, 1) m,
            lateral (select (current_date + make_interval(months => m)
                - case when m = 0 and p.name = 'Planted 0' then 0 else 1 + substr(p.name, 9)::int %% 20 end * interval '1 day')::date on_day) d
        where p.name like 'Planted %%'""",
    # Four families of the district and a theme on each list; the members' entries; what was decided, and who does what.
    """insert into panels_panelitem (id, created_at, reference, number, ask, themes, ages, words, people, basis, ground, basis_words,
            agreed_on, proposed_at, status, listed_at, heard_at, withdrawn_why, case_id, family_id, meeting_id, panel_id, proposed_by_id, title)
        select gen_random_uuid(), now(), 'PI-' || substr(m.reference, 4) || '-' || k, k, case k when 5 then 'gap' else 'resource' end,
            array['parenting'], array['5_to_11'], 'Mornings are hard.', '{}', case k when 5 then '' else 'consent' end, '', '', m.meets_on - 20,
            m.meets_on - 20, case when m.minutes_approved_at is null then 'proposed' else 'heard' end, m.list_sent_at,
            case when m.minutes_approved_at is not null then m.meets_on end, '', c.case_id, c.family_id, m.id, m.panel_id, %(reader)s,
            case k when 5 then 'Planted theme' else '' end
        from panels_panelmeeting m join panels_panel p on p.id = m.panel_id cross join generate_series(1, 5) k
            left join lateral (select case when k < 5 then found.case_id end case_id, case when k < 5 then found.family_id end family_id
                from planted_cases found where found.number = k + case when m.minutes_approved_at is not null
                    then (hashtextextended(m.reference, 7) & 1073741823) %% %(cases)s
                    when m.meets_on = current_date then 0 else 4 end) c on true
        where p.name like 'Planted %%' and m.reference like 'PM-B%%' and (k = 5 or c.case_id is not null)""",
    """insert into panels_listentry (id, created_at, as_member, number, ask, themes, ages, shared_on, opened_at, sent_at, known, known_words,
            people, meeting_id, sent_by_id, user_id, item_id, title)
        select gen_random_uuid(), now(), true, i.number, i.ask, i.themes, i.ages, 'own', m.list_sent_at, m.list_sent_at, 'not_known', '', '{}',
            m.id, %(reader)s, s.user_id, i.id, i.title
        from panels_panelitem i join panels_panelmeeting m on m.id = i.meeting_id and m.list_sent_at is not null
            join panels_panelmember s on s.panel_id = m.panel_id and s.place = 'core' where i.reference like 'PI-B%%'""",
    """insert into people_access (id, created_at, area_permission, why, basis, categories, from_at, until_at, ended_at, user_id, family_id)
        select gen_random_uuid(), now(), '', 'panel', i.id, array['basic', 'contact', 'assessment', 'plan'], m.meets_on - 7, m.minutes_by,
            case when m.minutes_approved_at is not null then m.minutes_by end, s.user_id, i.family_id
        from panels_panelitem i join panels_panelmeeting m on m.id = i.meeting_id join panels_panelmember s on s.panel_id = m.panel_id
        where i.reference like 'PI-B%%' and i.family_id is not null and (m.list_sent_at is not null or s.place = 'coordinator')""",
    """insert into panels_panelattendance (id, created_at, sector, was_there, meeting_id, recorded_by_id, user_id)
        select gen_random_uuid(), now(), s.sector, true, m.id, %(reader)s, s.user_id from panels_panelmeeting m
            join panels_panelmember s on s.panel_id = m.panel_id and s.place = 'core'
        where m.reference like 'PM-B%%' and m.list_sent_at is not null""",
    """insert into panels_paneldecision (id, created_at, kind, words, reasons, budget, themes, people, decided_at, withdrawn_why, item_id,
            meeting_id, recorded_by_id, need_was_recorded)
        select gen_random_uuid(), now(), 'joint_working', 'Both visit together.', 'They asked for it.', '', i.themes, '{}', m.meets_on, '',
            i.id, m.id, %(reader)s, false from panels_panelitem i join panels_panelmeeting m on m.id = i.meeting_id
        where i.reference like 'PI-B%%' and (i.status = 'heard' or m.meets_on = current_date)""",
    """insert into panels_panelaction (id, created_at, reference, what, due_on, people, done_at, done_words, done_by_id, family_id, item_id,
            meeting_id, owner_id, recorded_by_id)
        select gen_random_uuid(), now(), 'PA' || substr(i.reference, 3), 'Ring the school', m.meets_on + 14, '{}',
            case when m.meets_on < current_date - 20 then m.meets_on + 10 end, '', case when m.meets_on < current_date - 20 then %(reader)s::uuid end,
            i.family_id, i.id, m.id, s.user_id, %(reader)s
        from panels_panelitem i join panels_panelmeeting m on m.id = i.meeting_id and (i.status = 'heard' or m.meets_on = current_date)
            join lateral (select user_id from panels_panelmember where panel_id = m.panel_id order by user_id limit 1) s on true
        where i.reference like 'PI-B%%'""",
    # Every tenth of the families had a need that nobody could meet; half of these are in a theme of the district.
    """insert into unmet_theme (id, created_at, reference, title, analysis, priority, state, level, answer, area_id, started_by_id)
        select gen_random_uuid(), now() - n * interval '1 day', 'TH-B' || n, 'Planted ' || n, 'Waits have doubled.', 'high', 'working', '', '',
            d.ids[1 + n %% cardinality(d.ids)], %(reader)s from generate_series(0, 239) n,
            (select array_agg(id order by id = %(area)s desc, code) ids from accounts_area where parent_id is not null) d""",
    """insert into unmet_unmetneed (id, created_at, reference, source, need, age_band, reason, wait, recorded_on, withdrawn_why, area_id, case_id,
            family_id, recorded_by_id, theme_id, met_by_id)
        select gen_random_uuid(), now(), 'UN-' || substr(i.reference, 4), 'panel',
            (array['mentoring', 'housing', 'transport', 'childcare'])[i.number], 'adult',
            'no_service', 'no_wait', m.meets_on, '', p.area_id, i.case_id, i.family_id, %(reader)s, t.id, i.proposed_by_id
        from panels_panelitem i join panels_panelmeeting m on m.id = i.meeting_id join panels_panel p on p.id = i.panel_id
            left join lateral (select id from unmet_theme where title like 'Planted %%' and area_id = p.area_id
                and hashtextextended(i.reference, 3) %% 2 = 0 order by reference limit 1) t on true
        where i.reference like 'PI-B%%' and i.status = 'heard' and i.number < 5 and hashtextextended(i.reference, 5) %% 10 = 0""",
)
TABLES = (
    "panels_panel", "panels_panelmember", "panels_panelmeeting", "panels_panelitem", "panels_listentry", "people_access",
    "panels_panelattendance", "panels_paneldecision", "panels_panelaction", "unmet_theme", "unmet_unmetneed",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """Milliseconds of each page, medians of rounds in which all were asked in turn; and one meeting by its key, in the database itself."""

    meetings: int
    families: int
    times: dict[str, float]
    by_key: float

    def ratio(self, name: str) -> float:
        """How many times as long as the bare page it takes: a busy machine is slow for both."""
        return self.times[name] / self.times[BARE_NAME]

    @property
    def faults(self) -> list[str]:
        """Each page that missed its limit."""
        return [
            f"Panels ({name}) took {self.ratio(name):.1f} times as long as a bare page, and {limit:.0f} is the limit."
            for name, (_, limit) in PATHS.items()
            if name != BARE_NAME and self.ratio(name) > limit
        ]


def measure(a_month: int, families: int, folder: Path, port: int, rounds: int) -> Measured:
    """Plant five years of panels in an authority of that size, and ask for their pages as the coordinator of one district."""
    with product(families, folder, port) as begun:
        running = begun.wait()
        reader = running.somebody(READER)
        known, meetings, by_key = _plant(running, reader["email"], a_month)
        with closing(Visitor(port)) as visitor:
            visitor.sign_in(reader)
            known["calendar"] = _calendar(visitor)
            times: dict[str, list[float]] = {name: [] for name in PATHS}
            for number in range(rounds + WARM):
                for name, (path, _) in PATHS.items():
                    took = _ask(visitor, path.format(**known))
                    if number >= WARM:
                        times[name].append(took)
    return Measured(meetings, families, {name: statistics.median(each) for name, each in times.items()}, by_key)


def _ask(visitor: Visitor, path: str) -> float:
    began = time.perf_counter()
    status, _, _ = visitor.ask(path)
    took = (time.perf_counter() - began) * 1000
    if status != 200:
        raise SystemExit(f"{path} answered {status} in a benchmark of panels.")
    return took


def _calendar(visitor: Visitor) -> str:
    """The reader's own link, as the page of panels tells it."""
    _, page, _ = visitor.ask("/panels/")
    found = re.search(rb"/panels/calendar/[^\"<]+\.ics", page)
    if found is None:
        raise SystemExit("The page of panels tells no calendar in a benchmark.")
    return found.group().decode()


def _plant(running: Product, email: str, a_month: int) -> tuple[dict[str, str], int, float]:
    """Once whatever the worker had to do is done. Gives what addresses need, how many meetings there are, and milliseconds of one by its key."""
    with psycopg.connect(running.database, autocommit=True) as database:
        until = time.monotonic() + PATIENCE
        while (row := database.execute(GOING_ON).fetchone()) and row[0]:
            if time.monotonic() > until:
                raise SystemExit("The worker was still busy after half an hour: look at its log.")
            time.sleep(1)
        reader, area = _somebody(database, email)
        told = {"reader": reader, "area": area, "panels": a_month, "months": MONTHS}
        if (row := database.execute(PLANT).fetchone()) and row[0]:
            database.execute(
                "create temporary table planted_cases as select row_number() over (order by c.reference) number, c.id case_id, c.family_id"
                " from cases_case c join people_family f on f.id = c.family_id and not f.restricted"
            )
            (cases,) = database.execute("select greatest(count(*) - 5, 1) from planted_cases").fetchone() or (1,)
            with database.transaction():
                database.execute(QUIET)
                for statement in PLANTED:
                    database.execute(statement, told | {"cases": cases})  # type: ignore[call-overload]
        for table in TABLES:
            database.execute(f"vacuum analyze {table}")  # type: ignore[call-overload]
        known: dict[str, str] = {}
        for names, statement in WANTED.items():
            found = database.execute(statement, {"email": email}).fetchone()  # type: ignore[call-overload]
            if found is None:
                raise SystemExit(f"Nothing was planted to measure: {names[0]}.")
            known |= dict(zip(names, map(str, found), strict=True))
        (many,) = database.execute("select count(*) from panels_panelmeeting").fetchone() or (0,)
        return known, int(many), _by_key(database)


def _somebody(database: "psycopg.Connection[tuple[object, ...]]", email: str) -> tuple[object, object]:
    """The reader, and the district that they coordinate."""
    row = database.execute(
        "select u.id, a.area_id from accounts_user u join accounts_appointment a on a.user_id = u.id and a.ended_at is null"
        " where u.email = %s",
        [email],
    ).fetchone()
    if row is None:
        raise SystemExit("Nobody coordinates a panel in a benchmark.")
    return row[0], row[1]


def _by_key(database: "psycopg.Connection[tuple[object, ...]]") -> float:
    """A plain read by an index: one meeting by its key, the median of a hundred."""
    keys = [
        row[0] for row in database.execute("select id from panels_panelmeeting order by random() limit 100").fetchall()
    ]
    took = []
    for key in keys:
        began = time.perf_counter()
        database.execute("select * from panels_panelmeeting where id = %s", [key]).fetchone()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def table(found: Measured) -> str:
    """The measurements as a person reads them."""
    lines = [f"{f'{found.meetings:,} meetings, {found.families:,} families':<34}{'':>10}{'to it':>8}{'limit':>8}"]
    lines += [
        f"{name:<34}{took:>8.1f}ms" + (f"{found.ratio(name):>8.1f}{PATHS[name][1]:>8.0f}" if name != BARE_NAME else "")
        for name, took in found.times.items()
    ]
    return "\n".join([*lines, f"{'one meeting by its key':<34}{found.by_key:>8.2f}ms"])


if __name__ == "__main__":
    done = measure(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]).resolve() / f"panels-{sys.argv[2]}", 8450, 11)
    print(table(done), *done.faults, sep="\n")
    sys.exit(1 if done.faults else 0)
