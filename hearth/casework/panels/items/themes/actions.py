"""Bring a theme to a panel."""

from collections.abc import Sequence
from typing import Any

from hearth.casework.panels.items.actions import next_number
from hearth.casework.panels.items.themes import rules
from hearth.casework.panels.models import PanelItem, PanelMeeting
from hearth.casework.panels.unmet.models import Theme
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean


@action
def bring_theme(
    *,
    by: Any,
    meeting: PanelMeeting,
    title: str,
    ask: str,
    themes: Sequence[str],
    words: str,
    theme: Theme | None = None,
) -> PanelItem:
    """Bring a theme to a panel's meeting: everybody who sits there reads it from now on, for it names nobody."""
    if theme is not None:
        theme.hold()
    title, words = " ".join(clean(title).split())[:120], clean(words).strip()
    refuse(rules.why_not_bring_theme(by, meeting.panel))
    refuse(rules.why_not_this_theme(by, meeting, ask, themes, title, words))
    refuse(rules.why_not_of_unmet_need(meeting.panel, theme))
    item = PanelItem(
        reference=drawn_reference("PI"), panel=meeting.panel, meeting=meeting, number=next_number(meeting), title=title,
        theme=theme, ask=ask, themes=sorted(set(themes)), words=words, proposed_by=by, proposed_at=clock.now(),
    )  # fmt: skip
    item.save(force_insert=True)
    record("panels.theme_brought", subject=item, ask=ask, theme=theme.reference if theme is not None else "")
    return item
