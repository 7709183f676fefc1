"""A case, the team around the family, and what is due."""

from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from hearth.foundation.accounts.models import Appointment, Area, Organisation, Team, User
from hearth.foundation.accounts.roles import ROLES
from hearth.foundation.core.models import Record
from hearth.records.people.models import Family, Person
from hearth.records.people.reach import may_open_family

WORKS_WITH_FAMILIES = tuple(code for code, role in ROLES.items() if "work_case" in role.permissions)


def nobody_leads() -> Q:
    """Nobody leads: no one was named, or whoever was has left, or holds no role any more that works with families."""
    held = Appointment.objects.in_force().filter(user=OuterRef("pk"), role__in=WORKS_WITH_FAMILIES)
    gone = User.objects.filter(Q(is_active=False) | ~Exists(held)).values_list("pk", flat=True)
    # Their keys are read first: with them an index finds the cases, and without them each open case is looked at.
    return Q(lead=None) | Q(lead__in=list(gone))


OPEN = ~Q(stage="closed")  # as `CaseQuerySet.open` asks for them: the condition of the list's indexes


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def visible_to(self, user: Any) -> "CaseQuerySet":
        """Cases of families the user may open."""
        return self.filter(may_open_family(user, "family__"))

    def open(self) -> "CaseQuerySet":
        """Cases being worked."""
        return self.exclude(stage=Stage.CLOSED)


class Stage(models.TextChoices):
    """Where a case has got to."""

    ASSESSING = "assessing", "Assessment"
    PLANNING = "planning", "Making the plan"
    WORKING = "working", "Working the plan"
    STEPPED_UP = "stepped_up", "With social care"
    CLOSED = "closed", "Closed"


@pghistory.track(exclude=["children_count"])
class Case(Record):
    """One episode of early help for one family, from opening to closing.

    The list columns at the end are kept by actions, so that a list of cases is one query however many there are.
    """

    reference = models.CharField(max_length=12, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="cases")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.ASSESSING)
    level = models.CharField(max_length=30, blank=True, help_text="level of need: a key of the practice pack")
    lead = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    opened_because = models.CharField(
        max_length=40, blank=True, help_text="the decision that opened it: a code of the pack"
    )
    request_id = models.UUIDField(null=True, blank=True, help_text="the request that led to it, where there was one")
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(max_length=40, blank=True, help_text="a code of the practice pack")
    closure_outcome = models.TextField(blank=True, help_text="what came of it: a code of the practice pack")
    closing_words = models.TextField(
        blank=True, help_text="what was done and what changed, as the practitioner tells it"
    )
    family_view = models.TextField(blank=True, help_text="what the family said of the help, in their words")
    family_view_missing_because = models.TextField(blank=True, help_text="a code of the practice pack")
    ended_by_closing = models.JSONField(
        default=dict,
        blank=True,
        help_text="what closing ended, by key, so that a case closed by mistake is taken up as it was",
    )
    taken_up_on = models.DateField(
        null=True, blank=True, help_text="when it was last taken up again after a closing by mistake"
    )
    reopened_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    next_due_on = models.DateField(null=True, blank=True)
    next_due_what = models.CharField(max_length=120, blank=True)
    last_contact_on = models.DateField(null=True, blank=True)
    children_count = models.PositiveSmallIntegerField(
        default=0, help_text="kept by the database while it is open (functions.py)"
    )
    lead_folded_name = models.CharField(  # noqa: DJ001 - of a case that nobody leads: sorted last
        max_length=400, null=True, editable=False, db_collation="C", help_text="the list is sorted by it"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family"], condition=~Q(stage="closed"), name="one_open_case_a_family"),
            models.CheckConstraint(
                condition=Q(stage="closed") | Q(closed_on=None), name="open_case_has_no_closing_day"
            ),
        ]
        indexes = [
            models.Index(fields=["area", "stage", "next_due_on"], name="case_area_due"),
            models.Index(fields=["lead", "stage", "next_due_on"], name="case_lead_due"),
            models.Index(fields=["next_due_on", "id"], name="case_due"),
            models.Index(fields=["family"], name="case_family"),
            # Each way in which the list of open cases is sorted: a page of it is read from the index, however many there are.
            models.Index(F("next_due_on").desc(nulls_last=True), "id", condition=OPEN, name="case_due_last"),
            models.Index("area", "next_due_on", "id", condition=OPEN, name="case_area_open"),
            models.Index("team", "next_due_on", "id", condition=OPEN, name="case_team_open"),
            models.Index("opened_on", "id", condition=OPEN, name="case_opened_first"),
            models.Index(F("opened_on").desc(nulls_last=True), "id", condition=OPEN, name="case_opened_last"),
            models.Index("last_contact_on", "id", condition=OPEN, name="case_contact_first"),
            models.Index(F("last_contact_on").desc(nulls_last=True), "id", condition=OPEN, name="case_contact_last"),
            models.Index("lead_folded_name", "id", condition=OPEN, name="case_lead_first"),
            models.Index(F("lead_folded_name").desc(nulls_last=True), "id", condition=OPEN, name="case_lead_last"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether the case is being worked."""
        return self.stage != Stage.CLOSED

    @property
    def lead_has_left(self) -> bool:
        """Whether somebody is named who can no longer work with families: then nobody leads, whatever the name says."""
        return self.lead is not None and not self.lead.may("work_case")


CaseEvent: type[Any]  # how a case was after each change: made by the decorator above


class OfFamilyQuerySet(models.QuerySet[Any]):
    """Rows that hang from a family."""

    def visible_to(self, user: Any) -> "OfFamilyQuerySet":
        """Rows of families the user may open."""
        return self.filter(may_open_family(user, "family__"))


class PlanCategoryQuerySet(models.QuerySet[Any]):
    """Rows that hang from a family and are shared as part of the plan."""

    def visible_to(self, user: Any) -> "PlanCategoryQuerySet":
        """Rows of families whose plan the user may read."""
        return self.filter(may_open_family(user, "family__", category="plan"))


@pghistory.track()
class TeamMember(Record):
    """One of the team around the family: somebody who signs in, a family member, or a worker by name."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="members")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True, help_text="of a worker who does not sign in")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=60, help_text="what they do in the team: a code of the practice pack, or words")
    is_lead = models.BooleanField(default=False)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    sharing_basis = models.CharField(
        max_length=20, blank=True, help_text="consent, agreement, danger, or own (the authority's own worker)"
    )

    objects = OfFamilyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(is_lead=True, left_on=None), name="one_lead_a_case"),
            models.UniqueConstraint(fields=["case", "user"], condition=Q(left_on=None), name="in_a_team_once"),
            models.UniqueConstraint(fields=["case", "person"], condition=Q(left_on=None), name="person_in_a_team_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(person__isnull=False) | ~Q(name=""), name="member_is_somebody"
            ),
        ]

    @property
    def who(self) -> str:
        """Their name; not a name the reader may not see."""
        if self.user is not None:
            return self.user.full_name
        if self.person_id is not None:
            return self.person.full_name if self.person is not None else "A member of the family"
        return self.name


