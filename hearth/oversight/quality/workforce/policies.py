"""Row policies of courses, bookings and training. The conditions are those of reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import append_only, events, gate_function, gate_reads, only, protect
from hearth.oversight.quality.workforce.reach import LEADS, SEES

COURSE, RUN, BOOKING, TRAINING, ANSWER, PAIR, NOTE, OPENING = (
    f"workforce_{name}"
    for name in (
        "course",
        "courserun",
        "coursebooking",
        "trainingrecord",
        "needanswer",
        "supervision",
        "supervisionnote",
        "supervisionopening",
    )
)
ME = "hearth_reader()"
STAFF = f"any((select hearth_staff_of({ME}))::uuid[])"
READS = "hearth_reads_supervision(supervision_id)"
# What both agreed stands; and nobody agrees for the other, nor leaves the other's agreement on words that they did not see.
_STANDS = """
declare pair workforce_supervision;
begin
    select * into pair from workforce_supervision where id = new.supervision_id;
    if tg_op = 'UPDATE' and old.worker_agreed_at is not null and old.supervisor_agreed_at is not null then
        raise exception 'What both agreed stands' using errcode = 'insufficient_privilege';
    end if;
    if (new.worker_agreed_at is not null and pair.worker_id <> hearth_reader()
            and (tg_op = 'INSERT' or new.worker_agreed_at is distinct from old.worker_agreed_at))
        or (new.supervisor_agreed_at is not null and pair.supervisor_id <> hearth_reader()
            and (tg_op = 'INSERT' or new.supervisor_agreed_at is distinct from old.supervisor_agreed_at)) then
        raise exception 'Nobody agrees for another' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and (new.met_on, new.reflection, new.agreed, new.case_reference) is distinct from
            (old.met_on, old.reflection, old.agreed, old.case_reference)
        and ((pair.worker_id <> hearth_reader() and new.worker_agreed_at is not null)
            or (pair.supervisor_id <> hearth_reader() and new.supervisor_agreed_at is not null)) then
        raise exception 'The other agreed to other words' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""
OURS = f"any((select hearth_training_of({ME}))::uuid[])"


def holds(permission: str) -> str:
    """Whether the reader holds a permission at all, worked out once for a query."""
    return f"(select hearth_holds({ME}, '{permission}'))"


def runs_it(column: str) -> str:
    """Whoever organises the run that a column names, or leads the workforce."""
    return f"exists (select 1 from {RUN} r where r.id = {column} and (r.organiser_id = {ME} or {holds(LEADS)}))"


def answers() -> list[RunSQL]:
    """Which course answers a need is said by the workforce lead, and read by whoever sees courses."""
    return [append_only(ANSWER, read=holds(SEES), add=f"answered_by_id = {ME} and {holds(LEADS)}")]


def courses() -> list[RunSQL]:
    """The workforce lead puts on courses; whoever organises a run looks after it; people book themselves, and managers theirs."""
    leads = holds(LEADS)
    return [
        protect(COURSE, read=holds(SEES), add=f"put_on_by_id = {ME} and {leads}", change=leads),
        only(COURSE, "title, about, competence, valid_months, retired_on"),
        protect(RUN, read=holds(SEES), add=leads, change=f"organiser_id = {ME} or {leads}"),
        only(RUN, "area_id, held_on, starts_at, ends_at, place, seats, trainer, organiser_id, state, cancelled_why"),
        protect(
            BOOKING,
            read=f"person_id = {OURS} or {runs_it('run_id')}",
            add=f"booked_by_id = {ME} and state in ('booked', 'waiting') and person_id = {OURS} and {holds(SEES)}",
            # Who was there is said by whoever organised it, and by nobody else.
            change=f"(person_id = {OURS} and state in ('booked', 'waiting', 'offered', 'cancelled')) or {runs_it('run_id')}",
        ),
        only(BOOKING, "state, offered_until"),
        protect(
            TRAINING,
            read=f"person_id = {OURS} or recorded_by_id = {ME}",
            add=f"""recorded_by_id = {ME} and (
                (booking_id is null and person_id <> {ME} and person_id = {OURS})
                or exists (select 1 from {BOOKING} b where b.id = booking_id and b.person_id = {TRAINING}.person_id
                    and b.state = 'attended' and {runs_it("b.run_id")}))""",
            change=f"recorded_by_id = {ME} or (person_id <> {ME} and person_id = {OURS})",
        ),
        only(TRAINING, "withdrawn_at, withdrawn_why"),
        *(events(f"{table}event", table) for table in (COURSE, RUN, BOOKING, TRAINING)),
        gate_reads(COURSE, RUN, BOOKING, TRAINING),
    ]


def supervision() -> list[RunSQL]:
    """The two write and agree; the supervisor's manager knows that there is one, and reads it for a reason that is recorded."""
    the_two = f"exists (select 1 from {PAIR} s where s.id = supervision_id and {ME} in (s.worker_id, s.supervisor_id))"
    return [
        protect(
            PAIR,
            read=f"{ME} in (worker_id, supervisor_id) or supervisor_id = {STAFF}",
            add=f"supervisor_id = {ME} and worker_id = {STAFF}",
            change=f"{ME} in (worker_id, supervisor_id)",
        ),
        only(PAIR, "every_weeks, next_on, ended_on"),
        protect(NOTE, read=READS, add=f"written_by_id = {ME} and {the_two}", change=the_two),
        only(NOTE, "met_on, reflection, agreed, case_reference, written_by_id, worker_agreed_at, supervisor_agreed_at"),
        append_only(
            OPENING,
            read=f"opened_by_id = {ME} or {READS}",
            add=f"""opened_by_id = {ME} and until_on <= (now() at time zone 'Europe/London')::date + 31
                and exists (select 1 from {PAIR} s where s.id = supervision_id and s.supervisor_id = {STAFF} and s.worker_id <> {ME})""",
        ),
        events(f"{PAIR}event", PAIR),
        events(f"{NOTE}event", NOTE),
        gate_reads(PAIR, OPENING),
    ]


def notes_stand() -> list[RunSQL]:
    """What both agreed is never changed, and nobody agrees for the other."""
    return [
        gate_function(
            "hearth_supervision_note_stands()", "trigger", _STANDS, volatility="volatile", language="plpgsql"
        ),
        RunSQL(
            f"create trigger stands before insert or update on {NOTE} for each row execute function hearth_supervision_note_stands()",
            f"drop trigger stands on {NOTE}",
        ),
    ]
