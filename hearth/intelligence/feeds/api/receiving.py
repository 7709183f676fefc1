"""The file in a request, put into a temporary one as it arrives: never more of it than the limit, and never in memory."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, UnreadablePostError

from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.ui.filters import megabytes
from hearth.foundation.ui.uploads import FILES_AT_ONCE, largest

PIECE = 1 << 20
NO_LENGTH, TOO_LARGE, NOT_WHOLE = "feeds.no_length", "feeds.too_large", "feeds.not_whole"
PACKED, NO_FILE = "feeds.packed", "feeds.no_file"


@contextmanager
def arrived(request: HttpRequest) -> Iterator[tuple[IO[bytes], str]]:
    """The file that was sent, and its name where the sender gave one: the whole body, or the one file of a form.

    Raises Refused where it is none, or too large.
    """
    if request.headers.get("Content-Encoding", "identity") != "identity":
        refuse(Refusal(PACKED, "The body is packed (Content-Encoding). Send the file as it is."))
    if request.content_type == "multipart/form-data":
        sent = _of_a_form(request)
        refuse(_why_not(sent.size))
        yield sent, sent.name or ""
        return
    with tempfile.TemporaryFile() as file:
        refuse(_why_not(_read_into(file, request)))
        yield file, ""


def _of_a_form(request: HttpRequest) -> UploadedFile:
    try:
        files = request.FILES.getlist("file") if request.method == "POST" else []
    except (UnreadablePostError, OSError):
        files = []
    if len(files) != 1:
        refuse(
            Refusal(
                NO_FILE, "Send one file, in a field that is called file, by POST. Or send the file by itself, by PUT."
            )
        )
    return files[0]


def _read_into(file: IO[bytes], request: HttpRequest) -> int:
    """Write the body down as far as the limit; what is beyond is read past, so that the sender hears the answer."""
    said = request.META.get("CONTENT_LENGTH") or ""
    if not (said.isascii() and said.isdigit() and len(said) < 16):
        refuse(Refusal(NO_LENGTH, "Say how long the file is in the header Content-Length, and send it in one piece."))
    expected, size = int(said), 0
    try:
        while size < min(expected, FILES_AT_ONCE * largest()) and (piece := request.read(PIECE)):
            size += len(piece)
            if size <= largest():
                file.write(piece)
    except (UnreadablePostError, OSError):
        expected = max(expected, size + 1)
    if size < expected and expected <= largest():
        refuse(Refusal(NOT_WHOLE, "The file did not arrive whole, and nothing of it was kept. Send it again."))
    return max(size, expected)


def _why_not(size: int | None) -> Refusal | None:
    if not size:
        return Refusal(NO_FILE, "The file is empty. Look whether it has rows, and send it again.")
    if size > largest():
        return Refusal(
            TOO_LARGE,
            f"The file has {megabytes(size)}. The most that is taken here is {megabytes(largest())}. Send it in parts of fewer "
            "days, or ask the council to load it from its own machine.",
        )
    return None
