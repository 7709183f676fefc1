"""What is brought to a panel, and what each person was sent of it."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from hearth.casework.cases.models import Case
from hearth.casework.cases.steps.models import Basis
from hearth.casework.panels.models.panels import Panel, PanelMeeting
from hearth.casework.panels.reach import panels
from hearth.casework.panels.unmet.models import Theme
from hearth.casework.panels.unmet.reach import WORKS, theme_areas
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.people.models import Family
from hearth.records.people.reach import kept_from, may_open_family

SHOWN_AS = "assessment"  # the category of information that an item is: what its family is brought for
# The bands of lists made before they were those of unmet need; kept for the words of what is stored.
AGES = (
    ("unborn", "unborn"),
    ("under_5", "under 5"),
    ("5_to_11", "5 to 11"),
    ("12_to_17", "12 to 17"),
    ("adult", "18 and over"),
)


def may_read_item(user: Any, to_item: str = "") -> Q:
    """A family's item: whoever may open the family so far, and no word of it names somebody kept from them."""
    of_family = may_open_family(user, f"{to_item}family__", SHOWN_AS)
    of_family &= Q(**{f"{to_item}people__none_of": kept_from(user)})
    theme = Q(**{f"{to_item}panel__one_of": panels(user)}) | Q(**{f"{to_item}proposed_by_id": user.id})
    theme |= Q(**{f"{to_item}theme__area__one_of": theme_areas(user, WORKS)})
    return of_family | (Q(**{f"{to_item}family": None}) & theme)


class PanelItemQuerySet(models.QuerySet["PanelItem"]):
    """What is brought to panels."""

    def visible_to(self, user: Any) -> "PanelItemQuerySet":
        """Families the user may open; themes of panels they sit on, of districts where they work them, and their own.

        The row policy says the same.
        """
        return self.filter(may_read_item(user))


class Status(models.TextChoices):
    """Where an item has got to."""

    PROPOSED = "proposed", "To be heard"
    HEARD = "heard", "Heard"
    WITHDRAWN = "withdrawn", "Withdrawn"


@pghistory.track()
class PanelItem(Record):
    """Something brought to a panel's meeting: a family, with what lets it be shown; or a theme, which names nobody."""

    reference = models.CharField(max_length=12, unique=True)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="items")
    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="items")
    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="its place on the list, which is how it is spoken of")
    ask = models.CharField(max_length=40, help_text="a code of the practice pack")
    themes = ArrayField(models.CharField(max_length=40), help_text="codes of the practice pack")
    title = models.CharField(max_length=120, blank=True, help_text="of a theme: what it is, in a line; nobody's name")
    theme = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="of unmet need, where it is one",
    )
    ages = ArrayField(models.CharField(max_length=12), default=list, help_text="of the children, in bands")
    words = models.TextField(help_text="what has happened, what was tried, what is asked for")
    people = ArrayField(models.UUIDField(), default=list, help_text="whom of the family the words name")
    basis = models.CharField(max_length=8, choices=Basis.choices, blank=True)
    ground = models.CharField(
        max_length=50, blank=True, help_text="the lawful reason without consent: a code of the pack"
    )
    basis_words = models.TextField(blank=True, help_text="who agreed, and to what; or why without")
    agreed_on = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    listed_at = models.DateTimeField(null=True, blank=True, help_text="when the members had it on a list")
    heard_at = models.DateTimeField(null=True, blank=True)
    answer_read_at = models.DateTimeField(
        null=True, blank=True, help_text="when whoever brought it had read the answer"
    )
    first_help_on = models.DateField(null=True, blank=True, help_text="when the first help that was decided began")
    first_help_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = PanelItemQuerySet.as_manager()

    class Meta:
        verbose_name = "panel item"
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "case"], condition=Q(status="proposed"), name="brought_once_to_a_panel"
            ),
            models.UniqueConstraint(fields=["meeting", "number"], name="panel_item_number_once"),
            models.CheckConstraint(
                name="family_is_shown_on_a_basis",
                condition=Q(family=None, case=None, basis="")
                | (Q(family__isnull=False, case__isnull=False) & ~Q(basis="")),
            ),
            models.CheckConstraint(
                name="a_theme_has_a_title",
                condition=Q(family__isnull=False, title="", theme=None) | (Q(family=None) & ~Q(title="")),
            ),
            models.UniqueConstraint(
                fields=["panel", "theme"], condition=Q(status="proposed"), name="theme_brought_once_to_a_panel"
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "number"], name="panel_item_of_meeting"),
            models.Index(fields=["family"], name="panel_item_of_family"),
            models.Index(fields=["proposed_by", "status"], name="panel_item_of_proposer"),
        ]

    def __str__(self) -> str:
        return self.reference


