"""The pages on which somebody adds a file: what is refused says why, and everything else typed is still there."""

import io
import tracemalloc
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from hearth.casework.plans.documents.models import PlanDocument, PlanDocumentContent
from hearth.foundation.core.reader import acting_as
from hearth.foundation.ui.uploads import FILES_AT_ONCE, LimitedUpload
from hearth.records.documents import pages
from hearth.records.documents.forms import CHOOSE_AGAIN
from hearth.records.documents.tests.files import a_document, pdf, picture, upload


@pytest.fixture
def add_page(cast: Any, plan: Any, as_client: Any) -> Any:
    """Post the form of a plan's document as its worker."""
    client: Client = as_client(cast.family_worker)
    page = f"/plans/{plan.reference}/documents/add/"

    def post(**typed: Any) -> Any:
        return client.post(page, typed) if typed else client.get(page)

    return post


def kept(cast: Any) -> list[PlanDocument]:
    """What is there."""
    with acting_as(cast.family_worker):
        return list(PlanDocument.objects.all())


def test_a_letter_is_added_and_listed_on_the_plan(cast: Any, add_page: Any, plan: Any, as_client: Any) -> None:
    assert 'enctype="multipart/form-data"' in add_page().content.decode()
    answer = add_page(**a_document(pdf(), "School letter.pdf", caption="Attendance since September"))
    assert answer.status_code == 302 and answer["Location"].endswith("#documents")
    page = as_client(cast.family_worker).get(f"/cases/{plan.case.reference}/plan/").content.decode()
    for words in ("School letter.pdf", "Attendance since September", "Added by", "Withdraw"):
        assert words in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "letter", "caption": "Kept words"}, "Choose a file"),
        ({"file": upload(b""), "kind": "letter", "caption": "Kept words"}, "That file is empty"),
        ({"file": upload(), "caption": "Kept words"}, CHOOSE_AGAIN),
        ({"file": upload(), "kind": "cake", "caption": "Kept words"}, CHOOSE_AGAIN),
        (
            {"file": upload(), "kind": "letter", "person": "PE-2222222", "caption": "Kept words"},
            "Choose who it is about",
        ),
    ],
)
def test_a_form_that_is_not_whole_keeps_what_was_typed(
    typed: dict[str, Any], sentence: str, cast: Any, add_page: Any
) -> None:
    answer = add_page(**typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "Kept words" in page
    assert not kept(cast)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ" + bytes(200), "This file is not the kind its name says"),
        (pdf()[:-10], "cut off"),
        (b"<html>", "web page"),
        (picture("TIFF"), "TIFF"),
    ],
)
def test_a_file_that_is_refused_says_why_and_the_words_are_still_there(
    content: bytes, sentence: str, cast: Any, add_page: Any
) -> None:
    answer = add_page(**a_document(content, caption="Kept words"))
    page = answer.content.decode()
    assert answer.status_code == 403 and sentence in page and "Kept words" in page
    assert not kept(cast)


def test_a_file_of_the_largest_size_is_kept_and_one_byte_more_is_refused_with_its_size(
    settings: Any, cast: Any, add_page: Any
) -> None:
    settings.HEARTH_FILE_MEGABYTES = 1
    most = b"Dear Kelly\n" * 90_910
    answer = add_page(**a_document(most[:1_000_001], "long.txt", caption="Kept words"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "The most that can be kept is 1 MB" in page and "Kept words" in page
    assert add_page(**a_document(most[:1_000_000], "long.txt")).status_code == 302
    assert [document.size for document in kept(cast)] == [1_000_000]


@pytest.mark.parametrize("name", ["x" * 300 + ".pdf", "annex\u202efdp.exe", "..\\..\\letter.pdf", "тест.pdf"])
def test_an_odd_name_is_no_reason_to_refuse_a_letter(name: str, cast: Any, add_page: Any) -> None:
    assert add_page(**a_document(pdf(), name)).status_code == 302
    [document] = kept(cast)
    assert document.name.endswith(".pdf") and len(document.name) <= 110 and "\u202e" not in document.name


class Endless(io.RawIOBase):
    """A body that is made as it is read, so that a test can send much and hold little."""

    def __init__(self, head: bytes, middle: int, tail: bytes) -> None:
        self.left, self.head, self.tail = middle, head, tail

    def read(self, size: int = -1) -> bytes:
        """The next part."""
        if self.head:
            part, self.head = self.head[:size], self.head[size:]
        elif self.left:
            part = b"x" * min(size, self.left)
            self.left -= len(part)
        else:
            part, self.tail = self.tail[:size], self.tail[size:]
        return part


def test_a_file_far_too_large_is_read_past_without_being_held_and_the_rest_of_the_form_arrives(settings: Any) -> None:
    settings.HEARTH_FILE_MEGABYTES = 1
    size = 150_000_000
    head = b'--B\r\nContent-Disposition: form-data; name="file"; filename="big.pdf"\r\n\r\n'
    tail = b'\r\n--B\r\nContent-Disposition: form-data; name="caption"\r\n\r\nKept words\r\n--B--\r\n'
    request = RequestFactory().generic("POST", "/", b"-", content_type="multipart/form-data; boundary=B")
    request.META["CONTENT_LENGTH"] = str(len(head) + size + len(tail))
    request._stream = Endless(head, size, tail)  # type: ignore[assignment]
    tracemalloc.start()
    assert request.POST["caption"] == "Kept words"
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    file = request.FILES["file"]
    assert file.size == size and len(file.read()) <= 1_000_000
    assert held < 20_000_000
    file.close()


def test_many_files_at_once_are_not_all_written_down(settings: Any) -> None:
    settings.HEARTH_FILE_MEGABYTES = 1
    files = {f"file{n}": SimpleUploadedFile("a.txt", b"x" * 1_000_000) for n in range(FILES_AT_ONCE + 3)}
    request = RequestFactory().post("/", files)
    written = [len(request.FILES[name].read()) for name in files]
    assert sum(written) <= (FILES_AT_ONCE + 1) * 1_000_000
    assert isinstance(request.upload_handlers[0], LimitedUpload)
    for name in files:
        request.FILES[name].close()


def test_opening_says_when_the_bytes_cannot_be_had(
    cast: Any, add: Any, as_client: Any, settings: Any, objects: Any
) -> None:
    made = add()
    with acting_as(cast.family_worker):
        content = PlanDocumentContent.objects.get()
    content.bytes, content.key = None, "documents/x"
    objects.down = True
    request = RequestFactory().get("/")
    request.user = cast.family_worker
    with acting_as(cast.family_worker):
        answer = pages.bytes_handed_over(
            request, content, made, "plans.document_opened", family=None, name="a.pdf", media_type="application/pdf"
        )
    assert answer.status_code == 503 and "Nothing is lost" in answer.content.decode()
