"""A request for help as it was typed, the people it names, and what the front door and the referrer write about it."""

import uuid
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from hearth.casework.cases.models import Case
from hearth.casework.front_door.reach import may_read, typed_kept_from
from hearth.foundation.accounts.models import Area, Organisation, User
from hearth.foundation.core.models import Record
from hearth.foundation.core.text import fold
from hearth.records.people.models import BirthPrecision, Family, FamilyRole, Sex


class Channel(models.TextChoices):
    """How a request arrives."""

    PARTNER = "partner", "A partner"
    FAMILY = "family", "The family"
    PHONE = "phone", "By telephone"
    STEP_DOWN = "step_down", "Social care"


class State(models.TextChoices):
    """Where a request has got to."""

    STARTED = "started", "Not sent yet"
    RECEIVED = "received", "Waiting for a decision"
    PAUSED = "paused", "Paused"
    DECIDED = "decided", "Decided, referrer to be told"
    TOLD = "told", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn"
    RECORDED = "recorded", "On record from another system"


class Consent(models.TextChoices):
    """Whether the family agreed to the request before it was sent."""

    GIVEN = "given", "Agreed"
    REFUSED = "refused", "Said no"
    NOT_ASKED = "not_asked", "Not asked"


UNDECIDED = (State.RECEIVED, State.PAUSED)
IN_DANGER = Q(state__in=UNDECIDED) & ~Q(signs=[])  # a sign of danger was ticked, and nobody has decided
OPEN = (*UNDECIDED, State.DECIDED)
SINGLE_AGENCY = "single_agency"  # the outcome that is passed on: a code that every pack has
WAITS = Q(state__in=OPEN) | Q(to_pass_on=True)  # on the front door: what "everything open" is
ANSWERED = (State.TOLD, State.WITHDRAWN, State.RECORDED)


class RequestQuerySet(models.QuerySet["Request"]):
    """Requests."""

    def visible_to(self, user: Any) -> "RequestQuerySet":
        """The reader's own, their organisation's if they manage it, and their areas'. The row policy says the same."""
        return self.filter(may_read(user))

    def open(self) -> "RequestQuerySet":
        """Not answered yet, or answered and the referrer not told."""
        return self.filter(state__in=OPEN)


