"""A form that is sent twice, because somebody pressed twice or saw no answer, is done once and leads where it led."""

from collections.abc import Callable

from django.test import Client

from tests.security.hostile.walking import twice
from tests.security.hostile.ways import Stop

# Written by a page that is only opened, too.
LOOKS = {"audit_auditevent"}


def test_every_form_is_done_once(stops: list[Stop], as_reader: Callable[[str], Client]) -> None:
    again = []
    for stop in stops:
        if stop.body is None or stop.way.on or "draft_sitting" not in stop.body:
            continue
        first, second = twice(as_reader(stop.way.reader), stop.path, stop.body)
        if first.status != 302:
            continue  # a page that asks once more before anything is done
        if (second.status, second.where) != (first.status, first.where):
            again.append(f"{stop.path}: {second.status} {second.where}, after {first.where}")
        if second.wrote - LOOKS:
            again.append(f"{stop.path} wrote again in {sorted(second.wrote)}")
    assert not again, "\n".join(["Sent twice:", *again])
