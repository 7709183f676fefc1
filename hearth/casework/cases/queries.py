"""Reads of cases, teams and what is due: the reader first, always through visible_to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, CharField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse

from hearth.casework.cases import rules
from hearth.casework.cases.holding.rules import why_not_hold
from hearth.casework.cases.models import Case, CaseEvent, DueItem, Stage, TeamMember, TeamMemberEvent, nobody_leads
from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, offered, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import lower_first, upper_first
from hearth.records.people.models import Family, Person
from hearth.records.people.reach import areas, may_open_family
from hearth.records.people.timeline import Entry, written_first
from hearth.records.sharing import words
from hearth.records.sharing.queries import Basis, basis_for


def case_of(reader: Any, reference: str) -> Case:
    """The case, or a page that never says whether it exists."""
    found = _cases(reader).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def case_led_to(reader: Any, key: Any) -> Case | None:
    """The case that something led to (the key of one, or none), where the reader may open it."""
    return _cases(reader).filter(pk=key).first() if key else None


def case_with_plan(reader: Any, reference: str) -> Case:
    """The case, for pages about its plan: refused with the reason where the reader's access leaves the plan out."""
    shown = ExpressionWrapper(may_open_family(reader, "family__", category="plan"), output_field=BooleanField())
    found = _cases(reader).annotate(shows_plan=shown).filter(reference=reference).first()
    if found is None:
        raise Http404
    refuse(None if found.shows_plan else rules.PLAN_NOT_COVERED)
    return found


def may_open(reader: Any, reference: str) -> bool:
    """Whether the reader may open the case now."""
    return Case.objects.visible_to(reader).filter(reference=reference).exists()


def _cases(reader: Any) -> QuerySet[Case]:
    return Case.objects.visible_to(reader).select_related(
        "family__area", "area", "team", "lead__organisation", "reopened_from"
    )


def team_of(reader: Any, case: Case) -> list[TeamMember]:
    """Who is in the team around the family now: the lead first, then the family, then in the order they joined."""
    rows = _members(reader).filter(case=case, left_on=None)
    return sorted(rows, key=lambda member: (not member.is_lead, member.person_id is None, member.joined_on))


def what_they_read(member: TeamMember) -> str:
    """What somebody of another organisation reads, and because of what, as a sentence; empty for the authority's own."""
    basis = basis_for(member.family, member.user.organisation) if member.user else None
    if not isinstance(basis, Basis) or basis.kind == "own":
        return ""
    because = words.BASES[basis.kind]
    return f" They read {lower_first(words.categories(basis.categories))}, because {lower_first(because)}."


def who_left(reader: Any, case: Case) -> list[TeamMember]:
    """Who was in the team, and in that of the case which this one follows, and until when."""
    before = [case.pk, case.reopened_from_id]
    return list(
        _members(reader)
        .filter(case__in=[key for key in before if key])
        .exclude(left_on=None)
        .order_by("-left_on", "id")
    )


def _members(reader: Any) -> QuerySet[TeamMember]:
    return TeamMember.objects.visible_to(reader).select_related("user__organisation", "person", "organisation")


def people_of(reader: Any, family: Family) -> list[Person]:
    """The family's people now, adults first, as far as the reader may see them."""
    rows = Person.objects.visible_to(reader).filter(memberships__family=family, memberships__until_on=None)
    return list(rows.annotate(family_role=F("memberships__role")).order_by(F("born_on").asc(nulls_last=True), "id"))


def cases_nobody_leads(reader: Any, page: Any = 1) -> Page:
    """Open cases of areas where the reader allocates cases, and nobody leads them: the longest open first."""
    rows = Case.objects.visible_to(reader).open().filter(nobody_leads(), area__one_of=areas(reader, "allocate_case"))
    return page_of(rows.select_related("family", "lead").order_by("opened_on", "id"), page)


def newly_given(reader: Any) -> list[dict[str, Any]]:
    """Open cases that the reader has led for a week at most, with no contact since: at most ten."""
    since = clock.today() - clock.WEEK
    rows = TeamMember.objects.visible_to(reader).filter(user=reader, is_lead=True, left_on=None, joined_on__gte=since)
    silent = Q(case__last_contact_on=None) | Q(case__last_contact_on__lt=F("joined_on"))
    rows = rows.filter(silent).exclude(case__stage=Stage.CLOSED).order_by("-joined_on", "id")
    return list(rows.values("family__name", "family__reference")[:10])


def who_answers(item: DueItem) -> str:
    """Who outside the case answers what is due, in words; empty for what early help does itself."""
    if not item.is_of_others:
        return ""
    up = item.kind == "step_up_waits"
    return upper_first(pack().words.social_care) if up else f"The front door of {item.case.area.name}"


def who_might_lead(reader: Any, case: Case) -> list[User]:
    """Those in the team who sign in, but for the lead."""
    return [member.user for member in team_of(reader, case) if member.user is not None and not member.is_lead]


def who_might_visit(reader: Any, case: Case) -> list[User]:
    """Those in the team who sign in, and the reader."""
    team = [member.user for member in team_of(reader, case) if member.user is not None]
    return list({user.id: user for user in [reader, *team]}.values())


