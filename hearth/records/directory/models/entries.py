"""Services, who offers them, where and when. What has no life of its own (costs, contacts) is kept in the shape of Open Referral."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.text import fold
from hearth.records.directory.models.reading import DirectoryFeed

STATUSES = (
    ("active", "Open"),
    ("temporarily closed", "Closed for a time"),
    ("inactive", "Not running now"),
    ("defunct", "Ended"),
)
WAYS_IN = (
    ("drop-in", "Just come along"),
    ("appointment", "Make an appointment"),
    ("referral", "Somebody refers you"),
    ("membership", "Join as a member"),
)
HELD = (("venue", "At a place"), ("phone", "By telephone"), ("online", "Online"), ("home visit", "At home"))
PLACES = (("open", "Places now"), ("waiting", "A waiting list"), ("full", "Full, and no waiting list"))


class ListedOrganisationQuerySet(models.QuerySet["ListedOrganisation"]):
    """Organisations as the directory lists them."""

    def visible_to(self, user: Any) -> "ListedOrganisationQuerySet":
        """All of them, for everybody: the directory is public."""
        return self.all()

    def edited_by(self, user: Any) -> "ListedOrganisationQuerySet":
        """Those whose entries the user's own agency keeps."""
        return self.filter(agency_id=user.organisation_id) if user.may("edit_own_services") else self.none()


