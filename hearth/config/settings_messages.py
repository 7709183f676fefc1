"""How e-mail and texts leave. Where none of these is set nothing does: they are written into a folder in HEARTH_VAR."""

import os
from pathlib import Path


def _secret(name: str) -> str:
    """The value, or what is in the file that <name>_FILE names."""
    file = os.environ.get(f"{name}_FILE", "")
    return Path(file).read_text().strip() if file else os.environ.get(name, "")


HEARTH_EMAIL_URL = _secret("HEARTH_EMAIL_URL")  # smtp://name:password@host:587, or smtps://
HEARTH_NOTIFY_KEY = _secret("HEARTH_NOTIFY_KEY")  # GOV.UK Notify carries both channels where it is given
HEARTH_NOTIFY_URL = os.environ.get("HEARTH_NOTIFY_URL", "")
HEARTH_NOTIFY_EMAIL_TEMPLATE = os.environ.get("HEARTH_NOTIFY_EMAIL_TEMPLATE", "")
HEARTH_NOTIFY_TEXT_TEMPLATE = os.environ.get("HEARTH_NOTIFY_TEXT_TEMPLATE", "")
