"""Through the council's own mail server. HEARTH_EMAIL_URL: smtp://name:password@host:587 or smtps://..."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings

from hearth.foundation.messages.carriers.letters import letter
from hearth.foundation.messages.parcels import CannotCarry, CarryLater, Parcel

SECONDS = 20
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Server:
    """A mail server, from its address."""

    host: str
    port: int
    name: str
    password: str
    tls_first: bool


def server_of(url: str) -> Server:
    """The parts of smtp:// or smtps://."""
    parts = urlsplit(url)
    tls_first = parts.scheme == "smtps"
    port = parts.port or (465 if tls_first else 587)
    return Server(
        parts.hostname or "localhost", port, unquote(parts.username or ""), unquote(parts.password or ""), tls_first
    )


@contextmanager
def _opened(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection, encrypted and signed in to. A name and a password are never sent in the clear over a network."""
    context = ssl.create_default_context()
    if server.tls_first:
        link: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        link = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    with link:
        link.ehlo()
        if not server.tls_first and link.has_extn("starttls"):
            link.starttls(context=context)
            link.ehlo()
        elif not server.tls_first and server.name and server.host not in HERE:
            raise CarryLater("the mail server offers no encryption")
        if server.name:
            link.login(server.name, server.password)
        yield link


def carry(parcel: Parcel) -> None:
    """Hand the e-mail over; every answer but "yes" is one of two: later, or never."""
    try:
        with _opened(server_of(settings.HEARTH_EMAIL_URL)) as link:
            link.send_message(letter(parcel))
    except smtplib.SMTPRecipientsRefused as fault:
        _refused(next(iter(fault.recipients.values()))[0])
    except smtplib.SMTPResponseException as fault:
        _refused(fault.smtp_code)
    except (smtplib.SMTPException, ssl.SSLError, socket.gaierror, OSError) as fault:
        raise CarryLater(type(fault).__name__) from fault


def _refused(code: int) -> None:
    """5xx to the address is for good; anything else, a wrong password included, may be put right and tried again."""
    if code in (550, 551, 553, 554):
        raise CannotCarry(f"SMTP {code}")
    raise CarryLater(f"SMTP {code}")


def was_carried(parcel: Parcel) -> bool | None:
    """Nobody can know: a mail server keeps no list that we may ask for."""
    return None