@pghistory.track()
class ListedOrganisation(Record):
    """An organisation as the directory lists it. Its `agency` is the one whose people sign in and keep its entries."""

    name = models.CharField(max_length=200)
    description = models.TextField()
    email = models.CharField(max_length=254, blank=True)
    website = models.CharField(max_length=500, blank=True)
    logo = models.CharField(max_length=500, blank=True)
    uri = models.CharField(max_length=500, blank=True)
    parent_id_given = models.CharField(max_length=40, blank=True, help_text="the key of the one it belongs to, as told")
    identifiers = models.JSONField(default=list, blank=True, help_text="charity or company numbers, as Open Referral")
    agency = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    feed = models.ForeignKey(DirectoryFeed, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ListedOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "listed organisation"
        constraints = [models.UniqueConstraint(fields=["agency"], name="listed_organisation_agency_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Location(Record):
    """Where something is held. `latitude` and `longitude` are missing where nobody has said them."""

    kind = models.CharField(max_length=10, default="physical", help_text="physical, postal or virtual")
    name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    attention = models.CharField(max_length=200, blank=True)
    address_1 = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    county = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, default="GB")
    external_id = models.CharField(max_length=100, blank=True)
    external_id_kind = models.CharField(max_length=50, blank=True, help_text="such as UPRN")
    accessibility = ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text="codes of the pack")
    accessibility_words = models.TextField(blank=True)
    addresses_as_told = models.JSONField(default=list, blank=True, help_text="more than one, from another directory")
    feed = models.ForeignKey(DirectoryFeed, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "location"
        indexes = [
            models.Index(fields=["postcode"], name="directory_postcode"),
            models.Index(fields=["latitude", "longitude"], name="directory_point"),
        ]

    def __str__(self) -> str:
        return self.name or self.address_1 or self.postcode


class ServiceQuerySet(models.QuerySet["Service"]):
    """Entries of the directory."""

    def visible_to(self, user: Any) -> "ServiceQuerySet":
        """All of them, for everybody: the directory is public. What waits for a steward is not in it yet."""
        return self.all()

    def running(self) -> "ServiceQuerySet":
        """Those that somebody can be sent to."""
        return self.filter(status="active")

    def kept_by(self, user: Any) -> "ServiceQuerySet":
        """Those that the user's own agency keeps."""
        if not user.may("edit_own_services"):
            return self.none()
        return self.filter(organisation__agency_id=user.organisation_id)

    def stale(self) -> "ServiceQuerySet":
        """Those that nobody has confirmed in time."""
        return self.filter(Q(stale_on=None) | Q(stale_on__lt=clock.today()))

    def freshest_first(self) -> "ServiceQuerySet":
        """Stale entries sink beneath all others; then by name."""
        sunk = models.Case(models.When(stale_on__gte=clock.today(), then=0), default=1)
        return self.alias(sunk=sunk).order_by("sunk", F("name"), "id")


def new_service_reference() -> str:
    """A reference for a service."""
    return drawn_reference("SV")


# The day it was chased is bookkeeping, and what is searched is made of the rest: neither is a change of the entry.
@pghistory.track(exclude=["chased_on", "search_text"])
class Service(Record):
    """One entry: what is offered, by whom, for whom, and when it was last confirmed."""

    reference = models.CharField(max_length=12, unique=True, default=new_service_reference, editable=False)
    version = models.PositiveIntegerField(default=1)
    organisation = models.ForeignKey(ListedOrganisation, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=20, choices=STATUSES, default="active")
    alert = models.TextField(blank=True, help_text="what is different just now")
    who_for = models.TextField(blank=True, help_text="whom it is for, and who decides")
    minimum_age = models.FloatField(null=True, blank=True)
    maximum_age = models.FloatField(null=True, blank=True)
    is_free = models.BooleanField(null=True, blank=True, help_text="nothing: nobody has said")
    fees = models.TextField(blank=True)
    way_in = models.CharField(max_length=20, choices=WAYS_IN, blank=True)
    held = models.CharField(max_length=20, choices=HELD, blank=True)
    places = models.CharField(max_length=10, choices=PLACES, blank=True)
    waiting_weeks = models.PositiveIntegerField(null=True, blank=True)
    places_as_at = models.DateField(null=True, blank=True, help_text="the day that was so")
    languages = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text="beside English")
    accreditations = models.TextField(blank=True)
    costs = models.JSONField(default=list, blank=True, help_text="cost options, as Open Referral")
    contacts = models.JSONField(default=list, blank=True, help_text="whom to ask for, as Open Referral")
    areas_served = models.JSONField(default=list, blank=True, help_text="service areas, as Open Referral")
    funding = models.JSONField(default=list, blank=True, help_text="who pays for it, as Open Referral")
    last_modified = models.DateTimeField(default=clock.now)
    confirmed_on = models.DateField(null=True, blank=True, help_text="when somebody last said that it is right")
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by_name = models.CharField(max_length=200, blank=True, help_text="who, as they were then")
    stale_on = models.DateField(null=True, blank=True, help_text="from when it is shown as stale")
    chased_on = models.DateField(null=True, blank=True, help_text="when its provider was last asked")
    search_text = models.TextField(editable=False, default="", help_text="what is looked through, folded")
    feed = models.ForeignKey(DirectoryFeed, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, blank=True, help_text="of the entry as the feed told it")

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "service"
        indexes = [
            GinIndex(name="directory_search", fields=["search_text"], opclasses=["gin_trgm_ops"]),
            models.Index(fields=["stale_on"], name="directory_stale"),
            models.Index(fields=["last_modified", "id"], name="directory_modified"),
            models.Index(fields=["name", "id"], name="directory_name"),
            models.Index(fields=["status", "minimum_age", "maximum_age"], name="directory_ages"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_stale(self) -> bool:
        """Whether nobody has confirmed it in time."""
        return self.stale_on is None or self.stale_on < clock.today()

    def searchable(self, *words: str) -> str:
        """What a search looks through: each word with a space before it."""
        return " " + fold(" ".join((self.name, self.organisation.name, *words, self.description)))


@pghistory.track()
class ServiceAtLocation(Record):
    """A service is held at a location."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="at_locations")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="held_here")

    class Meta:
        verbose_name = "service at location"
        verbose_name_plural = "services at locations"
        constraints = [models.UniqueConstraint(fields=["service", "location"], name="service_at_location_once")]


@pghistory.track()
class Schedule(Record):
    """When a service is held: on which days, from when until when. With `at`, only at that location."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="schedules")
    at = models.ForeignKey(ServiceAtLocation, null=True, blank=True, on_delete=models.PROTECT, related_name="schedules")
    days = ArrayField(models.CharField(max_length=6), default=list, help_text="MO, TU; in a month 1MO, -1FR")
    freq = models.CharField(max_length=10, default="WEEKLY", help_text="WEEKLY or MONTHLY")
    interval = models.FloatField(null=True, blank=True)
    month_days = models.CharField(max_length=100, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    description = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    attending = models.TextField(blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        verbose_name = "schedule"
        indexes = [GinIndex(fields=["days"], name="directory_days")]
