"""SQL that keeps what is due in step with an answer of social care's. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function
from hearth.records.people.policies import gate_changes

# Of a case that social care has, what is about the step itself is to do: DueItem.OF_STEPS, which a test holds to this.
OF_STEPS = "('step_up', 'step_up_waits', 'step_up_answer', 'step_down', 'stepped_down')"
_NEAREST = f"""
    update cases_case c set next_due_on = n.due_on, next_due_what = n.what from (
        select distinct on (k.id) k.id, d.due_on, d.what from cases_case k join cases_dueitem d on d.case_id = k.id
        where d.done_at is null and (k.stage <> 'stepped_up' or d.kind in {OF_STEPS}) and {{which}}
        order by k.id, d.due_on, d.created_at, d.what, d.id
    ) n where n.id = c.id and c.stage <> 'closed' and (c.next_due_on, c.next_due_what) is distinct from (n.due_on, n.what)
"""
# Whoever declined may not open the family, so may not change what is due for it: this writes what follows from their answer,
# and nothing else. It is for whoever gave that answer alone.
_ANSWERED = f"""
    select 1 from cases_case where id = (select case_id from steps_carestep where id = answered) for update;
    update cases_dueitem d set kind = 'step_up_answer', what = left(told, 120), due_on = told_on,
        owner_id = coalesce(c.lead_id, s.requested_by_id)
    from steps_carestep s join cases_case c on c.id = s.case_id
    where s.id = answered and s.direction = 'up' and s.status in ('accepted', 'declined') and s.decided_by_id = hearth_reader()
    and d.case_id = s.case_id and d.kind = 'step_up_waits' and d.source_id = s.id and d.done_at is null;
    {_NEAREST.format(which="k.id = (select case_id from steps_carestep where id = answered and decided_by_id = hearth_reader())")};
"""
# What was due because of a step, before what waits and what was answered were told apart.
TELL_APART = """
    update cases_dueitem d set kind = t.kind, what = left(t.what, 120), due_on = t.due_on, owner_id = t.owner_id
    from (
        select i.id, 'step_up_waits' as kind, 'Waiting for ' || w.whom || ' to answer a step up' as what,
            i.due_on, null::uuid as owner_id
        from steps_carestep s join cases_dueitem i on i.source_id = s.id and i.case_id = s.case_id,
        lateral (select coalesce(substring(i.what from '^Step up: (.*) answers$'), 'social care') as whom) w
        where i.kind = 'step_up' and s.direction = 'up' and s.status = 'requested'
        union all
        select i.id, 'step_up_answer', 'Read what ' || w.whom || ' answered',
            coalesce((s.decided_at at time zone 'Europe/London')::date, i.due_on), coalesce(c.lead_id, s.requested_by_id)
        from steps_carestep s join cases_dueitem i on i.source_id = s.id and i.case_id = s.case_id
        join cases_case c on c.id = s.case_id,
        lateral (select coalesce(substring(i.what from '^Step up: (.*) answers$'), 'social care') as whom) w
        where i.kind = 'step_up' and s.direction = 'up' and s.status <> 'requested'
    ) t where d.id = t.id
"""
GIVE_BACK = """
    update cases_dueitem d set owner_id = null from steps_carestep s
    where d.kind = 'step_down' and d.source_id = s.id and d.owner_id is not null and d.done_at is null
"""
PUT_RIGHT = _NEAREST.format(
    which="exists (select 1 from cases_dueitem i where i.case_id = k.id and i.done_at is null"
    " and i.kind in ('step_up_waits', 'step_up_answer'))"
)


def answering() -> list[RunSQL]:
    """What is due follows an answer, whoever gave it."""
    return [
        gate_changes("cases_dueitem", "cases_dueitemevent"),
        gate_changes("cases_case", "cases_caseevent"),
        RunSQL(
            """create policy answered on cases_dueitem for select to hearth_gate using (true);
            grant select on steps_carestep to hearth_gate;
            create policy answered on steps_carestep for select to hearth_gate using (true);""",
            "drop policy answered on cases_dueitem; drop policy answered on steps_carestep;",
        ),
        gate_function(
            "hearth_step_up_answered(answered uuid, told text, told_on date)", "void", _ANSWERED, volatility="volatile"
        ),
    ]


def told_apart() -> list[RunSQL]:
    """Rows from before: what waits is nobody's of early help, and what was answered is to be read."""
    before = "update cases_dueitem set kind = 'step_up' where kind in ('step_up_waits', 'step_up_answer')"
    return [RunSQL(TELL_APART, before), RunSQL(GIVE_BACK, RunSQL.noop), RunSQL(PUT_RIGHT, RunSQL.noop)]
