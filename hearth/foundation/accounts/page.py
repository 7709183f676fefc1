"""What every page has around it, for the pages that allauth draws with our templates."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from hearth.foundation.ui.rendering import frame


def around(request: HttpRequest) -> dict[str, Any]:
    """A context processor of the Jinja2 engine: our own `render` gives the same by itself.

    `directory` is what the button for the council's own sign-in says; empty where there is none.
    """
    return frame(request, {}) | {"directory": settings.HEARTH_OIDC_NAME if settings.HEARTH_OIDC_ISSUER else ""}
