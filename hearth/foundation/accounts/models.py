"""Organisations, areas, teams, people who sign in, and the roles they hold."""

from typing import Any

import pghistory
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from hearth.foundation.accounts.roles import ROLES, permissions_of
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.text import fold


@pghistory.track()
class Organisation(Record):
    """An agency: the authority itself, or a partner (a school, a health trust, a charity)."""

    name = models.CharField(max_length=200, unique=True)
    sector = models.CharField(max_length=40, help_text="a sector code of the practice pack")
    is_authority = models.BooleanField(default=False, help_text="the council that answers for the records")
    ended_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Area(Record):
    """A district, or the locality or board that districts lie in. Made from the practice pack."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    goes_live_on = models.DateField(null=True, blank=True, help_text="before this day a nought means nothing")

    def __str__(self) -> str:
        return self.name


class Placed(Record):
    """Something of a district, or of the whole authority."""

    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="none: the whole authority"
    )

    class Meta:
        abstract = True

    @property
    def where(self) -> str:
        """The district, or the whole authority."""
        return self.area.name if self.area else "The whole authority"


@pghistory.track()
class Team(Record):
    """A team inside an organisation."""

    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet["User"]):
    """People who sign in."""

    def visible_to(self, reader: Any) -> "UserQuerySet":
        """Whose page the reader may open: colleagues of their own organisation, and everybody for an administrator."""
        return self if reader.may("administer") else self.filter(organisation_id=reader.organisation_id)


GONE = "@gone.invalid"  # in place of the address of somebody whose account is kept no longer: nobody's


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds people by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


def new_user_reference() -> str:
    """A reference for somebody who signs in."""
    return drawn_reference("PR")


@pghistory.track(exclude=["password", "last_login", "last_here_at", "search_text", "sessions_ended"])
class User(AbstractBaseUser, Record):
    """Somebody who signs in. What they may do is in their appointments, not here.

    Nobody but the person writes their password, and they only through the database's own functions; nobody at all moves
    a person to another organisation: they get a new account there, and what they did stays the old one's.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_user_reference, editable=False)
    email = models.EmailField(max_length=254, unique=True, help_text="in small letters")
    full_name = models.CharField(max_length=200)
    job_title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    is_active = models.BooleanField(default=True)
    search_text = models.CharField(max_length=700, editable=False, help_text="name, job title and e-mail, folded")
    openid_subject = models.CharField(
        max_length=300, null=True, blank=True, unique=True, help_text="provider and subject, once signed in with"
    )
    sessions_ended = models.PositiveIntegerField(default=0, help_text="how many times every session was ended at once")
    last_here_at = models.DateTimeField(
        null=True, blank=True, help_text="when the desk was opened the time before this one"
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        self.search_text = self.searchable()
        super().save(*args, **kwargs)

    def searchable(self) -> str:
        """What a search compares: each word with a space before it. A bulk load skips save, and sets it from here."""
        return " " + fold(f"{self.full_name} {self.job_title} {self.email}")[:699]

    def set_own_password(self, raw_password: str) -> None:
        """Write the person's password as themselves: the web role may not write the column, its function may."""
        self.set_password(raw_password)
        with acting_as(self), connection.cursor() as cursor:
            cursor.execute("select hearth_set_own_password(%s)", [self.password])

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password; a hash made with older settings is made again on the way."""
        return check_password(raw_password, self.password, self.set_own_password)

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Sessions end when the password changes, and when all of them are ended at once."""
        salt = "hearth.foundation.accounts.models.User.session"
        return salted_hmac(
            salt, f"{self.password} {self.sessions_ended}", secret=secret, algorithm="sha256"
        ).hexdigest()

    @property
    def is_forgotten(self) -> bool:
        """Whether the account was closed so long ago that only the name is kept."""
        return self.email.endswith(GONE)

    @property
    def organisation_name(self) -> str:
        """The organisation's name, as the audit trail keeps it."""
        return self.organisation.name

    def appointments_now(self) -> list["Appointment"]:
        """The appointments in force today, read once for each loaded user (`queries.signed_in` brings them along)."""
        if not hasattr(self, "_appointments"):
            self._appointments: list[Appointment] = list(
                Appointment.objects.filter(user=self).in_force().select_related("area", "team")
            )
        return self._appointments

    def may(self, permission: str, area: Any = None) -> bool:
        """Whether an appointment in force gives `permission` (in `area`, where one is named)."""
        return self.is_active and any(
            permission in permissions_of(a.role) and (area is None or a.covers(area)) for a in self.appointments_now()
        )


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Roles held."""

    def in_force(self, on: Any = None) -> "AppointmentQuerySet":
        """Begun, and neither ended nor past its last day: today, or on another day."""
        today = on or clock.today()
        return self.filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today, ended_at=None)


@pghistory.track()
class Appointment(Record):
    """A person holds a role: everywhere, or in an area, or in a team; from a day, until a day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=60, help_text="a code in accounts/roles.py")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments")
    from_on = models.DateField(default=clock.today)
    until_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="appointment_ends_after"
            ),
        ]

    @property
    def in_words(self) -> str:
        """The role and where it is held: "Front door officer, Burnley"."""
        role = ROLES[self.role].name if self.role in ROLES else self.role
        return ", ".join(
            [role, self.area.name if self.area else "the whole authority", *([self.team.name] if self.team else [])]
        )

    def covers(self, area: Any) -> bool:
        """Whether the appointment reaches `area`: no area means everywhere; a locality reaches its districts."""
        return self.area_id is None or self.area_id in (area.id, area.parent_id)


class LinkKind(models.TextChoices):
    """What a link in a message lets its reader do."""

    INVITATION = "invitation", "Join"
    PASSWORD = "password", "Choose a new password"
    START_AGAIN = "start_again", "Set up the second step again"


class SignInLink(Record):
    """A link that was sent to somebody: used once, until a moment. Only a digest of it is kept.

    Used by somebody who is not signed in yet, through the database's own function.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=LinkKind.choices)
    token_digest = models.CharField(max_length=64, unique=True)
    until_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["user", "-created_at"], name="link_of_user")]

    @property
    def message_key(self) -> str:
        """What the message that carried it is known by."""
        return f"accounts.link {self.id}"


class RolePermission(Record):
    """The permissions of each role as the database's own functions read them; written from accounts/roles.py."""

    role = models.CharField(max_length=60)
    permission = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "permission"], name="role_permission_once")]
