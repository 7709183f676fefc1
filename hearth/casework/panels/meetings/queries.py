"""Reads of meetings and their lists: the reader first, always through visible_to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q
from django.http import Http404

from hearth.casework.panels.meetings import rules
from hearth.casework.panels.models import (
    AGES,
    Coming,
    ListEntry,
    PanelItem,
    PanelMeeting,
    PanelMember,
    PanelReply,
    Status,
)
from hearth.casework.panels.numbering import taken_numbers
from hearth.casework.panels.queries import meeting_of
from hearth.casework.panels.reach import panels, panels_run_by
from hearth.casework.panels.rules import member_of, runs
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.text import lower_first


def list_of(reader: Any, reference: str) -> PanelMeeting:
    """The meeting, for whoever sits there, was told of something on its list, or brought something to it."""
    meeting = meeting_of(reader, reference)
    if (
        member_of(reader, meeting.panel) is None
        and not own_entries(reader, meeting)
        and not PanelItem.objects.visible_to(reader).filter(meeting=meeting, proposed_by=reader).exists()
    ):
        raise Http404
    return meeting


def items_of(reader: Any, meeting: PanelMeeting) -> list[PanelItem]:
    """What is on the list and the reader may read, in its order, with how many members were asked and have answered."""
    rows = PanelItem.objects.visible_to(reader).filter(meeting=meeting).exclude(status=Status.WITHDRAWN)
    asked = Q(entries__opened_at__isnull=False, entries__as_member=True, entries__ended_at=None)
    rows = rows.annotate(
        asked=Count("entries", filter=asked), answered=Count("entries", filter=asked & ~Q(entries__known=""))
    )
    return list(rows.select_related("family", "case", "proposed_by__organisation").order_by("number"))


def unsent(reader: Any, meeting: PanelMeeting) -> list[PanelItem]:
    """What members were not sent yet, in its order."""
    return list(rules.unlisted(reader, meeting).select_related("family").order_by("number"))


def unread(meeting: PanelMeeting, items: Iterable[Any]) -> int:
    """How many items of the list are not among these: taken back, or not the reader's to open."""
    return len(taken_numbers(meeting)) - len(list(items))


def deputies_on_call(reader: Any, meeting: PanelMeeting) -> list[PanelMember]:
    """Members who have a deputy and have not said that they send them: the deputy gets nothing yet."""
    said = PanelReply.objects.filter(meeting=meeting, coming=Coming.DEPUTY, user=OuterRef("user"))
    rows = PanelMember.objects.now().visible_to(reader).filter(~Exists(said), panel=meeting.panel, deputy__isnull=False)
    return list(rows.select_related("user", "deputy").order_by("user__full_name"))


def own_items(reader: Any, items: Iterable[PanelItem]) -> list[PanelItem]:
    """Those that the reader brought."""
    return [item for item in items if item.proposed_by_id == reader.id]


def own_entries(reader: Any, meeting: PanelMeeting) -> list[ListEntry]:
    """What the reader was sent of the list, in its order."""
    rows = ListEntry.objects.visible_to(reader).filter(meeting=meeting, user=reader, ended_at=None)
    return list(rows.order_by("number"))


def entry_of(reader: Any, item: PanelItem, person: str = "") -> ListEntry:
    """What somebody (the reader, where nobody is named) was sent of an item."""
    rows = ListEntry.objects.visible_to(reader).filter(item=item, meeting=item.meeting, ended_at=None)
    rows = rows.filter(user__reference=person) if person else rows.filter(user=reader)
    found = rows.select_related("user__organisation", "item__family", "item__panel", "meeting__panel").first()
    if found is None:
        raise Http404
    return found


def told_of(reader: Any, meeting: PanelMeeting) -> list[ListEntry]:
    """Those who are no members and were told of something on the list."""
    rows = ListEntry.objects.visible_to(reader).filter(meeting=meeting, as_member=False, ended_at=None)
    return list(rows.select_related("user__organisation", "item").order_by("number", "user__full_name"))


def replies_to(reader: Any, meeting: PanelMeeting) -> list[PanelReply]:
    """Who said whether they come."""
    rows = PanelReply.objects.visible_to(reader).filter(meeting=meeting).select_related("user__organisation")
    return sorted(rows, key=lambda one: (list(Coming.values).index(one.coming), one.user.full_name))


def own_reply(replies: Iterable[PanelReply], reader: Any) -> str:
    """What the reader said; empty where nothing."""
    return next((one.get_coming_display() for one in replies if one.user_id == reader.id), "")


def may_prepare(reader: Any, meeting: PanelMeeting) -> bool:
    """Whether the reader is offered what chair and coordinator do."""
    return rules.why_not_prepare(reader, meeting) is None


def runs_it(reader: Any, meeting: PanelMeeting) -> bool:
    """Whether the reader chairs or coordinates the panel: they see the list whatever its day."""
    return runs(reader, meeting.panel)


def comings(reader: Any, meeting: PanelMeeting) -> list[tuple[str, str]]:
    """What the reader can say about coming."""
    return [(code, label) for code, label in Coming.choices if rules.why_not_say_coming(reader, meeting, code) is None]


def ask_words(code: str) -> str:
    """What is asked for, as the pack words it."""
    return label_of(pack().panels.asks, code)


def theme_words(codes: Iterable[str]) -> list[str]:
    """What it is about, as the pack words it, so that they can be read one after the other in a sentence."""
    words = [label_of(pack().panels.themes, code) for code in codes]
    return [*words[:1], *map(lower_first, words[1:])]


def age_words(codes: Iterable[str]) -> list[str]:
    """The bands of ages in words, the youngest first, as within a sentence; those of older lists in the words they had."""
    wanted, before = set(codes), dict(AGES)
    found = [lower_first(band.label) for band in pack().unmet.age_bands if band.code in wanted]
    known = {band.code for band in pack().unmet.age_bands}
    return found + [words for code, words in before.items() if code in wanted - known]


def to_say_what_is_known(reader: Any) -> list[dict[str, Any]]:
    """Meetings before which the reader is still to say what their agency knows of families, the first due first: one query."""
    rows = ListEntry.objects.visible_to(reader).filter(
        user=reader, as_member=True, opened_at__isnull=False, ended_at=None, known="", meeting__cancelled_at=None,
        meeting__meets_on__gte=clock.today(), item__status=Status.PROPOSED, item__family__isnull=False,
    )  # fmt: skip
    named = rows.values("meeting__reference", "meeting__panel__name", "meeting__meets_on", "meeting__checks_by")
    return list[Any](named.annotate(families=Count("id")).order_by("meeting__checks_by", "meeting__reference"))


def meeting_today(reader: Any) -> list[PanelMeeting]:
    """Meetings of today of the panels that the reader sits on, and whether they run them (`runs_it`): one query."""
    rows = PanelMeeting.objects.visible_to(reader).filter(
        panel__one_of=panels(reader), meets_on=clock.today(), cancelled_at=None, minutes_approved_at=None
    )
    runs_it = ExpressionWrapper(Q(panel__one_of=panels_run_by(reader)), output_field=BooleanField())
    return list(rows.annotate(runs_it=runs_it).select_related("panel").order_by("starts_at", "id"))
