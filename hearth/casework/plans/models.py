"""Plans, outcomes, actions, meetings and reviews."""

from typing import Any

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record
from hearth.records.people.models import Family, Person
from hearth.records.people.reach import may_open_family

HIGHEST = 10


class OfPlanQuerySet(models.QuerySet[Any]):
    """Rows that are shared as part of the plan."""

    def visible_to(self, user: Any) -> "OfPlanQuerySet":
        """Rows of families whose plan the user may read. The row policy says the same."""
        return self.filter(may_open_family(user, "family__", category="plan"))


def _score(**options: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(validators=[MaxValueValidator(HIGHEST)], **options)


def _within_scale(*names: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(**{name: None}) | Q(**{f"{name}__lte": HIGHEST}), name=f"%(class)s_{name}_on_scale"
        )
        for name in names
    ]


class Somebody(Record):
    """Somebody named in a plan: a person who signs in, one of the family, or anybody else by name."""

    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    who_name = models.CharField(
        max_length=200, blank=True, help_text="of somebody who neither signs in nor is on record"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_one_of_three",
                condition=(
                    Q(user__isnull=False, person=None, who_name="")
                    | Q(user=None, person__isnull=False, who_name="")
                    | (Q(user=None, person=None) & ~Q(who_name=""))
                ),
            )
        ]

    @property
    def who(self) -> str:
        """Their name; not a name the reader may not see."""
        if self.user is not None:
            return self.user.full_name
        if self.person_id is not None:
            return self.person.full_name if self.person is not None else "A member of the family"
        return self.who_name


class PlanStatus(models.TextChoices):
    """Where a plan has got to."""

    DRAFT = "draft", "Being made"
    AGREED = "agreed", "Agreed with the family"
    ENDED = "ended", "Ended"


