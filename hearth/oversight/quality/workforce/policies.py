"""Row policies of courses, bookings and training. The conditions are those of reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.commissioning.contracts.policies import only
from hearth.foundation.core.policies import append_only, events, gate_reads, protect
from hearth.oversight.quality.workforce.reach import LEADS, SEES

COURSE, RUN, BOOKING, TRAINING, ANSWER = (
    f"workforce_{name}" for name in ("course", "courserun", "coursebooking", "trainingrecord", "needanswer")
)
ME = "hearth_reader()"
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
        gate_reads(RUN, BOOKING, TRAINING),
    ]
