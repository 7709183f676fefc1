"""How e-mail and texts leave. Where none of these is set nothing does: they are written into a folder in HEARTH_VAR."""

import os

from hearth.config import environment as env

HEARTH_EMAIL_URL = env.given("HEARTH_EMAIL_URL")  # smtp://name:password@host:587, or smtps://
HEARTH_NOTIFY_KEY = env.given("HEARTH_NOTIFY_KEY")  # GOV.UK Notify carries both channels where it is given
HEARTH_NOTIFY_URL = os.environ.get("HEARTH_NOTIFY_URL", "")
HEARTH_NOTIFY_EMAIL_TEMPLATE = os.environ.get("HEARTH_NOTIFY_EMAIL_TEMPLATE", "")
HEARTH_NOTIFY_TEXT_TEMPLATE = os.environ.get("HEARTH_NOTIFY_TEXT_TEMPLATE", "")
