"""Runs, families of concern, flags with their evidence, what people decided, and whether the family was told."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.accounts.roles import permissions_of
from hearth.foundation.core.models import Record
from hearth.records.people.reach import areas

SEES = "see_families_of_concern"


class OfTheirAreas(models.QuerySet[Any]):
    """Families of concern, and what hangs from one. The row policies say the same, and keep restricted people out."""

    to_family = ""

    def visible_to(self, user: Any) -> "OfTheirAreas":
        """Those of the areas in which the reader may see families of concern."""
        found = Q(**{f"{self.to_family}area__one_of": areas(user, SEES)})
        if any(held.area_id is None and SEES in permissions_of(held.role) for held in user.appointments_now()):
            found |= Q(**{f"{self.to_family}area": None})
        return self.filter(found)


class OfTheirFamilies(OfTheirAreas):
    """What hangs from a family of concern."""

    to_family = "family__"


class OfThoseWhoSee(models.QuerySet[Any]):
    """Runs, which name nobody."""

    def visible_to(self, user: Any) -> "OfThoseWhoSee":
        """All, for whoever may see families of concern somewhere."""
        return self.all() if user.may(SEES) else self.none()


class InsightRun(Record):
    """Every rule worked out once, on a day: what it read, what it found, and figures that name nobody."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to begin"
        RUNNING = "running", "Being worked out"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Stopped by a fault"

    OPEN = (State.WAITING, State.RUNNING)

    reference = models.CharField(max_length=12, unique=True)
    as_at = models.DateField(help_text="the day on which every window ends")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, help_text="why it stopped, in a sentence")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    versions = models.JSONField(default=dict, help_text="each framework, its version and a digest of its rules")
    used = models.JSONField(
        default=list, help_text="each file: feed, organisation, load, hash, days; and those left out, with why"
    )
    linked_by = models.CharField(
        max_length=64, blank=True, help_text="the file of linked people; blank: nobody was linked"
    )
    linked_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="when the link run began that wrote it: whoever came on record later was not looked for",
    )
    engine = models.CharField(max_length=10, default="duckdb", help_text="what worked it out: duckdb or spark")
    folded = models.BooleanField(default=False, help_text="only days that were new were read of what is tallied")
    facts_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file of facts")
    figures = models.JSONField(
        default=dict, help_text="each rule: how many it flags, by sex, age, ethnicity, district; small ones left out"
    )
    touchpoints = models.JSONField(
        default=dict, help_text="each touchpoint: how many missed it, by district; small ones left out"
    )
    entitlement = models.JSONField(
        default=dict,
        help_text="places of early education, eligible and taking up, by term, age and district; small ones left out",
    )
    population = models.JSONField(
        default=dict, help_text="people, those under 18 and those in the most deprived areas, by district, as published"
    )
    families = models.PositiveIntegerField(default=0)
    flags = models.PositiveIntegerField(default=0)
    is_current = models.BooleanField(default=False)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = OfThoseWhoSee.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="insight_current_once"),
            models.UniqueConstraint(
                models.Value(1), condition=Q(state__in=("waiting", "running")), name="insight_one_run_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["-created_at"], name="insight_run_newest")]

    def __str__(self) -> str:
        return self.reference


class FamilyOfConcern(Record):
    """A family, or a person whom nobody has linked into one, whom at least one rule flags. Never a score: its flags are read."""

    reference = models.CharField(max_length=12, unique=True)
    key = models.CharField(
        max_length=260, unique=True, help_text="of the household, or of the person where none is known"
    )
    is_household = models.BooleanField(default=False, help_text="matching found a household; else one person")
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="blank where no district is known",
    )
    name = models.CharField(max_length=200, help_text="what to call it on a list")
    people = models.JSONField(
        default=list, help_text="who is in it: key, name, birth date, numbers, and the feed that says so"
    )
    helpers = models.JSONField(default=list, help_text="who already works with them, by feeds that say whom to ring")
    names = ArrayField(
        models.CharField(max_length=260),
        default=list,
        help_text="numbers and keys on the register, to keep restricted people out",
    )
    open_flags = models.PositiveSmallIntegerField(default=0, help_text="flags found and not yet dismissed")
    undecided = models.PositiveSmallIntegerField(default=0, help_text="of these, those nobody has decided")
    latest_on = models.DateField(null=True, blank=True, help_text="the newest day of any evidence")
    request = models.CharField(max_length=12, blank=True, help_text="the request that offering help opened")
    content_hash = models.CharField(
        max_length=32, help_text="of what a run found, so that only what changed is written"
    )

    objects = OfTheirAreas.as_manager()

    class Meta:
        verbose_name_plural = "families of concern"
        indexes = [
            models.Index(
                fields=["-open_flags", "-latest_on", "id"], condition=Q(open_flags__gt=0), name="concern_in_order"
            ),
            models.Index(
                fields=["area", "-open_flags", "-latest_on", "id"],
                condition=Q(open_flags__gt=0),
                name="concern_of_an_area",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Flag(Record):
    """A rule that somebody meets, with the evidence it rests on. What it says is decided by a person."""

    class State(models.TextChoices):
        OPEN = "open", "Nobody has decided"
        CONFIRMED = "confirmed", "Confirmed"
        DISMISSED = "dismissed", "Dismissed"

    family = models.ForeignKey(FamilyOfConcern, on_delete=models.PROTECT, related_name="flags")
    rule = models.CharField(max_length=40, help_text="the rule's code")
    person = models.CharField(
        max_length=260, help_text="who meets it: a key of `people`; of the family, for a combination"
    )
    evidence = models.JSONField(
        default=list, help_text="facts, the newest first: feed, organisation, load, days, part, whole, words"
    )
    facts = models.PositiveIntegerField(default=0, help_text="how many there are; the first 20 are kept here")
    marks = ArrayField(
        models.CharField(max_length=120), default=list, help_text="what tells this evidence from other evidence"
    )
    sources = ArrayField(models.CharField(max_length=80), default=list, help_text="feed and organisation of each")
    latest_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    is_found = models.BooleanField(default=True, help_text="whether the last run found it")
    found_at = models.DateTimeField()
    returned = models.BooleanField(
        default=False, help_text="dismissed once, and back on evidence that was not there then"
    )
    content_hash = models.CharField(max_length=32)

    objects = OfTheirFamilies.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "person"], name="flag_of_a_person_once")]
        indexes = [
            models.Index(fields=["family", "rule"], name="flag_family"),
            models.Index(fields=["rule"], condition=~Q(state="open"), name="flag_decided"),
        ]


