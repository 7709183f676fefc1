"""The room's label: Django has an app called messages already."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """E-mail and text; tables begin with outbox_."""

    name = "hearth.foundation.messages"
    label = "outbox"