@pghistory.track()
class Plan(Record):
    """What a family and those around them have agreed to change, and how."""

    reference = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=50, help_text="a kind of plan of the practice pack")
    status = models.CharField(max_length=8, choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    aim = models.TextField(blank=True, help_text="what life will look like, in the family's words")
    strengths = models.TextField(blank=True, help_text="what is working well, to build on")
    if_harder = models.TextField(blank=True, help_text="what to do and whom to ring if things get harder")
    started_on = models.DateField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField(null=True, blank=True, help_text="the day the family last agreed it")
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="when that was written down")
    disagreement = models.TextField(
        blank=True, help_text="who of the family sees something differently, and what: as it was when last agreed"
    )
    changed_at = models.DateTimeField(help_text="when what the family agrees to last changed")
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    next_review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=~Q(status="ended"), name="one_live_plan_a_case"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(status="ended") | Q(agreed_on__isnull=False),
                name="agreed_plan_has_a_day",
            ),
            models.CheckConstraint(condition=Q(ended_on=None) | Q(status="ended"), name="live_plan_has_no_last_day"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_live(self) -> bool:
        """Whether it is being made or worked."""
        return self.status != PlanStatus.ENDED

    @property
    def has_changed(self) -> bool:
        """Whether it has changed since the family agreed it."""
        return self.agreed_at is not None and self.changed_at > self.agreed_at


PlanEvent: type[Any]  # how a plan was after each change: made by the decorator above


@pghistory.track()
class TypeChange(Record):
    """A plan became another kind of plan: what it was, what it is, when, by whom and why."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="type_changes")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    from_type = models.CharField(max_length=50)
    to_type = models.CharField(max_length=50)
    why = models.TextField()
    changed_on = models.DateField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfPlanQuerySet.as_manager()


class AgreedHow(models.TextChoices):
    """How somebody of the family agreed a plan."""

    TOGETHER = "together", "In person"
    BY_PHONE = "by_phone", "By telephone or video"
    IN_WRITING = "in_writing", "In a message or an e-mail"
    SIGNED = "signed", "By signing a copy"


@pghistory.track()
class PlanAgreement(Somebody):
    """One of the family agreed the plan on a day, in some way. Agreed again after it changed, there is another row."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="agreements")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField()
    how = models.CharField(max_length=10, choices=AgreedHow.choices, default=AgreedHow.TOGETHER)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfPlanQuerySet.as_manager()


@pghistory.track()
class Outcome(Record):
    """What somebody in the family wants to be different, how we will know, and where they were at the start."""

    class State(models.TextChoices):
        OPEN = "open", "Being worked on"
        MET = "met", "Reached"
        SET_ASIDE = "set_aside", "Set aside"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="outcomes")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=50, blank=True, help_text="an outcome area of the practice pack")
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="whose; none: the whole family's",
    )
    want = models.TextField(blank=True, help_text="in the family's own words")
    measure = models.TextField(blank=True, help_text="how we will know")
    starting_score = _score(null=True, blank=True)
    target_score = _score(null=True, blank=True)
    latest_score = _score(null=True, blank=True, help_text="kept by reviews")
    latest_scored_on = models.DateField(null=True, blank=True)
    from_need = models.TextField(blank=True, help_text="the need in the assessment that it began from")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.TextField(blank=True)
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    todo: "list[PlanAction]"  # its actions, put here by the query that reads a whole plan

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="outcome_number_once"),
            *_within_scale("starting_score", "target_score", "latest_score"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"

    @property
    def whose(self) -> str:
        """Whose outcome it is; not a name the reader may not see."""
        if self.person_id is None:
            return "The whole family"
        return self.person.full_name if self.person is not None else "A member of the family"

    @property
    def score_now(self) -> int | None:
        """The latest score; the starting one until there is a review."""
        return self.starting_score if self.latest_score is None else self.latest_score


@pghistory.track()
class Meeting(Record):
    """The team around the family meets, or the family meets without it."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meetings")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=50, help_text="a kind of meeting of the practice pack")
    family_led = models.BooleanField(default=False, help_text="the family leads it and makes its own plan")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    planned_for = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    purpose = models.TextField(blank=True)
    held_on = models.DateField(null=True, blank=True)
    chair = models.CharField(max_length=200, blank=True)
    minutes = models.TextField(blank=True)
    family_words = models.TextField(blank=True)
    decisions = models.TextField(blank=True)
    cancelled_why = models.TextField(blank=True)
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="meeting_number_once")]


@pghistory.track()
class PlanAction(Somebody):
    """Something somebody will do by a day. Belongs to an outcome, or to the plan as a whole."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(
        Meeting,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
        help_text="where it was decided",
    )
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    due_on = models.DateField()
    state = models.CharField(max_length=50, help_text="a state of the practice pack")
    state_before = models.CharField(max_length=50, blank=True, help_text="so that ticking it done can be undone")
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = OfPlanQuerySet.as_manager()

    class Meta(Somebody.Meta):
        constraints = [
            *Somebody.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "number"], name="action_number_once"),
        ]


PlanActionEvent: type[Any]  # the same for an action


@pghistory.track()
class Review(Record):
    """The plan looked at together: what changed, where each outcome stands, what happens next."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveSmallIntegerField()
    reviewed_on = models.DateField()
    changed = models.TextField(help_text="what has changed since last time")
    worries = models.TextField(blank=True, help_text="what we are still worried about")
    child_words = models.TextField(blank=True, help_text="what the children say")
    family_words = models.TextField(blank=True, help_text="what the family says")
    decision = models.CharField(max_length=50, help_text="a review decision of the practice pack")
    decision_why = models.TextField(blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="review_number_once")]


@pghistory.track()
class OutcomeScore(Record):
    """Where an outcome stood at a review, or why it was not scored."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="scores")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="scores")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    score = _score(null=True, blank=True)
    why = models.TextField(blank=True)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "outcome"], name="scored_once_a_review"),
            *_within_scale("score"),
        ]


@pghistory.track()
class Attendance(Somebody):
    """Who was asked to a meeting or took part in a review, and whether they came."""

    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances")
    review = models.ForeignKey(Review, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    came = models.CharField(
        max_length=50, blank=True, help_text="an attendance of the practice pack; empty until the meeting was held"
    )

    objects = OfPlanQuerySet.as_manager()

    class Meta(Somebody.Meta):
        constraints = [
            *Somebody.Meta.constraints,
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, review=None) | Q(meeting=None, review__isnull=False),
                name="attendance_at_one_thing",
            ),
        ]


from hearth.casework.plans.documents import models as documents  # noqa: E402, F401 - the room's other tables
from hearth.casework.plans.referring import models as referring  # noqa: E402, F401