def who_may_leave(reader: Any, case: Case) -> list[TeamMember]:
    """Those whom the reader may take from the team."""
    return [member for member in team_of(reader, case) if rules.why_not_leave(reader, case, member) is None]


def districts(reader: Any, case: Case) -> list[Area]:
    """The districts a family could be moved to: those where early help is open, but for its own."""
    codes = [code for code, _ in open_districts()]
    return list(Area.objects.filter(code__in=codes).exclude(pk=case.area_id).order_by("name"))


def open_districts() -> list[tuple[str, str]]:
    """Districts of the pack where early help has begun."""
    return [(each.code, each.name) for each in pack().areas.districts if rules.is_open(each.code)]


@dataclass(frozen=True)
class CaseWords:
    """A case's codes in the pack's words."""

    level: str
    opened_because: str
    closure_reason: str
    closure_outcome: str
    no_view_because: str


def words_of(case: Case) -> CaseWords:
    """Each code of the case as the pack words it; empty where there is none."""
    closure = pack().closure

    def words(things: Any, code: str) -> str:
        return label_of(things, code) if code else ""

    return CaseWords(
        level=words(pack().levels.levels, case.level),
        opened_because=words((*closure.reopen_reasons, *pack().front_door.outcomes), case.opened_because),
        closure_reason=words(closure.reasons, case.closure_reason),
        closure_outcome=words(closure.outcomes, case.closure_outcome),
        no_view_because=words(closure.no_family_view_reasons, case.family_view_missing_because),
    )


def what_may(reader: Any, case: Case) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "change_team": rules.why_not_change_team(reader, case) is None,
        "write": rules.why_not_write(reader, case) is None,
        "manage": case.is_open and rules.why_not_manage(reader, case) is None,
        "move": case.is_open and reader.may("allocate_case", case.area),
        "give": why_not_hold(reader, case) is None,
        "reopen": not case.is_open and rules.why_not_reopen(reader, case) is None,
    }


def role_words(code: str) -> str:
    """A role in the team as the pack words it; one that was typed, as typed."""
    return label_of(pack().plans.team_roles, code)


def team_roles(*, family: bool) -> list[tuple[str, str]]:
    """Roles offered: the family's own, or practitioners'. A lead practitioner is named on a page of its own."""
    roles = [role for role in pack().plans.team_roles if role.family == family and role.code != "lead_practitioner"]
    return offered(roles)


def timeline_entries(reader: Any, family: Family) -> list[Entry]:
    """Cases opened and closed, and who joined and left the team (the family's own by their role): one query."""
    member = Coalesce(F("user__full_name"), F("role"))

    def told(rows: QuerySet[Any], kind: str, day: str, detail: Any, case: str, at: Any) -> QuerySet[Any]:
        # The columns of all must come in the same order, so each is named afresh.
        return (
            rows.order_by()
            .annotate(
                a_day=F(day), b_kind=Value(kind, output_field=CharField()), c_detail=detail, d_case=F(case), e_at=at
            )
            .values_list("a_day", "b_kind", "c_detail", "d_case", "e_at")
        )

    cases = Case.objects.visible_to(reader).filter(family=family)
    team = TeamMember.objects.visible_to(reader).filter(family=family)
    # A case that was closed by mistake and taken up again keeps its closing in its history.
    ends = CaseEvent.objects.filter(pgh_obj__in=cases.values("pk"), stage=Stage.CLOSED)
    closed = ends.distinct("pgh_obj", "closed_on", "taken_up_on").order_by(
        "pgh_obj", "closed_on", "taken_up_on", "pgh_id"
    )
    closed = CaseEvent.objects.filter(pgh_id__in=closed.values("pgh_id"))
    rows = told(cases, "opened", "opened_on", F("opened_because"), "reference", F("created_at")).union(
        told(closed, "closed", "closed_on", F("closure_reason"), "reference", F("pgh_created_at")),
        told(
            cases.exclude(taken_up_on=None),
            "taken_up",
            "taken_up_on",
            F("opened_because"),
            "reference",
            written_first(CaseEvent, "taken_up_on"),
        ),
        told(team, "joined", "joined_on", member, "case__reference", F("created_at")),
        told(
            team.exclude(left_on=None),
            "left",
            "left_on",
            member,
            "case__reference",
            written_first(TeamMemberEvent, "left_on"),
        ),
        all=True,
    )
    return [_entry(*row) for row in rows]


def _entry(day: Any, kind: str, detail: str, reference: str, written_at: Any) -> Entry:
    closure = pack().closure
    titles = {
        "opened": "The case was opened",
        "closed": f"The case was closed: {label_of(closure.reasons, detail)}",
        "taken_up": "The case was taken up again: it was closed by mistake",
        "joined": f"{role_words(detail)} joined the team around the family",
        "left": f"{role_words(detail)} left the team around the family",
    }
    slice_name = "team" if kind in ("joined", "left") else "case"
    return Entry(
        moment=day,
        kind="Case" if slice_name == "case" else "Team",
        title=titles[kind],
        url=reverse(slice_name, args=[reference]),
        written_at=written_at,
    )
