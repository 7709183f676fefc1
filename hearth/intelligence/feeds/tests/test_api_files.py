"""What a machine sends that will not do: answered with a sentence, and nothing kept; files of any size, in bounded memory."""

import tracemalloc
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from hearth.foundation.core import clock
from hearth.foundation.core.reader import read_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds.api import rate, receiving
from hearth.intelligence.feeds.models import FeedLoad
from hearth.intelligence.feeds.tests.conftest import BY_API as ADDRESS
from hearth.intelligence.feeds.tests.conftest import DAYS
from hearth.intelligence.feeds.tests.conftest import KNOWN as ROWS
from hearth.intelligence.feeds.tests.test_loads import HEAD
from hearth.records.documents.tests.test_pages import Endless


@pytest.mark.parametrize(
    ("address", "body", "more", "status", "said"),
    [
        (ADDRESS, ROWS, {}, 422, "covers_from: Give the first day"),
        (f"{ADDRESS}?covers_from=1.9.2024&covers_until=2024-12-20", ROWS, {}, 422, "such as 2026-09-30"),
        (f"{ADDRESS}?covers_from=2024-12-20&covers_until=2024-09-01", ROWS, {}, 403, "must not be before the first"),
        (f"{ADDRESS}?{DAYS}&as_at=2999-01-01", ROWS, {}, 403, "has not come"),
        (f"{ADDRESS}?{DAYS}&area=nowhere", ROWS, {}, 422, "area: Leave it out"),
        (f"{ADDRESS}?{DAYS}", "", {"CONTENT_LENGTH": "0"}, 422, "The file is empty"),
        (f"{ADDRESS}?{DAYS}", ROWS, {"headers": {"Content-Encoding": "gzip"}}, 415, "packed"),
        (f"{ADDRESS}?{DAYS}", ROWS, {"CONTENT_LENGTH": ""}, 411, "Content-Length"),
        (f"{ADDRESS}?{DAYS}", ROWS, {"content_type": "multipart/form-data; boundary=B"}, 422, "Send one file"),
        (f"{ADDRESS}?{DAYS}", ROWS, {"method": "DELETE"}, 405, "Ask by PUT or POST"),
        (f"{ADDRESS}?{DAYS}", ROWS, {"method": "GET"}, 405, "Ask by PUT or POST"),
    ],
)  # fmt: skip
def test_what_will_not_do_is_answered_with_a_sentence_and_nothing_is_kept(
    address: str, body: str, more: Any, status: int, said: str, put: Any, make: Any
) -> None:
    answer = put(make().secret, body, address, **more)
    assert (answer.status_code, said in answer.json()["sentence"]) == (status, True), answer.content
    assert not FeedLoad.objects.exists()


def test_a_file_of_the_largest_size_is_taken_and_one_byte_more_is_refused(put: Any, make: Any, settings: Any) -> None:
    settings.HEARTH_FILE_MEGABYTES = 1
    token, most = make(), (HEAD + "p1,North,Ann,1\n").encode().ljust(1_000_000, b"\n")
    assert put(token.secret, most + b"\n").status_code == 413
    form = {
        "covers_from": "2024-09-01",
        "covers_until": "2024-12-20",
        "file": SimpleUploadedFile("a.csv", most + b"\n"),
    }
    read_as(None)
    answer = Client().post(ADDRESS, form, headers={"Authorization": f"Bearer {token.secret}"})
    assert (answer.status_code, "The most that is taken here is 1 MB" in answer.json()["sentence"]) == (413, True)
    assert put(token.secret, most).status_code == 200


def test_a_file_far_too_large_is_read_past_and_never_held(settings: Any) -> None:
    settings.HEARTH_FILE_MEGABYTES = 40
    size = 150_000_000
    request = RequestFactory().generic("PUT", "/", b"-", content_type="text/csv")
    request.META["CONTENT_LENGTH"], body = str(size), Endless(b"", size, b"")
    request._stream = body  # type: ignore[assignment]
    tracemalloc.start()
    with pytest.raises(Refused, match="150 MB"), receiving.arrived(request):
        pass
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert held < 20_000_000
    assert body.left == 0


def test_a_file_that_breaks_off_on_the_way_is_not_taken_for_a_whole_one() -> None:
    request = RequestFactory().generic("PUT", "/", b"-", content_type="text/csv")
    request.META["CONTENT_LENGTH"] = "2000"
    request._stream = Endless(b"", 1999, b"")  # type: ignore[assignment]
    with pytest.raises(Refused, match="did not arrive whole"), receiving.arrived(request):
        pass


def test_a_body_without_end_is_not_read_without_end(settings: Any) -> None:
    settings.HEARTH_FILE_MEGABYTES = 1
    request = RequestFactory().generic("PUT", "/", b"-", content_type="text/csv")
    request.META["CONTENT_LENGTH"], body = str(10**12), Endless(b"", 10**12, b"")
    request._stream = body  # type: ignore[assignment]
    with pytest.raises(Refused, match="most that is taken"), receiving.arrived(request):
        pass
    assert body.left > 10**12 - 10_000_000


def test_a_token_is_used_so_often_in_an_hour_and_wrong_ones_stop_filling_the_trail(
    put: Any, make: Any, refusals: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rate, "FILES", 2)
    monkeypatch.setattr(rate, "WRONG", 3)
    token, other = make(), make()
    with clock.frozen(clock.now().replace(minute=5)) as hands:
        assert [put(token.secret).status_code for _ in range(3)] == [200, 200, 429]
        assert put(other.secret).status_code == 200
        assert [put("hearth-feed-guess").status_code for _ in range(5)] == [401] * 5
        assert [code for _, code, _ in refusals].count("feeds.token_no_good") == 3
        assert put(other.secret).status_code == 200
        hands.forward(minutes=60)
        assert put(token.secret).status_code == 200
