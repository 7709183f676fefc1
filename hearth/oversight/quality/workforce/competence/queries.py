"""Reads of what people hold and need: the reader first, always through visible_to. A page of any number of people is four queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from hearth.foundation.accounts.models import Appointment, Organisation, User
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.workforce import Competence
from hearth.foundation.core.paging import Page, page_of
from hearth.oversight.quality.workforce.courses.queries import next_runs
from hearth.oversight.quality.workforce.models import CourseRun, TrainingRecord
from hearth.oversight.quality.workforce.reach import trained

HELD, RUNNING_OUT, RUN_OUT, MISSING = "held", "running_out", "run_out", "missing"
WORDS = {HELD: "Held", RUNNING_OUT: "Running out", RUN_OUT: "Has run out", MISSING: "Missing"}


@dataclass(frozen=True)
class Standing:
    """How somebody stands with one competence."""

    competence: Competence
    needed: bool
    record: TrainingRecord | None
    next_run: CourseRun | None = None

    @property
    def state(self) -> str:
        """Held, running out, run out, or missing."""
        if self.record is None:
            return MISSING
        if self.record.has_run_out:
            return RUN_OUT
        return RUNNING_OUT if self.record.is_running_out else HELD

    @property
    def words(self) -> str:
        """The same in words."""
        return WORDS[self.state]

    @property
    def is_gap(self) -> bool:
        """Whether it is needed, and not held today."""
        return self.needed and self.state in (MISSING, RUN_OUT)


@dataclass(frozen=True)
class Line:
    """One person, and how they stand with each competence that anybody of the list needs; none where they need it not, and have it not."""

    person: User
    roles: list[str]
    standings: dict[str, Standing]

    @property
    def gaps(self) -> int:
        """How many they need, and do not hold."""
        return sum(each.is_gap for each in self.standings.values())


def person_of(reader: Any, reference: str) -> User:
    """Somebody whose training the reader sees."""
    rows = User.objects.filter(trained(reader, "pk"), reference=reference).select_related("organisation")
    found = rows.first()
    if found is None:
        raise Http404
    return found


def standings_of(reader: Any, person: User) -> list[Standing]:
    """What one person needs, in the pack's order, then what else they hold; each with the next run that teaches it."""
    held = _latest(reader, [person.pk]).get(person.pk, {})
    needed = pack().workforce.needed_by({role for role, _ in _roles([person.pk]).get(person.pk, ())})
    codes = {each.code for each in needed}
    runs = next_runs(reader, codes | set(held))
    others = [each for each in pack().workforce.competences if each.code in held and each.code not in codes]
    return [Standing(each, each.code in codes, held.get(each.code), runs.get(each.code)) for each in (*needed, *others)]


def records_of(reader: Any, person: User) -> list[TrainingRecord]:
    """Everything that somebody was trained in, the latest first; what was taken back too."""
    rows = TrainingRecord.objects.visible_to(reader).filter(person=person)
    return list(rows.select_related("recorded_by", "booking__run").order_by("-trained_on", "-created_at"))


def record_of(reader: Any, person: User, key: Any) -> TrainingRecord:
    """One of those."""
    found = TrainingRecord.objects.visible_to(reader).filter(person=person, pk=key).first()
    if found is None:
        raise Http404
    return found


def _people(reader: Any, organisation: str = "", area: str = "", words: str = "") -> QuerySet[User]:
    """Whoever the reader looks after and who holds a role today that needs training."""
    needs = [each.role for each in pack().workforce.needs]
    held = Appointment.objects.in_force().filter(user=OuterRef("pk"), role__in=needs)
    if area:
        held = held.filter(area__code=area)
    rows = User.objects.filter(trained(reader, "pk"), Exists(held), is_active=True).exclude(pk=reader.pk)
    if organisation:
        rows = rows.filter(organisation__name=organisation)
    return rows.select_related("organisation").order_by("organisation__name", "full_name", "id")


def team(reader: Any, organisation: str = "", area: str = "", page: Any = 1) -> Page:
    """A page of the people whom the reader looks after, each with how they stand."""
    found = page_of(_people(reader, organisation, area), page)
    return Page(lines(reader, found.rows), found.number, found.more)


def whole_team(reader: Any, organisation: str = "", area: str = "") -> list[Line]:
    """All of them."""
    return lines(reader, list(_people(reader, organisation, area)))


def lines(reader: Any, people: Collection[User]) -> list[Line]:
    """How each of these people stands."""
    keys = [each.pk for each in people]
    held, roles = _latest(reader, keys), _roles(keys)
    return [_line(each, roles.get(each.pk, []), held.get(each.pk, {})) for each in people]


def _line(person: User, roles: list[tuple[str, str]], held: dict[str, TrainingRecord]) -> Line:
    needed = {each.code for each in pack().workforce.needed_by({code for code, _ in roles})}
    standings = {
        each.code: Standing(each, each.code in needed, held.get(each.code))
        for each in pack().workforce.competences
        if each.code in needed or each.code in held
    }
    return Line(person, list(dict.fromkeys(words for _, words in roles)), standings)


def columns(found: Iterable[Line]) -> list[Competence]:
    """The competences that anybody of these needs or holds, in the pack's order."""
    wanted = {code for line in found for code in line.standings}
    return [each for each in pack().workforce.competences if each.code in wanted]


def _latest(reader: Any, people: Collection[Any]) -> dict[Any, dict[str, TrainingRecord]]:
    rows = TrainingRecord.objects.visible_to(reader).standing().filter(person_id__in=people)
    rows = rows.order_by("person_id", "competence", "-trained_on", "-created_at").distinct("person_id", "competence")
    found: dict[Any, dict[str, TrainingRecord]] = defaultdict(dict)
    for each in rows:
        found[each.person_id][each.competence] = each
    return found


def _roles(people: Collection[Any]) -> dict[Any, list[tuple[str, str]]]:
    found: dict[Any, list[tuple[str, str]]] = defaultdict(list)
    for each in Appointment.objects.in_force().filter(user_id__in=people).select_related("area", "team"):
        found[each.user_id].append((each.role, each.in_words))
    return found


@dataclass(frozen=True)
class Gap:
    """How many of some people need something, and how they stand with it."""

    name: str
    need: int
    held: int
    running_out: int
    missing: int


def gaps_by_competence(found: Iterable[Line]) -> list[Gap]:
    """For each competence: of those who need it, how many hold it; the widest gap first."""
    counted: dict[str, list[Standing]] = defaultdict(list)
    for line in found:
        for each in line.standings.values():
            if each.needed:
                counted[each.competence.label].append(each)
    return _widest_first(_gap(name, standings) for name, standings in counted.items())


def gaps_by_organisation(found: Iterable[Line]) -> list[Gap]:
    """The same for each organisation: of all that its people need."""
    counted: dict[str, list[Standing]] = defaultdict(list)
    for line in found:
        counted[line.person.organisation.name] += [each for each in line.standings.values() if each.needed]
    return _widest_first(_gap(name, standings) for name, standings in counted.items())


def _gap(name: str, standings: list[Standing]) -> Gap:
    states = [each.state for each in standings]
    return Gap(
        name, len(states), states.count(HELD), states.count(RUNNING_OUT), states.count(MISSING) + states.count(RUN_OUT)
    )


def _widest_first(gaps: Iterable[Gap]) -> list[Gap]:
    return sorted(gaps, key=lambda each: (-each.missing, each.name))


def organisations() -> list[tuple[str, str]]:
    """Organisations that are still there."""
    return [(each.name, each.name) for each in Organisation.objects.filter(ended_on=None).order_by("name")]
