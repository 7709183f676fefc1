"""Panels of the invented authority: one that has met this week and meets again, with families and themes of unmet need on its lists.

It is told with dice of its own, after all else, so that nothing that is told of families hangs on it.
"""

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hearth.casework.cases.models import Case, Stage
from hearth.casework.cases.steps.rules import StepBasis
from hearth.casework.panels import actions as panels
from hearth.casework.panels.cadence import working_days_before
from hearth.casework.panels.items.actions import propose_to_panel
from hearth.casework.panels.items.themes.actions import bring_theme
from hearth.casework.panels.meetings.actions import send_panel_list
from hearth.casework.panels.models import Panel, PanelItem, PanelMeeting
from hearth.casework.panels.running import actions as running
from hearth.casework.panels.running.consequences import Missed
from hearth.casework.panels.unmet.models import Theme, ThemeState
from hearth.foundation.core import clock
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.core.reader import acting_as
from hearth.invented.story import Place
from hearth.invented.unmet import of_an_age

BROUGHT, TO_COME = 2, 2  # families of the meeting that was held, and of the next
BEGAN = dt.timedelta(days=27)
SEATS = (
    ("panel_chair", "core", True, "early_years"), ("panel_coordinator", "coordinator", False, "early_help"),
    ("health_visitor", "core", False, "health"), ("practitioner", "core", False, "education"),
    ("police_officer", "core", False, "police_and_justice"), ("charity_worker", "core", False, "voluntary"),
    ("safeguarding_hub_social_worker", "core", False, "social_care"), ("manager", "invited", False, "early_help"),
)  # fmt: skip
PATTERN: dict[str, Any] = {
    "week": 2, "weekday": 2, "starts_at": dt.time(9, 30), "ends_at": dt.time(12), "place": "The town hall, room 3",
}  # fmt: skip
ASKED = (
    "School is missed two days of five. We have tried a breakfast club and calls home; a morning visit would help.",
    "Three agencies know this family and each asks the same questions. Who leads, and who visits when?",
    "The youngest is behind with talking. There is no place at the group for months.",
    "The flat is damp and both children cough. The landlord does not answer.",
)
DECIDED = (
    (
        "joint_working",
        "Health visitor and school visit together, every second week.",
        "Both go there, on different days.",
    ),
    (
        "advice",
        "Ask the housing officer for an inspection first.",
        "It costs nothing, and the landlord must answer it.",
    ),
)
# What the panel could not offer the last of the families that it heard.
COULD_NOT: dict[str, Any] = {
    "kind": "could_not_be_offered",
    "words": "There is no group for young carers in the district. The school asks the one in the next town.",
    "reasons": "The group here closed in the summer.",
    "missed": Missed("young_carers", "11_to_15", "no_service", "no_wait", "A teacher looks in each morning."),
}
# What was decided about the theme of unmet need that was brought; others are brought to the next meeting.
OF_THEME: dict[str, Any] = {
    "kind": "resource", "cost": Decimal(0), "budget": "The health trust’s own",
    "words": "A therapist comes to the children’s centre for half a day a week from January, without an appointment.",
    "reasons": "Most who wait are two or three, and are there already.",
}  # fmt: skip


def tell_panels(cast: dict[str, Any], place: Place, seed: int) -> None:
    """Set the district's panel up, hold one meeting, and bring families to the next."""
    kind = next(
        (each for each in pack().panels.kinds if each.discusses == "families" and each.held_in == "district"), None
    )
    if kind is None:
        return
    dice = random.Random(f"{seed} panels")
    held_on = working_days_before(clock.today(), 3)
    with clock.frozen(clock.now() - BEGAN):
        panel = _set_up(cast, place, kind.code, f"{place.area.name} panel")
        held = _planned(cast, panel, held_on)
    cases = _cases(place)
    with clock.frozen(dt.datetime.combine(held.list_on - dt.timedelta(days=1), dt.time(11))):
        items = [_bring(place, case, held, dice) for case in cases[:BROUGHT]]
        _bring_themes(cast, held, 0, 1)
    _hold(cast, held, items)
    later = _next(cast, panel)
    for case in cases[BROUGHT : BROUGHT + TO_COME]:
        _bring(place, case, later, dice)
    _bring_themes(cast, later, 1, 2)
    if len(cases) > BROUGHT:
        with acting_as(cast["panel_coordinator"]):
            send_panel_list(by=cast["panel_coordinator"], meeting=later)


def _set_up(cast: dict[str, Any], place: Place, kind: str, name: str) -> Panel:
    by = cast["development_officer"]
    with acting_as(by):
        panel = panels.add_panel(by=by, kind=kind, area=place.area, name=name, **PATTERN)
        for key, seat, chairs, sector in SEATS:
            panels.add_panel_member(by=by, panel=panel, user=cast[key], place=seat, is_chair=chairs, sector=sector)
    return panel


