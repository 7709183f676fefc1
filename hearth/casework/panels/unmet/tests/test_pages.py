"""Pages of unmet need: recorded on one screen, figures without a name, a theme's way, and the same queries however many there are."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.panels.unmet.models import Theme, UnmetNeed
from hearth.casework.panels.unmet.tests.conftest import DESCRIBED, TOLD, tried
from hearth.casework.panels.unmet.themes.actions import add_theme_action, answer_theme, note_theme_progress, start_theme
from hearth.foundation.core import clock
from hearth.foundation.core.seen import seen_in

NAME = "Ashworth"


def test_it_is_recorded_on_one_screen_and_stands_on_the_case_and_the_family(
    case: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    client, address = as_client(cast.family_worker), reverse("record_unmet_need", args=[case.reference])
    assert NAME in client.get(address).content.decode()
    wrong = client.post(address, TOLD | {"need": "", "instead": ""})
    assert wrong.status_code == 422
    assert "Choose what was needed" in wrong.content.decode() and TOLD["looked_for"] in wrong.content.decode()
    sent = TOLD | {"draft_sitting": "one"}
    answer = client.post(address, sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("case", args=[case.reference]))
    assert client.post(address, sent).status_code == 302, "sent twice, recorded once"
    with as_(cast.family_worker):
        need = UnmetNeed.objects.get()
    for page in (
        reverse("case", args=[case.reference]),
        reverse("chronology", args=[case.family.reference]),
        reverse("unmet_need", args=[need.reference]),
    ):
        assert "peech, language and communication" in client.get(page).content.decode(), page


def test_those_who_work_themes_read_it_without_a_name(need: Any, cast: Any, as_client: Any) -> None:
    address = reverse("unmet_need", args=[need.reference])
    named = as_client(cast.manager).get(address).content.decode()
    assert NAME in named and TOLD["looked_for"] in named
    shown = as_client(cast.panel_coordinator).get(address).content.decode()
    assert "Speech, language and communication" in shown and "Joanne Pickup" in shown
    assert NAME not in shown and "Zzquil" not in shown and need.case.reference not in shown
    for who in ("commissioner", "practitioner", "other_manager", "board_member"):
        assert as_client(getattr(cast, who)).get(address).status_code == 404, who


def test_the_front_door_records_it_beside_the_request(asked: Any, cast: Any, as_client: Any) -> None:
    client, address = as_client(cast.front_door_officer), reverse("record_request_unmet_need", args=[asked.reference])
    assert client.post(address, TOLD).status_code == 302
    assert (
        "Speech, language and communication"
        in client.get(reverse("triage_request", args=[asked.reference])).content.decode()
    )
    assert as_client(cast.practitioner).get(address).status_code == 403
    assert as_client(cast.other_front_door_officer).get(address).status_code == 404


def test_the_figures_are_drawn_and_read_as_tables_and_name_nobody(
    need: Any, cast: Any, area: Any, as_client: Any
) -> None:
    client = as_client(cast.commissioner)
    shown = client.get(reverse("unmet_needs")).content.decode()
    assert 'class="app-bars"' in shown and f"{clock.today():%B %Y}: too few" in shown
    assert area.name in shown and "The waiting list is too long" in shown
    assert NAME not in shown and "Zzquil" not in shown and need.reference not in shown
    assert reverse("counted_needs") not in shown, "nothing to open for whoever opens no family"
    empty = client.get(reverse("unmet_needs"), {"need": "housing", "period": "half", "area": "\u0000"}).content.decode()
    assert "Nothing is recorded here" in empty
    for who in ("family_worker", "administrator"):
        assert as_client(getattr(cast, who)).get(reverse("unmet_needs")).status_code == 403, who
    said = as_client(cast.development_officer).get(reverse("counted_needs")).content.decode()
    assert "You may open 1 of 1." in said


def test_a_theme_is_started_from_what_waits_and_taken_to_an_answer(
    need: Any, cast: Any, area: Any, as_: Any, as_client: Any
) -> None:
    client = as_client(cast.development_officer)
    listed = client.get(reverse("unmet_themes")).content.decode()
    start = f"{reverse('start_theme')}?area={area.code}&amp;need=speech_and_language"
    assert start in listed
    assert "checked" in client.get(start.replace("&amp;", "&")).content.decode()
    typed = {"title": "", "priority": "high", "area": area.code, "needs": ["speech_and_language"]}
    assert client.post(reverse("start_theme"), typed).status_code == 422
    assert client.post(reverse("start_theme"), typed | {"title": DESCRIBED["title"]}).status_code == 302
    with as_(cast.development_officer):
        theme = Theme.objects.get()
    tried(cast.development_officer, theme, as_)
    board = as_client(cast.board_member)
    for name, who, sent in (
        ("describe_theme", client, {**DESCRIBED, "seen": seen_in(theme, DESCRIBED)}),
        ("note_theme_progress", client, {"words": "We met the trust."}),
        ("escalate_theme", client, {"words": "We cannot buy it ourselves."}),
        ("answer_theme", board, {"answer": "Two therapists from April."}),
        ("close_theme", client, {"words": ""}),
    ):
        address = reverse(name, args=[theme.reference])
        assert who.get(address).status_code == 200, name
        assert who.post(address, sent).status_code == 302, name
    shown = board.get(reverse("unmet_theme", args=[theme.reference])).content.decode()
    for words in (
        "Two therapists from April.",
        "We met the trust.",
        "Local Children’s Trust Partnership answered",
        "Closed",
    ):
        assert words in shown, words
    assert NAME not in shown and "Zzquil" not in shown
    worker = as_client(cast.family_worker)
    assert "An answer came back to a need you recorded" in worker.get(reverse("home")).content.decode()
    assert "Two therapists from April." in worker.get(reverse("case", args=[need.case.reference])).content.decode()
    assert worker.post(reverse("read_unmet_answer", args=[need.reference])).status_code == 302
    assert "An answer came back to a need you recorded" not in worker.get(reverse("home")).content.decode()


@pytest.mark.parametrize("what", ["escalate_theme", "answer_theme", "gather_needs", "close_theme"])
def test_a_stranger_is_turned_away_from_a_theme_and_a_reader_from_its_buttons(
    theme: Any, what: str, cast: Any, as_client: Any
) -> None:
    address, sent = reverse(what, args=[theme.reference]), {"words": "x", "answer": "x", "needs": ["housing"]}
    assert as_client(cast.practitioner).post(address, sent).status_code == 404
    assert as_client(cast.commissioner).post(address, sent).status_code in (403, 422)


def test_pages_ask_as_often_of_many_needs_and_themes_as_of_one(
    theme: Any, met: Any, case: Any, cast: Any, area: Any, as_: Any, as_client: Any
) -> None:
    by = cast.senior_development_officer
    client, pages = as_client(by), [
        reverse("unmet_needs"), reverse("unmet_themes"), reverse("counted_needs"), reverse("home"),
        reverse("unmet_theme", args=[theme.reference]), reverse("case", args=[case.reference]),
    ]  # fmt: skip
    met(need="housing")
    with as_(by):
        add_theme_action(by=by, theme=theme, what="Ask", who="Us", due_on=clock.today())

    def asked() -> list[int]:
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200, page
            found.append(len(queries))
        return found

    few = asked()
    for number in range(12):
        met()
        met(need="transport" if number % 2 else "money")
        met(need="school")
        with as_(by):
            start_theme(by=by, area=area, needs=["school"], title=f"Theme {number}", priority="low")
            add_theme_action(by=by, theme=theme, what=f"Ask {number}", who="Us", due_on=clock.today())
            note_theme_progress(by=by, theme=theme, words="On")
    with as_(by):
        answered = start_theme(by=by, area=area, needs=["money"], title="Answered", priority="low")
        answer_theme(by=by, theme=answered, answer="Yes")
    assert dict(zip(pages, asked(), strict=True)) == dict(zip(pages, few, strict=True))
