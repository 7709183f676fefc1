"""A quarterly return, its figures, what was asked about them, and when it was chased."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.commissioning.contracts.models import Contract, Target
from hearth.commissioning.contracts.quarters import quarter_words
from hearth.commissioning.contracts.returns.reach import reads_return
from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record


class ReturnState(models.TextChoices):
    """Where a return has got to. That it is late is worked out from its day, and is no state of its own."""

    DRAFT = "draft", "Being made"
    SUBMITTED = "submitted", "Sent"
    QUERIED = "queried", "Queried"
    CHANGED = "changed", "Changed after a query"
    CERTIFIED = "certified", "Certified"


WITH_PROVIDER = (ReturnState.DRAFT, ReturnState.QUERIED)
WITH_MANAGER = (ReturnState.SUBMITTED, ReturnState.CHANGED)


UNANSWERED = Q(state=ReturnState.QUERIED)


def late() -> Q:
    """What its provider has not done by its day: sent it, or answered what was asked."""
    today = clock.today()
    return Q(state=ReturnState.DRAFT, sent_at=None, due_on__lt=today) | UNANSWERED & Q(answer_due_on__lt=today)


class ReturnQuerySet(models.QuerySet["Return"]):
    """Returns."""

    def visible_to(self, user: Any) -> "ReturnQuerySet":
        """One's own organisation's; once sent, for whoever reads the contract. The row policy says the same."""
        return self.filter(reads_return(user))

    def standing(self) -> "ReturnQuerySet":
        """The newest version of each quarter."""
        return self.filter(replaced_at=None)

    def late(self) -> "ReturnQuerySet":
        """Those that nobody has sent, and those of which nobody has answered what was asked, whose day has passed."""
        return self.filter(late())

    def unanswered(self) -> "ReturnQuerySet":
        """Those with a question whose day has passed."""
        return self.filter(UNANSWERED, answer_due_on__lt=clock.today())


@pghistory.track()
class Return(Record):
    """One quarter of a contract as its provider tells it. A certified one is never changed: a newer version says why it is."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="the provider")
    quarter = models.DateField(help_text="its first day")
    ends_on = models.DateField(help_text="the last day of the quarter")
    due_on = models.DateField(help_text="the day by which it is sent, by the practice pack when it was made")
    answer_due_on = models.DateField(
        null=True,
        blank=True,
        help_text="the day by which the first question that waits is answered, by the pack when it was asked",
    )
    number = models.PositiveSmallIntegerField(default=1, help_text="1; a correction of what was certified is the next")
    replaced_at = models.DateTimeField(
        null=True, blank=True, help_text="when a newer version of the quarter was certified in its place"
    )
    state = models.CharField(max_length=10, choices=ReturnState.choices, default=ReturnState.DRAFT)
    why_again = models.CharField(
        max_length=400, blank=True, help_text="of a correction: why what was certified is corrected"
    )
    spent_pence = models.BigIntegerField(
        null=True, blank=True, help_text="what the provider spent in the quarter; none: not said"
    )
    spent_words = models.TextField(blank=True, help_text="what explains it; nobody's name")
    paid_pence = models.BigIntegerField(
        null=True, blank=True, help_text="what the ledger says was paid in the quarter, when it was sent"
    )
    case_study = models.TextField(blank=True, help_text="with consent and every name changed")
    consented = models.BooleanField(default=False, help_text="whoever the case study is about agreed to it")
    names_changed = models.BooleanField(default=False, help_text="no name in it is theirs")
    difficulties = models.TextField(blank=True, help_text="nobody's name")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    certified_at = models.DateTimeField(null=True, blank=True)
    certified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    certified_words = models.CharField(
        max_length=400, blank=True, help_text="what whoever certified it says of it; nobody's name"
    )

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = "quarterly return"
        constraints = [
            models.UniqueConstraint(fields=["contract", "quarter", "number"], name="return_version_once"),
            models.UniqueConstraint(
                fields=["contract", "quarter"], condition=~Q(state="certified"), name="one_open_return_a_quarter"
            ),
            models.UniqueConstraint(
                fields=["contract", "quarter"], condition=Q(state="certified", replaced_at=None), name="one_return_certified_a_quarter"
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("quarter"), due_on__gt=F("ends_on")), name="return_is_due_after_its_quarter"),
            models.CheckConstraint(condition=Q(number=1, why_again="") | Q(number__gt=1) & ~Q(why_again=""), name="a_correction_says_why"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sent_at__isnull=False, sent_by__isnull=False), name="a_return_is_sent_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state="certified", certified_at__isnull=False, certified_by__isnull=False)
                | ~Q(state="certified") & Q(certified_at=None, certified_by=None, replaced_at=None),
                name="a_return_is_certified_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(case_study="") | Q(consented=True, names_changed=True),
                name="a_case_study_is_consented_and_names_are_changed",
            ),
            models.CheckConstraint(condition=Q(spent_pence=None) | Q(spent_pence__gte=0), name="spent_is_not_less_than_nothing"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation", "-quarter"], name="returns_of_organisation"),
            models.Index(fields=["due_on"], condition=~Q(state="certified"), name="returns_open"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def months(self) -> str:
        """The quarter as people say it."""
        return quarter_words(self.quarter)

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and nobody has sent it, or answered what was asked."""
        not_sent = self.state == ReturnState.DRAFT and self.sent_at is None and self.due_on < clock.today()
        return not_sent or self.is_answer_late

    @property
    def is_answer_late(self) -> bool:
        """Whether something was asked about it, and nobody answered by the day."""
        due = self.answer_due_on
        return self.state == ReturnState.QUERIED and due is not None and due < clock.today()

    @property
    def came_late(self) -> bool:
        """Whether it was sent after its day; of a correction it is not asked."""
        return self.number == 1 and self.sent_at is not None and clock.in_london(self.sent_at).date() > self.due_on

    @property
    def stands(self) -> bool:
        """Whether it is certified and no newer version was."""
        return self.state == ReturnState.CERTIFIED and self.replaced_at is None


class OfReturnQuerySet(models.QuerySet[Any]):
    """Rows that hang from a return."""

    def visible_to(self, user: Any) -> "OfReturnQuerySet":
        """Those of returns that the user may read."""
        return self.filter(reads_return(user, "owner__"))


@pghistory.track()
class ReturnFigure(Record):
    """What was planned and what came of one target in the quarter. No figure is not nought: nobody has said it."""

    owner = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="figures", help_text="the return")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="+")
    profile = models.BigIntegerField(
        null=True, blank=True, help_text="planned for the quarter, as it stood when the return was sent"
    )
    actual = models.BigIntegerField(
        null=True, blank=True, help_text="what came, counted as its target says; none: not said"
    )
    words = models.TextField(blank=True, help_text="what explains it; nobody's name")

    objects = OfReturnQuerySet.as_manager()

    class Meta:
        verbose_name = "figure of a return"
        verbose_name_plural = "figures of returns"
        constraints = [
            models.UniqueConstraint(fields=["owner", "target"], name="figure_of_a_target_once"),
            models.CheckConstraint(condition=Q(actual=None) | Q(actual__gte=0), name="a_figure_is_not_below_nothing"),
        ]


class Part(models.TextChoices):
    """What a query may be about, besides a figure."""

    FIGURE = "figure", "A figure"
    SPENT = "spent", "What was spent"
    CASE_STUDY = "case_study", "The case study"
    DIFFICULTIES = "difficulties", "The difficulties"
    PEOPLE = "people", "The list of people"


@pghistory.track()
class ReturnQuery(Record):
    """What the contract manager asked about one part of a return; how it read before, and how it reads since it was answered."""

    owner = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="queries", help_text="the return")
    number = models.PositiveSmallIntegerField(help_text="its place among what was asked about the return")
    part = models.CharField(max_length=12, choices=Part.choices)
    figure = models.ForeignKey(ReturnFigure, null=True, blank=True, on_delete=models.PROTECT, related_name="queries")
    question = models.TextField(help_text="nobody's name")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(null=True, blank=True, help_text="the day by which it is answered")
    before = models.TextField(blank=True, help_text="how that part read when it was asked")
    answer = models.TextField(blank=True, help_text="nobody's name")
    after = models.TextField(blank=True, help_text="how it reads since it was answered")
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OfReturnQuerySet.as_manager()

    class Meta:
        verbose_name = "query"
        verbose_name_plural = "queries"
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="query_number_once"),
            models.CheckConstraint(
                condition=Q(part="figure", figure__isnull=False) | ~Q(part="figure") & Q(figure=None),
                name="a_query_is_about_one_part",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="", after="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="a_query_is_answered_in_words",
            ),
        ]
        indexes = [models.Index(fields=["owner"], name="queries_of_return")]

    @property
    def about(self) -> str:
        """The name of the part, or of the figure's target."""
        return str(self.figure.target) if self.figure is not None else self.get_part_display()

    @property
    def has_changed(self) -> bool:
        """Whether the answer changed the part."""
        return self.answered_at is not None and self.before != self.after


class ReturnChase(Record):
    """A return was chased by itself: at which step of the pack, on which day, and how many were told. Only ever added."""

    class Step(models.TextChoices):
        BEFORE = "before", "Before its day"
        ON = "on", "On its day"
        AFTER = "after", "After its day"
        ASKED = "asked", "After the day of an answer"

    owner = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="chases", help_text="the return")
    step = models.CharField(max_length=8, choices=Step.choices)
    days = models.PositiveSmallIntegerField(help_text="working days before or after its day")
    due_on = models.DateField(null=True, blank=True, help_text="of an answer: the day by which it was to come")
    chased_on = models.DateField(default=clock.today)
    told = models.PositiveSmallIntegerField(help_text="how many people were told")

    objects = OfReturnQuerySet.as_manager()

    class Meta:
        verbose_name = "chase"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "step", "days", "due_on"], nulls_distinct=False, name="chased_once_a_step"
            )
        ]