TeamMemberEvent: type[Any]  # the same for a member of the team
ReachingTryEvent: type[Any]  # the same for a try at reaching a family


class DueQuerySet(OfFamilyQuerySet):
    """What is due."""

    def to_do(self) -> Self:
        """What is not done. While social care has a case, early help's work on it waits, but for what is about the step itself."""
        waits = Q(case__stage=Stage.STEPPED_UP) & ~Q(kind__in=DueItem.OF_STEPS)
        return self.filter(done_at=None).exclude(waits)


@pghistory.track()
class DueItem(Record):
    """Something that has to be done for a case by a day: the desk's list of work. Written by the room it belongs to."""

    OF_STEPS = ("step_up", "step_up_waits", "step_up_answer", "step_down", "stepped_down")
    OF_OTHERS = ("step_up_waits", "step_down")  # social care's, and the front door's, to answer: never the lead's work

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="due_items")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, help_text="assessment, plan, review, action, meeting, lead_practitioner ...")
    source_id = models.UUIDField(null=True, blank=True, help_text="the assessment, action or review it is about")
    what = models.CharField(max_length=120, help_text="in words, without a name")
    due_on = models.DateField()
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = DueQuerySet.as_manager()

    @property
    def waits(self) -> bool:
        """Whether it waits until social care hands the case back."""
        return self.case.stage == Stage.STEPPED_UP and self.kind not in self.OF_STEPS

    @property
    def is_of_others(self) -> bool:
        """Whether somebody outside the case has to answer: what is late then is to be asked after."""
        return self.kind in self.OF_OTHERS

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "source_id"], condition=Q(done_at=None), nulls_distinct=False, name="due_once"
            )
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at=None), name="due_of_owner"),
            models.Index(fields=["case"], name="due_of_case"),
        ]


@pghistory.track()
class ReachingPlan(Record):
    """How a family that is hard to engage will be reached. Silence alone closes nothing: this is tried first."""

    class Status(models.TextChoices):
        TRYING = "trying", "Being tried"
        REACHED = "reached", "The family was reached"
        COULD_NOT = "could_not", "The family could not be reached"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reaching_plans")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.TRYING)
    noticed = models.TextField(help_text="missed visits, unanswered calls: what made us think about it")
    in_the_way = models.TextField(help_text="what may be making it hard, seen from where the family stands")
    approach = models.TextField(help_text="what will be done differently")
    started_on = models.DateField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_words = models.TextField(blank=True)
    agreed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField(null=True, blank=True, help_text="when a manager agreed that enough was tried")
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = PlanCategoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(status="trying"), name="one_live_reaching_plan"),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | Q(status="could_not"), name="only_could_not_is_agreed"
            ),
        ]


@pghistory.track()
class ReachingTry(Record):
    """One try at reaching the family: planned for a day, then made or not."""

    plan = models.ForeignKey(ReachingPlan, on_delete=models.PROTECT, related_name="tries")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=50, help_text="a kind of note of the practice pack: visit, call, message")
    what = models.TextField(help_text="what will be done, and what is different this time")
    planned_on = models.DateField()
    by_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    tried_on = models.DateField(null=True, blank=True)
    reached = models.BooleanField(null=True, help_text="None: not tried yet")
    note = models.TextField(blank=True, help_text="what happened")

    objects = PlanCategoryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="reaching_try_number_once")]
