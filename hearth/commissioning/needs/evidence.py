"""What may be cited for an intention: figures as they stand now, and themes of unmet need."""

from dataclasses import dataclass
from typing import Any

from hearth.casework.panels.unmet.models import Theme
from hearth.commissioning.needs import figures
from hearth.commissioning.needs.models import EvidenceSource, Intention

FIGURES_OF = {
    EvidenceSource.UNMET: "Needs recorded as not met in the last 12 months",
    EvidenceSource.CASES: "Open cases whose request named it",
    EvidenceSource.SEARCHES: "Searches in the last 12 months that had nothing to offer",
    EvidenceSource.CONCERN: "Families of concern",
}
THEME_MEANS = "A theme of unmet need, worked by the district's sub-group. What it says now is read under its reference."


@dataclass(frozen=True)
class Offered:
    """One thing that may be cited. `key` is what the form carries."""

    key: str
    source: str
    words: str
    definition: str
    need: str = ""
    figure: int | None = None
    theme: Theme | None = None

    @property
    def said(self) -> str:
        """With its figure, as somebody chooses it."""
        if self.source == EvidenceSource.THEME:
            return self.words
        return f"{self.words}: {figures.FEW if self.figure is None else format(self.figure, ',')}"


def offered(reader: Any, intention: Intention) -> list[Offered]:
    """Figures of its needs in its district, or in all of the reader's; and themes of that district. What is not held is not offered."""
    area = intention.area.code if intention.area else figures.ALL
    found = figures.beside(reader, area)
    where = intention.area.name if intention.area else "every district"
    rows = [_figure(found, source, area, need, where) for need in intention.needs for source in figures.speaks_of(need)]
    if area and area in found.concern:
        many = found.concern[area]
        rows.append(
            Offered(
                EvidenceSource.CONCERN, EvidenceSource.CONCERN, f"{FIGURES_OF[EvidenceSource.CONCERN]}, {where}",
                figures.DEFINED[EvidenceSource.CONCERN], figure=None if many == figures.FEW else int(many.replace(",", "")),
            )
        )  # fmt: skip
    return rows + [_theme(theme) for theme in themes_of(reader, intention)]


def _figure(found: figures.Beside, source: EvidenceSource, area: str, need: str, where: str) -> Offered:
    words = f"{FIGURES_OF[source]}, {figures.need_words(need)}, {where}"
    figure = found.cells.get((source, area, need), 0)
    return Offered(f"{source}:{need}", source, words, figures.DEFINED[source], need=need, figure=figure)


def _theme(theme: Theme) -> Offered:
    words = f"{theme.title}, {theme.area.name}, {theme.get_state_display().lower()}"
    return Offered(f"{EvidenceSource.THEME}:{theme.reference}", EvidenceSource.THEME, words, THEME_MEANS, theme=theme)


def themes_of(reader: Any, intention: Intention) -> list[Theme]:
    """Themes of the intention's district, or of every district, the latest first: one query."""
    rows = Theme.objects.visible_to(reader).select_related("area")
    if intention.area_id is not None:
        rows = rows.filter(area_id=intention.area_id)
    return list(rows.order_by("-created_at", "id")[:50])
