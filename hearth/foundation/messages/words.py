"""The words of messages. A template knows the service and one link: no name or fact can be written into it."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hearth.foundation.core.pack import pack
from hearth.foundation.messages.models import Channel

ALLOWED = frozenset({"service", "authority", "link", "closing"})
NAME = re.compile(r"^[a-z_]{3,60}$")
LONGEST_TEXT = 306  # two parts of a text message


@dataclass(frozen=True)
class Words:
    """What is sent. A text message has no subject."""

    subject: str
    body: str


def folders() -> list[Path]:
    """Where rooms keep the words of their messages: templates/messages/ of each."""
    found = (
        Path(config.path) / "templates" / "messages"
        for config in apps.get_app_configs()
        if config.name.startswith("hearth.")
    )
    return [folder for folder in found if folder.is_dir()]


@cache
def _environment() -> Environment:
    # Plain text: nothing is escaped, and nothing but our own settings is ever put in.
    loader = FileSystemLoader(folders())
    return Environment(loader=loader, undefined=StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701


def file_of(template: str, channel: str) -> str:
    """The file with the words: one for each channel."""
    return f"{template}.{channel}.txt"


def exists(template: str, channel: str) -> bool:
    """Whether there are such words."""
    return bool(NAME.match(template)) and any((folder / file_of(template, channel)).is_file() for folder in folders())


def words_of(template: str, channel: str, link: str) -> Words:
    """The words as they are sent: in an e-mail the first line is the subject."""
    authority = pack().authority
    text = (
        _environment()
        .get_template(file_of(template, channel))
        .render(
            service=authority.service_name,
            authority=authority.name,
            link=settings.HEARTH_ADDRESS.rstrip("/") + link if link else "",
            closing=pack().messages.closing,
        )
        .strip()
    )
    if channel == Channel.TEXT:
        return Words("", " ".join(text.split()))
    subject, _, body = text.partition("\n")
    return Words(subject.strip(), body.strip() + "\n")
