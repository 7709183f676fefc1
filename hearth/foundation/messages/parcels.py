"""What a carrier is given, and how it says that it could not."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Parcel:
    """A message ready to go."""

    id: uuid.UUID
    channel: str
    address: str
    subject: str
    body: str


class CannotCarry(Exception):
    """It will never arrive: trying again would not help. The text is the kind of fault, without the address."""


class CarryLater(Exception):
    """It did not go this time, for certain: it may be tried again."""
