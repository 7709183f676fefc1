"""Into a folder: for demonstrations, and for looking at what would be sent."""

import os
from pathlib import Path

from django.conf import settings

from hearth.foundation.messages.carriers.letters import letter
from hearth.foundation.messages.models import Channel
from hearth.foundation.messages.parcels import Parcel


def _file_of(parcel: Parcel) -> Path:
    ending = "eml" if parcel.channel == Channel.EMAIL else "txt"
    return Path(settings.VAR) / "messages" / f"{parcel.id}.{ending}"


def carry(parcel: Parcel) -> None:
    """Write the message as a file, whole or not at all. The same message is always the same file."""
    file = _file_of(parcel)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    words = (
        bytes(letter(parcel))
        if parcel.channel == Channel.EMAIL
        else f"To: {parcel.address}\n\n{parcel.body}\n".encode()
    )
    half = file.with_suffix(f".{os.getpid()}")
    half.touch(mode=0o600)
    half.write_bytes(words)
    half.replace(file)


def was_carried(parcel: Parcel) -> bool | None:
    """Whether the file is there."""
    return _file_of(parcel).exists()
