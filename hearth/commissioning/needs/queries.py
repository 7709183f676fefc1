"""Reads of intentions: the reader first, always through visible_to."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from hearth.casework.panels.unmet.models import Theme, ThemeState
from hearth.commissioning.needs import figures, rules
from hearth.commissioning.needs.models import (
    AnsweredTheme,
    Evidence,
    IndicativeAmount,
    Intention,
    IntentionMove,
    IntentionState,
)
from hearth.commissioning.needs.reach import TOLD
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_of
from hearth.records.money.tables import amount

WHOLE = "whole"  # in an address: the whole authority, and no district


@dataclass(frozen=True)
class Wanted:
    """What a reader asked the list for."""

    area: str = ""
    need: str = ""
    state: str = ""

    @property
    def filters(self) -> dict[str, str]:
        """The same as an address carries it."""
        return {name: value for name, value in vars(self).items() if value}


def needs_by_area(reader: Any, area: str) -> figures.Beside:
    """Needs side by side, with how many intentions and open themes there are for each."""
    found = figures.beside(reader, area)
    open_ = Intention.objects.seen_by(reader).exclude(state=IntentionState.WITHDRAWN)
    for code, needs in open_.values_list("area__code", "needs"):
        found.intentions[code or figures.ALL, figures.ALL] += 1
        for need in needs:
            found.intentions[code or figures.ALL, need] += 1
    themes = Theme.objects.visible_to(reader).exclude(state=ThemeState.CLOSED)
    found.themes = dict(Counter(themes.filter(area__code__in=found.areas).values_list("area__code", flat=True)))
    return found


def intentions(reader: Any, wanted: Wanted) -> QuerySet[Intention]:
    """Those that the reader sees with their evidence, by the day by which they are meant to be bought."""
    refuse(rules.why_not_see_needs(reader))
    narrow = Q(state=wanted.state) if wanted.state in IntentionState.values else Q()
    narrow &= Q(needs__contains=[wanted.need]) if wanted.need else Q()
    if wanted.area:
        narrow &= Q(area=None) if wanted.area == WHOLE else Q(area__code=wanted.area)
    rows = Intention.objects.seen_by(reader).filter(narrow).select_related("area", "owner__organisation")
    return rows.order_by("buy_by", F("area__name").asc(nulls_first=True), "title", "id")


def intentions_page(reader: Any, wanted: Wanted, page: Any) -> Page:
    """A page of them."""
    return page_of(intentions(reader, wanted), page)


def amounts_of(reader: Any, rows: Sequence[Intention]) -> dict[Any, int]:
    """The indicative amount of each that the reader may know it of: one query."""
    found = IndicativeAmount.objects.visible_to(reader).filter(intention__in=[row.pk for row in rows])
    return dict(found.values_list("intention_id", "pence"))


def intention_of(reader: Any, reference: str) -> Intention:
    """An intention, or a page that never says whether it exists."""
    rows = Intention.objects.visible_to(reader).select_related("area", "owner__organisation", "drafted_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def evidence_of(reader: Any, intention: Intention) -> list[Evidence]:
    """Why it was written, as it stood on the day it was cited: the first first."""
    rows = Evidence.objects.visible_to(reader).filter(intention=intention).select_related("area", "theme", "cited_by")
    return list(rows.order_by("as_at", "created_at", "id"))


def moves_of(reader: Any, intention: Intention) -> list[IntentionMove]:
    """Its way, the latest first."""
    rows = IntentionMove.objects.visible_to(reader).filter(intention=intention).select_related("by__organisation")
    return list(rows.order_by("-at", "-created_at"))


def answers_of(reader: Any, intention: Intention) -> list[AnsweredTheme]:
    """Themes whose answer cites it, as far as the reader may read them."""
    rows = AnsweredTheme.objects.visible_to(reader).filter(intention=intention).select_related("theme__area")
    return list(rows.order_by("-at", "id"))


def what_may(reader: Any, intention: Intention) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "list": rules.why_not_see_needs(reader) is None,
        "change": rules.why_not_change(reader, intention) is None,
        "move": rules.why_not_move(reader, intention) is None,
        "cite": rules.why_not_cite(reader, intention) is None,
    }


def next_states(intention: Intention) -> list[tuple[str, str]]:
    """What it may become."""
    return [(str(state), str(state.label)) for state in rules.NEXT[IntentionState(intention.state)]]


def may_draft(reader: Any) -> bool:
    """Whether the reader is offered to draft one."""
    return rules.why_not_draft(reader) is None


def areas_to_write(reader: Any) -> list[Area]:
    """Districts for which the reader may write intentions."""
    codes = [each.code for each in pack().areas.districts]
    rows = Area.objects.filter(code__in=codes).order_by("name")
    return [area for area in rows if rules.why_not_write(reader, area) is None]


def may_write_whole(reader: Any) -> bool:
    """Whether the reader may write one for the whole authority."""
    return rules.why_not_write(reader, None) is None


def who_may(reader: Any, intention: Intention, slice_: str) -> None:
    """Refuse the page to whoever may not do it, before they type."""
    asked: dict[str, Any] = {
        "change_intention": rules.why_not_change,
        "move_intention": rules.why_not_move,
        "cite_evidence": rules.why_not_cite,
    }
    refuse(asked[slice_](reader, intention))


WRITTEN = ("title", "needs", "what", "buy_by", "owner_id")


def as_written(reader: Any, intention: Intention) -> dict[str, Any]:
    """What a form of it is filled in with, and the letters for what its writer saw of it and of its amount."""
    pence = amounts_of(reader, [intention]).get(intention.pk)
    said = {name: getattr(intention, name) for name in WRITTEN} | {"pence": pence}
    shown = {name: getattr(intention, name) for name in ("title", "needs", "what", "buy_by", "owner")}
    return shown | {"pence": "" if pence is None else str(amount(pence)), "seen": seen_of(sorted(said.items()))}


@dataclass(frozen=True)
class Bought:
    """What answers a theme, or is meant for a district: for pages below this room, which are given it by name."""

    reference: str
    title: str
    state: str
    state_words: str
    buy_by: Any
    needs: list[str]
    where: str


def bought_for_theme(reader: Any, theme: Any) -> list[Bought]:
    """You said, we bought: what a theme's answer cites, for whoever may read the theme; nothing where there is none."""
    if theme is None:
        return []
    answers = AnsweredTheme.objects.visible_to(reader).filter(theme=theme)
    rows = Intention.objects.visible_to(reader).filter(pk__in=answers.values("intention_id"))
    return _bought(rows)


