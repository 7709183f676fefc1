"""SQL of the functions that say which panels somebody sits on, and which they run. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function

_SITS = """select coalesce(array_agg(distinct m.panel_id), '{{}}') from panels_panelmember m
    join panels_panel p on p.id = m.panel_id and p.ended_at is null
    where {who} and m.from_on <= current_date and m.ended_at is null
    and exists (select 1 from accounts_user u where u.id = reader and u.is_active)"""


def functions() -> list[RunSQL]:
    """hearth_panels: the panels a reader sits on, or is a deputy on. hearth_panels_run: those they chair or coordinate."""
    return [
        gate_function(
            "hearth_panels(reader uuid)", "uuid[]", _SITS.format(who="(m.user_id = reader or m.deputy_id = reader)")
        ),
        gate_function(
            "hearth_panels_run(reader uuid)",
            "uuid[]",
            _SITS.format(who="m.user_id = reader and (m.is_chair or m.place = 'coordinator')"),
        ),
    ]


def unmet_functions() -> list[RunSQL]:
    """hearth_panel_cases: cases brought to meetings that a reader runs, from their day until the minutes are approved: their needs are written there.

    hearth_panel_needs: needs decided at these meetings: chair and coordinator may each take one back.
    hearth_panel_unmet: what a panel could not offer, and the answer, for those who sit there: what, and never whose.
    """
    return [
        gate_function(
            "hearth_panel_cases(reader uuid)",
            "uuid[]",
            """select coalesce(array_agg(i.case_id), '{}') from panels_panelitem i
                join panels_panelmeeting m on m.id = i.meeting_id and m.minutes_approved_at is null and m.cancelled_at is null
                    and m.meets_on <= (now() at time zone 'Europe/London')::date
                where i.case_id is not null and i.status <> 'withdrawn' and i.panel_id = any(hearth_panels_run(reader))
                and not coalesce(i.family_id = any(hearth_kept_from(reader)), false)""",
        ),
        gate_function(
            "hearth_panel_needs(reader uuid)",
            "uuid[]",
            """select coalesce(array_agg(d.unmet_need_id), '{}') from panels_paneldecision d
                join panels_panelmeeting m on m.id = d.meeting_id and m.minutes_approved_at is null
                join panels_panelitem i on i.id = d.item_id
                where d.unmet_need_id is not null and m.panel_id = any(hearth_panels_run(reader))
                and not d.unmet_need_id = any(hearth_unmet_kept_apart())
                and not coalesce(i.family_id = any(hearth_kept_from(reader)), false)""",
        ),
        gate_function(
            "hearth_panel_unmet(wanted uuid)",
            "table (need text, reason text, recorded_on date, theme text, state text, level text, due_on date, answer text,"
            " answered_at timestamp with time zone)",
            """select n.need::text, n.reason::text, n.recorded_on, t.title::text, t.state::text, t.level::text, t.due_on, t.answer,
                t.answered_at from panels_paneldecision d join panels_panelmeeting m on m.id = d.meeting_id
                join unmet_unmetneed n on n.id = d.unmet_need_id and n.withdrawn_at is null
                left join unmet_theme t on t.id = n.theme_id
                where m.panel_id = wanted and wanted = any(hearth_panels(hearth_reader()))
                and not (n.id = any(hearth_unmet_kept_apart())) order by n.recorded_on desc, n.reference limit 20""",
        ),
    ]


def missed_functions() -> list[RunSQL]:
    """hearth_open_need_of_case: the same need of the same case, already recorded and open, for whoever writes a decision about it.

    hearth_need_is_decided: whether a decision that was not taken back points at a need of a panel that the reader runs.
    hearth_panel_needs and hearth_panel_unmet, said again: a decision may point at a need that others recorded, and several at one.
    """
    return [
        gate_function(
            "hearth_open_need_of_case(wanted uuid, wanted_need text, wanted_age text)",
            "uuid",
            """select n.id from cases_case c
                join unmet_unmetneed n on n.case_id = c.id or (n.case_id is null and n.request_id = c.request_id)
                left join unmet_theme t on t.id = n.theme_id
                where c.id = wanted and c.id = any(hearth_panel_cases(hearth_reader()))
                and n.need = wanted_need and n.age_band = wanted_age and n.withdrawn_at is null
                and (t.id is null or t.state in ('working', 'escalated'))
                order by n.recorded_on, n.reference limit 1""",
        ),
        gate_function(
            "hearth_need_is_decided(wanted uuid)",
            "boolean",
            """select exists (select 1 from panels_paneldecision d where d.unmet_need_id = wanted and d.withdrawn_at is null
                and wanted = any(hearth_panel_needs(hearth_reader())))""",
        ),
        gate_function(
            "hearth_panel_needs(reader uuid)",
            "uuid[]",
            """select coalesce(array_agg(d.unmet_need_id), '{}') from panels_paneldecision d
                join panels_panelmeeting m on m.id = d.meeting_id and m.minutes_approved_at is null
                join panels_panelitem i on i.id = d.item_id
                join unmet_unmetneed n on n.id = d.unmet_need_id and (n.source = 'panel' or d.withdrawn_at is null)
                where m.panel_id = any(hearth_panels_run(reader))
                and not d.unmet_need_id = any(hearth_unmet_kept_apart())
                and not coalesce(i.family_id = any(hearth_kept_from(reader)), false)""",
        ),
        gate_function(
            "hearth_panel_unmet(wanted uuid)",
            "table (need text, reason text, recorded_on date, theme text, state text, level text, due_on date, answer text,"
            " answered_at timestamp with time zone)",
            """select n.need::text, n.reason::text, n.recorded_on, t.title::text, t.state::text, t.level::text, t.due_on, t.answer,
                t.answered_at from unmet_unmetneed n left join unmet_theme t on t.id = n.theme_id
                where n.withdrawn_at is null and wanted = any(hearth_panels(hearth_reader()))
                and not (n.id = any(hearth_unmet_kept_apart()))
                and exists (select 1 from panels_paneldecision d join panels_panelmeeting m on m.id = d.meeting_id
                    where d.unmet_need_id = n.id and m.panel_id = wanted and (n.source = 'panel' or d.withdrawn_at is null))
                order by n.recorded_on desc, n.reference limit 20""",
        ),
    ]


def list_functions() -> list[RunSQL]:
    """hearth_panel_numbers: which places of a list are taken; whoever asks keeps others waiting until what they take is saved.

    hearth_panel_runner: in whose name a meeting's list goes out: its coordinator's, and where there is none its chair's.
    """
    return [
        gate_function(
            "hearth_panel_numbers(wanted uuid, only_waiting boolean)",
            "integer[]",
            """select pg_advisory_xact_lock(hashtextextended(wanted::text, 0));
            select coalesce(array_agg(i.number::integer), '{}') from panels_panelitem i
                where i.meeting_id = wanted and (not only_waiting or i.status = 'proposed')""",
            volatility="volatile",
        ),
        gate_function(
            "hearth_panel_runner(wanted uuid)",
            "uuid",
            """select s.user_id from panels_panelmember s
                join panels_panel p on p.id = s.panel_id and p.ended_at is null
                join panels_panelmeeting m on m.panel_id = p.id and m.id = wanted
                join accounts_user u on u.id = s.user_id and u.is_active
                where s.ended_at is null and s.from_on <= current_date and (s.is_chair or s.place = 'coordinator')
                order by s.is_chair limit 1""",
        ),
    ]