def item_is_readable(user: Any) -> Q:
    """The item of a row is one that the user may read: asked of each row by its key, since a list of all such items is long."""
    return Q(Exists(PanelItem.objects.visible_to(user).filter(pk=OuterRef("item_id"))))


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    """What people were sent."""

    def visible_to(self, user: Any) -> "ListEntryQuerySet":
        """One's own, until the meeting's families close; and those of items that the user may read."""
        today = clock.today()
        mine = Q(user_id=user.id, meeting__open_until_on__gte=today, meeting__cancelled_at=None, ended_at=None)
        of_item = item_is_readable(user) & Q(people__none_of=kept_from(user))
        return self.filter(mine | of_item)


class Known(models.TextChoices):
    """What somebody found when they looked in their own agency's records."""

    KNOWN = "known", "Known to us"
    NOT_KNOWN = "not_known", "Not known to us"
    CANNOT_SAY = "cannot_say", "We cannot say"


class Coming(models.TextChoices):
    """Whether somebody comes to a meeting."""

    YES = "yes", "Coming"
    DEPUTY = "deputy", "Sending a deputy"
    NO = "no", "Not coming"


@pghistory.track()
class ListEntry(Record):
    """What one person was sent of one item: enough to know what it is about, and nobody's name. And what they answered.

    Where something lets us share the family with their organisation, the item itself was opened to them too, until a day.
    """

    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="entries")
    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="entries")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    as_member = models.BooleanField(help_text="or as a manager or headteacher whom it may concern")
    number = models.PositiveSmallIntegerField(help_text="of the item, on the list")
    ask = models.CharField(max_length=40)
    themes = ArrayField(models.CharField(max_length=40))
    title = models.CharField(max_length=120, blank=True, help_text="of a theme")
    ages = ArrayField(models.CharField(max_length=12), default=list)
    shared_on = models.CharField(
        max_length=10, blank=True, help_text="what lets us share it with their organisation; empty where nothing does"
    )
    opened_at = models.DateTimeField(null=True, blank=True, help_text="when the item itself was opened to them")
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="where it was taken off the list before the meeting"
    )
    known = models.CharField(max_length=10, choices=Known.choices, blank=True)
    known_words = models.TextField(blank=True, help_text="what they told the panel from their own records")
    people = ArrayField(models.UUIDField(), default=list, help_text="whom of the family these words name")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "list entry"
        verbose_name_plural = "list entries"
        constraints = [models.UniqueConstraint(fields=["item", "meeting", "user"], name="sent_once_to_each")]
        indexes = [models.Index(fields=["user", "meeting"], name="list_entry_of_user")]


class PanelReplyQuerySet(models.QuerySet["PanelReply"]):
    """Who said that they come."""

    def visible_to(self, user: Any) -> "PanelReplyQuerySet":
        """One's own, and those of the panels that the user sits on."""
        return self.filter(Q(user_id=user.id) | Q(meeting__panel__one_of=panels(user)))


@pghistory.track()
class PanelReply(Record):
    """Somebody says whether they come to a meeting."""

    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="replies")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    coming = models.CharField(max_length=6, choices=Coming.choices)
    said_at = models.DateTimeField(default=clock.now)

    objects = PanelReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "panel reply"
        verbose_name_plural = "panel replies"
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="one_reply_a_meeting")]