def bought_in_area(reader: Any, area: Any) -> list[Bought]:
    """What is agreed or bought for a district, the whole authority's too, as far as the reader may know of it."""
    rows = Intention.objects.visible_to(reader).filter(Q(area=area) | Q(area=None), state__in=TOLD)
    return _bought(rows)


def _bought(rows: QuerySet[Intention]) -> list[Bought]:
    return [
        Bought(
            row.reference, row.title, row.state, row.get_state_display(), row.buy_by,
            [figures.need_words(code) for code in row.needs], row.where,
        )
        for row in rows.select_related("area").order_by("state", "buy_by", "id")[:20]
    ]  # fmt: skip


def intentions_for_theme(reader: Any, theme: Any) -> list[Intention]:
    """What the answer of a theme may cite: agreed or bought, for its district or the whole authority, and not cited yet."""
    cited = AnsweredTheme.objects.visible_to(reader).filter(theme=theme).values("intention_id")
    rows = Intention.objects.visible_to(reader).filter(Q(area=theme.area) | Q(area=None), state__in=TOLD)
    return list(rows.exclude(pk__in=cited).select_related("area").order_by("buy_by", "title", "id"))


def themes_answered(reader: Any, found: Sequence[Intention]) -> dict[Any, list[str]]:
    """References of the themes that each answers, as far as the reader may read them: one query."""
    rows = AnsweredTheme.objects.visible_to(reader).filter(intention__in=[each.pk for each in found])
    told: dict[Any, list[str]] = defaultdict(list)
    for key, reference in rows.order_by("at", "id").values_list("intention_id", "theme__reference"):
        told[key].append(reference)
    return told
