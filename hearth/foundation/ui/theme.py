"""The authority's own colours as a style sheet of custom properties, made from its practice pack."""

import hashlib
from functools import cache

from hearth.foundation.core.pack import pack


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with `share` of `other` stirred in, as #rrggbb."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one * (1 - share) + two * share):02x}" for one, two in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    figures = colour.lstrip("#")
    figures = "".join(each * 2 for each in figures) if len(figures) == 3 else figures
    return int(figures[0:2], 16), int(figures[2:4], 16), int(figures[4:6], 16)


def style_sheet(header: str, accent: str) -> str:
    """Every colour that depends on the authority; hearth.css uses them and never names one itself."""
    colours = {
        "--app-header": header,
        "--app-header-deep": mixed(header, "#000000", 0.25),
        "--app-accent": accent,
        "--app-accent-deep": mixed(accent, "#000000", 0.3),
        "--app-accent-soft": mixed(accent, "#ffffff", 0.92),
        "--app-accent-edge": mixed(accent, "#ffffff", 0.7),
        "--govuk-brand-colour": header,
        "--govuk-link-colour": accent,
        "--govuk-link-hover-colour": mixed(accent, "#000000", 0.35),
        "--govuk-surface-background-colour": mixed(header, "#ffffff", 0.95),
        "--govuk-surface-border-colour": mixed(header, "#ffffff", 0.72),
        "--govuk-template-background-colour": mixed(header, "#ffffff", 0.95),
    }
    return ":root{" + "".join(f"{name}:{value};" for name, value in colours.items()) + "}\n"


@cache
def _made(header: str, accent: str) -> tuple[str, str]:
    css = style_sheet(header, accent)
    return css, hashlib.sha256(css.encode()).hexdigest()[:12]


def theme() -> tuple[str, str]:
    """The style sheet of this authority, and the version that changes when it does."""
    authority = pack().authority
    return _made(authority.header_colour, authority.accent_colour)