@pghistory.track()
class Request(Record):
    """Somebody asks for help for a family. It stays as it was typed; what is decided stands in rows of its own.

    `made_by` is who signed in and typed it: nobody, for a family's own. The columns at the end are kept by actions, so
    that the queue is one query; what the referrer may read of a decision is here, its reason is not.
    """

    reference = models.CharField(max_length=12, unique=True)
    key = models.UUIDField(
        unique=True, default=uuid.uuid4, help_text="sent with the form: the same form sent twice is one request"
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STARTED)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    form_version = models.PositiveSmallIntegerField(default=1, help_text="of the pack's request form")

    asker_name = models.CharField(max_length=200, blank=True)
    asker_role = models.CharField(
        max_length=200, blank=True, help_text="job title and organisation, for a partner who rings"
    )
    asker_relation = models.CharField(max_length=40, blank=True, help_text="to the family: a code of the pack")
    asker_phone = models.CharField(max_length=40, blank=True)
    asker_email = models.EmailField(blank=True)

    signs = ArrayField(
        models.CharField(max_length=50), default=list, blank=True, help_text="signs of danger ticked: codes of the pack"
    )
    signs_shown_at = models.DateTimeField(
        null=True, blank=True, help_text="when the page that says whom to ring was shown"
    )

    family_name = models.CharField(max_length=120, blank=True, help_text="what people call the family, as typed")
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    family_phone = models.CharField(max_length=40, blank=True)
    family_email = models.EmailField(blank=True)
    safe_contact = models.CharField(max_length=300, blank=True, help_text="how and when it is safe to ring or write")
    interpreter = models.BooleanField(null=True, help_text="whether one is needed; empty where nobody said")
    interpreter_language = models.CharField(max_length=60, blank=True, help_text="empty where no interpreter is needed")

    reasons = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    needs = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    worries = models.TextField(blank=True, help_text="what is happening, and why help is asked for now")
    going_well = models.TextField(blank=True)
    hopes = models.TextField(blank=True, help_text="what the family would like to be different")
    has_assessment = models.BooleanField(null=True, help_text="a whole-family assessment is behind the request")
    assessment_details = models.CharField(max_length=300, blank=True, help_text="who holds it, and its date")
    no_assessment_reason = models.CharField(max_length=50, blank=True, help_text="a code of the pack")
    answers = models.JSONField(default=dict, blank=True, help_text="to the pack's own questions, by code")

    consent = models.CharField(max_length=10, choices=Consent.choices, blank=True)
    consent_by = models.CharField(max_length=200, blank=True, help_text="who agreed, as typed")
    consent_decider = models.CharField(max_length=50, blank=True, help_text="by what right: a code of the pack")
    consent_competence = models.TextField(blank=True, help_text="why a child who agreed is thought to understand")
    consent_how = models.CharField(max_length=50, blank=True, help_text="how it was given: a code of the pack")
    consent_on = models.DateField(null=True, blank=True)
    consent_categories = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    no_consent_reason = models.CharField(max_length=50, blank=True, help_text="a code of the pack")
    no_consent_words = models.TextField(blank=True)

    received_at = models.DateTimeField(null=True, blank=True)
    clock_from_at = models.DateTimeField(null=True, blank=True, help_text="receipt, or the day a decision was reopened")
    due_on = models.DateField(
        null=True, blank=True, help_text="last day of the clock that runs; empty while it is stopped"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_id = models.UUIDField(
        null=True, blank=True, help_text="the decision in force; no foreign key: the referrer may not read its row"
    )
    outcome = models.CharField(max_length=20, blank=True, help_text="a code of the pack")
    words_for_referrer = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    answer_unread = models.BooleanField(
        default=False,
        help_text="the answer waits here for whoever asked, who has not opened it and was told it by nobody",
    )
    to_pass_on = models.BooleanField(
        default=False, help_text="one agency is to help, and has not been told or has declined"
    )
    withdrawn_because = models.TextField(blank=True)
    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    moved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.STARTED) | Q(area__isnull=False, received_at__isnull=False),
                name="sent_request_has_area",
            ),
            models.CheckConstraint(
                condition=Q(made_by__isnull=False) | Q(channel=Channel.FAMILY), name="only_a_family_signs_nothing"
            ),
            models.CheckConstraint(
                condition=Q(to_pass_on=False) | Q(outcome=SINGLE_AGENCY, state__in=(State.DECIDED, State.TOLD)),
                name="only_decided_is_passed_on",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "state", "due_on"], name="request_area_due"),
            models.Index(fields=["due_on", "clock_from_at", "id"], condition=WAITS, name="request_queue"),
            models.Index(fields=["area", "due_on"], condition=IN_DANGER, name="request_in_danger"),
            models.Index(fields=["-received_at", "id"], name="request_received"),
            models.Index(fields=["-received_at", "id"], condition=Q(state__in=ANSWERED), name="request_answered"),
            models.Index(fields=["area", "-received_at"], condition=Q(to_pass_on=True), name="request_to_pass_on"),
            models.Index(fields=["made_by", "-created_at"], name="request_made_by"),
            models.Index(fields=["organisation", "-received_at"], name="request_organisation"),
            models.Index(fields=["family"], name="request_family"),
            models.Index(fields=["case"], name="request_case"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_undecided(self) -> bool:
        """Sent, and neither decided nor withdrawn."""
        return self.state in UNDECIDED


class RequestPersonQuerySet(models.QuerySet["RequestPerson"]):
    """People as typed."""

    def visible_to(self, user: Any) -> "RequestPersonQuerySet":
        """People on requests the reader may see, but for those who turned out to be somebody they may not know of."""
        found = self.filter(Exists(Request.objects.visible_to(user).filter(pk=OuterRef("request_id"))))
        return found.exclude(pk__one_of=typed_kept_from(user))


@pghistory.track()
class RequestPerson(Record):
    """Somebody a request names, as typed. Whether they are known is the front door's to say (triage.PersonMatch)."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="people")
    place = models.PositiveSmallIntegerField(default=0, help_text="first, second ... on the form")
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    folded_name = models.CharField(max_length=210, editable=False)
    born_on = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=10, choices=BirthPrecision.choices, default=BirthPrecision.UNKNOWN)
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    role = models.CharField(max_length=12, choices=FamilyRole.choices)
    lives_elsewhere = models.CharField(
        max_length=300, blank=True, help_text="the other address, where they do not live with the family"
    )
    place_of_day = models.CharField(max_length=200, blank=True, help_text="nursery, school, college or work")

    objects = RequestPersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "request people"
        indexes = [
            models.Index(fields=["request", "place"], name="request_person_place"),
            models.Index(fields=["folded_name", "born_on"], name="request_person_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as typed."""
        return f"{self.given_name} {self.family_name}".strip() or "Name not given"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = fold(self.full_name if self.given_name or self.family_name else "")
        super().save(*args, **kwargs)


@pghistory.track()
class RequestMessage(Record):
    """What the front door asks the referrer, and what the referrer answers or adds. Both read both."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="messages")
    from_front_door = models.BooleanField()
    words = models.TextField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["request", "created_at"], name="request_message_order")]


from hearth.casework.front_door.documents import models as documents  # noqa: E402, F401 - the room's other tables
from hearth.casework.front_door.passing import models as passing  # noqa: E402, F401
from hearth.casework.front_door.triage import models as triage  # noqa: E402, F401