class FlagDecision(Record):
    """Somebody confirmed or dismissed a flag, or offered help on it. Undone, it stays with who undid it."""

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        DISMISSED = "dismissed", "Dismissed"
        OFFERED = "offered", "Help offered"

    family = models.ForeignKey(FamilyOfConcern, on_delete=models.PROTECT, related_name="decisions")
    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=200, blank=True, help_text="why it is dismissed, in the pack's words")
    words = models.TextField(blank=True)
    marks = ArrayField(models.CharField(max_length=120), default=list, help_text="the evidence it was decided on")
    numbers = ArrayField(
        models.CharField(max_length=260), default=list, help_text="of the person, whoever links them later"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = OfTheirFamilies.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["flag"], condition=Q(undone_at=None), name="one_decision_of_a_flag_in_force"
            )
        ]
        indexes = [models.Index(fields=["family", "-created_at"], name="flag_decision_family")]


class FamilyTold(Record):
    """Whether and how a family was told that it was noticed. Only ever added."""

    class How(models.TextChoices):
        VISIT = "visit", "On a visit"
        CALL = "call", "By telephone"
        LETTER = "letter", "By letter"
        SOMEBODY = "somebody", "By somebody who works with them"
        NOT_YET = "not_yet", "Not told yet"

    family = models.ForeignKey(FamilyOfConcern, on_delete=models.PROTECT, related_name="told")
    how = models.CharField(max_length=10, choices=How.choices)
    told_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="what they said; or why they are not told yet")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfTheirFamilies.as_manager()

    class Meta:
        verbose_name = "telling of a family"
        indexes = [models.Index(fields=["family", "-created_at"], name="family_told_newest")]


from hearth.intelligence.insight.care import models as care  # noqa: E402, F401 - and another
from hearth.intelligence.insight.involvement import models as involvement  # noqa: E402, F401 - the room's other table
from hearth.intelligence.insight.touchpoints import models as touchpoints  # noqa: E402, F401 - and another
