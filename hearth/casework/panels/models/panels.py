"""A panel or group, who sits on it, and the days on which it meets. None of it names a family."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.casework.panels.reach import panels
from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record

WEEKS = ((1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth"))
WEEKDAYS = ((0, "Monday"), (1, "Tuesday"), (2, "Wednesday"), (3, "Thursday"), (4, "Friday"))


class PanelQuerySet(models.QuerySet["Panel"]):
    """Panels and groups."""

    def visible_to(self, user: Any) -> "PanelQuerySet":
        """Every panel, for whoever may bring something to one; else those that the user sits on."""
        return self if user.may("see_panels") else self.filter(pk__one_of=panels(user))


@pghistory.track()
class Panel(Record):
    """A panel or group of one area, of a kind of the practice pack."""

    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40, help_text="a code of the practice pack")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField(help_text="the months of its meetings are counted from here")
    place = models.CharField(max_length=200, blank=True, help_text="where it usually meets")
    week = models.PositiveSmallIntegerField(default=2, choices=WEEKS, help_text="of the month")
    weekday = models.PositiveSmallIntegerField(default=1, choices=WEEKDAYS)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    objects = PanelQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="panel_ends_after")]
        indexes = [models.Index(fields=["area"], name="panel_area")]

    def __str__(self) -> str:
        return self.name


class OfPanelQuerySet(models.QuerySet[Any]):
    """Rows that hang from a panel."""

    def visible_to(self, user: Any) -> "OfPanelQuerySet":
        """Rows of the panels the user may see."""
        return self if user.may("see_panels") else self.filter(panel__one_of=panels(user))


class PanelMemberQuerySet(OfPanelQuerySet):
    """Those who sit on panels."""

    def now(self) -> "PanelMemberQuerySet":
        """Who sits there today."""
        return self.filter(from_on__lte=clock.today(), ended_at=None)


class Place(models.TextChoices):
    """What somebody is there as."""

    CORE = "core", "Core member"
    INVITED = "invited", "Invited member"
    COORDINATOR = "coordinator", "Coordinator"


@pghistory.track()
class PanelMember(Record):
    """Somebody sits on a panel for a sector, from a day until it is ended; with a deputy who comes in their place."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=12, choices=Place.choices)
    is_chair = models.BooleanField(default=False, help_text="one of the core members is")
    sector = models.CharField(max_length=40, help_text="a sector code of the practice pack")
    deputy = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField(default=clock.today)
    ended_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "panel member"
        constraints = [
            models.UniqueConstraint(fields=["panel", "user"], condition=Q(ended_at=None), name="sits_once_on_a_panel"),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(ended_at=None, is_chair=True), name="one_chair_a_panel"
            ),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(ended_at=None, place="coordinator"), name="one_coordinator_a_panel"
            ),
            models.CheckConstraint(condition=Q(is_chair=False) | Q(place="core"), name="chair_is_of_the_core"),
            models.CheckConstraint(condition=Q(deputy=None) | ~Q(deputy=F("user")), name="deputy_is_another"),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(ended_at=None), name="panel_of_member"),
            models.Index(fields=["deputy"], condition=Q(ended_at=None), name="panel_of_deputy"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def runs_it(self) -> bool:
        """Whether they chair or coordinate."""
        return self.is_chair or self.place == Place.COORDINATOR


class PanelMeetingQuerySet(OfPanelQuerySet):
    """Meetings of panels."""

    def to_come(self) -> "PanelMeetingQuerySet":
        """Today's and later ones that are not cancelled."""
        return self.filter(meets_on__gte=clock.today(), cancelled_at=None)

    def after(self, meeting: "PanelMeeting") -> "PanelMeetingQuerySet":
        """Those of the same panel that come after a meeting, the next one first."""
        return self.to_come().filter(panel=meeting.panel_id, meets_on__gt=meeting.meets_on).order_by("meets_on", "id")


@pghistory.track()
class PanelMeeting(Record):
    """One meeting of a panel. Its days are worked out when it is planned, by what the practice pack says then."""

    reference = models.CharField(max_length=12, unique=True)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="meetings")
    meets_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    place = models.CharField(max_length=200, blank=True)
    list_on = models.DateField(help_text="the day the list goes out")
    checks_by = models.DateField(help_text="the last day for members to say what they know")
    open_until_on = models.DateField(help_text="the last day on which its families are open to members")
    minutes_by = models.DateField(help_text="the last day on which they are open to chair and coordinator")
    is_extra = models.BooleanField(
        default=False, help_text="a date of its own, beside those that follow from how often it meets"
    )
    moves = models.PositiveSmallIntegerField(default=0, help_text="calendars take the newest")
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    list_sent_at = models.DateTimeField(null=True, blank=True)
    minutes_approved_at = models.DateTimeField(null=True, blank=True)
    minutes_approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=200, blank=True)
    goes_on_at = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the meeting that hears what waited on its list when it was called off",
    )

    objects = PanelMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "panel meeting"
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "meets_on"], condition=Q(cancelled_at=None), name="one_panel_meeting_a_day"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="panel_meeting_ends_after"),
        ]
        indexes = [models.Index(fields=["panel", "meets_on"], name="panel_meeting_day")]

    def __str__(self) -> str:
        return self.reference