def _planned(cast: dict[str, Any], panel: Panel, day: dt.date) -> PanelMeeting:
    """A meeting of the days that have passed: planned a month ago, on the day it was held."""
    by = cast["panel_coordinator"]
    with acting_as(by):
        until = clock.today() + dt.timedelta(days=150)
        meetings = panels.plan_panel_meetings(by=by, panel=panel, until_on=until, **PATTERN)
        hours = {name: PATTERN[name] for name in ("starts_at", "ends_at", "place")}
        return panels.move_panel_meeting(by=by, meeting=meetings[0], meets_on=day, **hours)


def _next(cast: dict[str, Any], panel: Panel) -> PanelMeeting:
    with acting_as(cast["panel_coordinator"]):
        rows = PanelMeeting.objects.to_come().select_related("panel__area").filter(panel=panel)
        return rows.filter(meets_on__gt=clock.today()).earliest("meets_on")


def _cases(place: Place) -> list[Case]:
    """Families that the worker leads, whose plan is worked with."""
    with acting_as(place.worker):
        rows = Case.objects.visible_to(place.worker).filter(lead=place.worker, area=place.area, stage=Stage.WORKING)
        found = rows.select_related("family", "area", "lead__organisation").order_by("opened_on", "reference")
        return list(found.filter(family__restricted=False)[: BROUGHT + TO_COME])


def _bring(place: Place, case: Case, meeting: PanelMeeting, dice: random.Random) -> PanelItem:
    asks, themes = (
        [code for code, _ in offered(pack().panels.asks_about("family"))],
        [code for code, _ in offered(pack().panels.themes)],
    )
    basis = StepBasis("consent", "Their mother said yes, at home.", agreed_on=clock.today())
    with acting_as(place.worker):
        return propose_to_panel(
            by=place.worker, case=case, meeting=meeting, ask=dice.choice(asks), themes=dice.sample(themes[:-1], 2),
            words=dice.choice(ASKED), basis=basis,
        )  # fmt: skip


def _bring_themes(cast: dict[str, Any], meeting: PanelMeeting, first: int, last: int) -> None:
    """Themes of unmet need that are worked in its area and had been started by then, the earliest first."""
    by = cast["panel_coordinator"]
    with acting_as(by):
        rows = Theme.objects.filter(area=meeting.panel.area, state=ThemeState.WORKING, created_at__lt=clock.now())
        for theme in rows.select_related("area").order_by("created_at")[first:last]:
            bring_theme(
                by=by,
                meeting=meeting,
                title=theme.title,
                ask="gap",
                themes=["other"],
                words=theme.analysis,
                theme=theme,
            )


def _hold(cast: dict[str, Any], meeting: PanelMeeting, items: list[PanelItem]) -> None:
    """The list goes out, the panel meets, and the chair approves what was decided."""
    coordinator, chair = cast["panel_coordinator"], cast["panel_chair"]
    if items:
        with clock.frozen(dt.datetime.combine(meeting.list_on, dt.time(7))), acting_as(coordinator):
            send_panel_list(by=coordinator, meeting=meeting)
    with clock.frozen(dt.datetime.combine(meeting.meets_on, dt.time(12, 30))):
        with acting_as(coordinator):
            there = {cast[key]: sector for key, place, _, sector in SEATS if place == "core"}
            running.record_panel_attendance(by=coordinator, meeting=meeting, there=there)
            rows = PanelItem.objects.select_related(
                "family", "case__area", "panel__area", "meeting__panel__area", "theme__area"
            )
            heard = list(rows.filter(meeting=meeting).order_by("number"))
            families = [item for item in heard if item.family is not None]
            for item, (kind, words, reasons) in zip(families, DECIDED, strict=False):
                running.decide_panel_item(
                    by=coordinator, item=item, kind=kind, words=words, reasons=reasons, what="Ring the family and say so",
                    owner=item.proposed_by, due_on=clock.add_working_days(clock.today(), 3),
                )  # fmt: skip
            for item, case in [(each, each.case) for each in families[-1:] if each.case is not None]:
                missed = replace(COULD_NOT["missed"], age_band=of_an_age(case, COULD_NOT["missed"].age_band))
                running.decide_panel_item(by=coordinator, item=item, **COULD_NOT | {"missed": missed})
            for item in (each for each in heard if each.family is None):
                running.decide_panel_item(by=coordinator, item=item, **OF_THEME)
        with acting_as(chair):
            running.approve_minutes(
                by=chair, meeting=PanelMeeting.objects.select_related("panel__area").get(pk=meeting.pk)
            )
