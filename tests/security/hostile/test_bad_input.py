"""Whatever is typed into a form, nothing breaks, nothing is half done, and whoever typed it has it before them again.

At every form of the house, by its rightful reader: who may be here types wrongly as well as who may not.
"""

import html
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from tests.security.hostile.filling import TYPED
from tests.security.hostile.walking import Answer, go
from tests.security.hostile.ways import Stop

LONG, ODD, NONSENSE = "Far too much. " * 3000, "a<b>é😀\u202e‘’\x00\x07", "¿nonsense?"
LEFT_OF_ODD = "a&lt;b&gt;é😀"
OUR_OWN = ("draft_form", "draft_sitting")
Body = Mapping[str, Any]


def _each(body: Body, change: Callable[[str, str], str]) -> dict[str, Any]:
    """The same body with every value changed, but for files and for what names the opening of the page."""
    return {
        name: values if name in OUR_OWN or not isinstance(values, list) else [change(name, one) for one in values]
        for name, values in body.items()
    }


def _words(instead: str) -> Callable[[Body], dict[str, Any]]:
    return lambda body: _each(body, lambda _, value: instead if value == TYPED else value)


def _no_day(body: Body) -> dict[str, Any]:
    wrong = {"-day": "32", "-month": "Brumaire", "-year": "20x6"}
    return _each(body, lambda name, value: next((bad for end, bad in wrong.items() if name.endswith(end)), value))


SPOILT: dict[str, Callable[[Body], dict[str, Any]]] = {
    "nothing at all": lambda body: {name: body[name] for name in OUR_OWN if name in body},
    "only spaces": lambda body: _each(body, lambda *_: "  \t "),
    "far too much": _words(LONG),
    "odd characters": _words(ODD),
    "no such day": _no_day,
    "nonsense everywhere": lambda body: _each(body, lambda *_: NONSENSE),
    "numbers that no table holds": lambda body: _each(body, lambda *_: "99999999999999999999"),
}


def faults_of(stop: Stop, sent: Body, answer: Answer) -> list[str]:
    """What is wrong with an answer to what was typed."""
    if answer.status >= 500:
        return [f"{stop.path} breaks: {answer.status}"]
    if answer.status == 302:
        return []
    # Of a section of an assessment, what nobody disputes is saved, and is on record.
    wrote = answer.wrote - ({"audit_auditevent"} if answer.status == 409 else set())
    found = [f"{stop.path} refuses with {answer.status} and wrote in {sorted(wrote)}"] if wrote else []
    if answer.status == 422:
        if "govuk-error-summary" not in answer.text and "app-conflict" not in answer.text:
            found.append(f"{stop.path} does not say what is wrong")
        for name in (name for name, values in (stop.body or {}).items() if values == [TYPED]):
            [typed] = sent.get(name, [""])[:1]
            wanted = LEFT_OF_ODD if typed == ODD else html.escape(typed[:2000]).strip()
            if wanted and wanted not in answer.text:
                found.append(f"{stop.path} loses what was typed in {name}")
    return found


@pytest.mark.parametrize("how", SPOILT)
def test_a_form_answers_bad_input_with_a_sentence(
    how: str, stops: list[Stop], as_reader: Callable[[str], Client]
) -> None:
    faults = []
    for stop in stops:
        if stop.body is not None and not stop.way.on:
            sent = SPOILT[how](stop.body)
            faults += faults_of(stop, sent, go(as_reader(stop.way.reader), stop.path, sent))
    assert not faults, "\n".join([f"{how}:", *faults])
