"""An intention is drafted, rests on figures as they stood, is agreed and bought or withdrawn, each with why."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.commissioning.needs import actions
from hearth.commissioning.needs.models import Evidence, IndicativeAmount, Intention, IntentionMove
from hearth.commissioning.needs.tests.conftest import TOLD, in_a_year, search
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused


def typed(**told: Any) -> dict[str, Any]:
    """What somebody types into the form of a new one."""
    day = in_a_year()
    return TOLD | {
        "pence": "£40,000", "area": "burnley", "owner": "Alan Tomlinson", "key": str(uuid.uuid4()),
        "buy_by-day": day.day, "buy_by-month": day.month, "buy_by-year": day.year,
    } | told  # fmt: skip


def test_it_is_drafted_on_one_page_once_however_often_it_is_sent(cast: Any, as_: Any, as_client: Any) -> None:
    client, said = as_client(cast.commissioner), typed(draft_sitting="one")
    for _ in range(2):
        answer = client.post(reverse("draft_intention"), said)
        assert answer.status_code == 302, answer.content.decode()
    with as_(cast.commissioner):
        found = Intention.objects.get()
        assert (found.title, found.area.code, found.state) == (TOLD["title"], "burnley", "drafted")
        assert IndicativeAmount.objects.get().pence == 4_000_000 and found.owner == cast.commissioner
        assert found.reference.startswith("CI-")
        actions.draft_intention(
            by=cast.commissioner, area=found.area, buy_by=in_a_year(), owner=cast.commissioner, key=uuid.UUID(said["key"]), **TOLD
        )  # fmt: skip
        assert Intention.objects.count() == 1
    page = client.get(reverse("intention", args=[found.reference])).content.decode()
    assert "£40,000.00" in page and "Two groups a week" in page and "No evidence is cited yet" in page
    assert TOLD["title"] in client.get(reverse("intentions")).content.decode()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"title": ""}, "Say in a line what is meant to be bought"),
        ({"needs": []}, "Tick at least one need"),
        ({"needs": ["atlantis"]}, "There is a problem"),
        ({"what": " "}, "Write what is meant to be bought"),
        ({"pence": "0"}, "Enter a number from 0.01"),
        ({"pence": "12.345"}, "Enter a number from 0.01"),
        ({"owner": "Mei Chen"}, "can be chosen here"),
        ({"area": "atlantis"}, "district"),
        ({"key": "x"}, "out of date"),
        ({"buy_by-year": "1999"}, "Enter a day from today"),
        ({"buy_by-year": "2090"}, "Enter a day from today"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(told: Any, sentence: str, cast: Any, as_client: Any) -> None:
    said = typed(what="Zz kept words") | told
    page = as_client(cast.commissioner).post(reverse("draft_intention"), said)
    assert page.status_code in (403, 422) and sentence in page.content.decode()
    assert "what" in told or "Zz kept words" in page.content.decode()


def test_a_figure_is_cited_as_it_stood_and_does_not_move(
    met: Any, theme: Any, intention: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    for _ in range(6):
        met()
    search(9)
    client, address = as_client(cast.commissioner), reverse("cite_evidence", args=[intention.reference])
    page = client.get(address).content.decode()
    assert "Burnley: 7" in page and "Burnley: 9" in page and theme.title in page
    chosen = [
        "unmet:speech_and_language",
        "searches:speech_and_language",
        f"theme:{theme.reference}",
        "cases:speech_and_language",
    ]
    assert client.post(address, {"chosen": chosen}).status_code == 302
    met()
    search(30)
    with as_(cast.commissioner):
        rows = {row.source: row for row in Evidence.objects.select_related("theme")}
        assert (rows["unmet"].figure, rows["searches"].figure, rows["cases"].figure) == (7, 9, 0)
        assert rows["unmet"].as_at == clock.today() and "recorded as not met" in rows["unmet"].definition
        assert rows["theme"].theme == theme and rows["theme"].figure is None
        again = actions.cite_evidence(by=cast.commissioner, intention=intention, chosen=chosen)
        assert again == [] and Evidence.objects.count() == 4, "once a day"
    with as_(cast.commissioner), clock.frozen(clock.now() + dt.timedelta(days=1)):
        later = actions.cite_evidence(by=cast.commissioner, intention=intention, chosen=chosen[:1])
        assert [row.figure for row in later] == [8], "as it stands on that day"
    shown = client.get(reverse("intention", args=[intention.reference])).content.decode()
    assert theme.reference in shown and "What these figures mean" in shown


def test_a_small_figure_is_cited_as_too_few_to_show(need: Any, intention: Any, cast: Any, as_: Any) -> None:
    with as_(cast.commissioner):
        (row,) = actions.cite_evidence(by=cast.commissioner, intention=intention, chosen=["unmet:speech_and_language"])
    assert row.figure is None


def test_what_is_not_offered_is_not_cited(intention: Any, cast: Any, as_: Any) -> None:
    with as_(cast.commissioner), pytest.raises(Refused):
        actions.cite_evidence(
            by=cast.commissioner, intention=intention, chosen=["unmet:housing", "theme:TH-0000000", "", "x"]
        )


def test_its_way_says_who_when_and_why(intention: Any, move: Any, cast: Any, as_: Any, as_client: Any) -> None:
    client, address = as_client(cast.strategic_lead), reverse("move_intention", args=[intention.reference])
    assert client.post(address, {"state": "bought", "words": "x"}).status_code == 422, "it is not agreed yet"
    assert client.post(address, {"state": "agreed", "words": ""}).status_code == 422
    assert client.post(address, {"state": "agreed", "words": "The board agreed"}).status_code == 302
    move(intention, "bought", "From the speech service")
    with as_(cast.commissioner):
        assert [(row.state, row.words, row.by) for row in IntentionMove.objects.order_by("at")] == [
            ("drafted", "", cast.commissioner), ("agreed", "The board agreed", cast.strategic_lead),
            ("bought", "From the speech service", cast.commissioner),
        ]  # fmt: skip
        for state in ("agreed", "withdrawn", "bought"):
            with pytest.raises(Refused):
                actions.move_intention(by=cast.commissioner, intention=intention, state=state, words="x")
    assert client.get(address).status_code == 403


def test_what_is_withdrawn_says_why_and_takes_no_more(intention: Any, move: Any, cast: Any, as_: Any) -> None:
    move(intention, "withdrawn", "The health trust pays for it now")
    by = cast.commissioner
    with as_(by):
        with pytest.raises(Refused):
            actions.cite_evidence(by=by, intention=intention, chosen=["unmet:speech_and_language"])
        with pytest.raises(Refused):
            actions.change_intention(by=by, intention=intention, buy_by=in_a_year(), owner=by, **TOLD)
    assert "The health trust pays" in str(list(_moves(by, as_)))


def _moves(by: Any, as_: Any) -> list[str]:
    with as_(by):
        return list(IntentionMove.objects.values_list("words", flat=True))


def test_whoever_saves_second_reads_both(intention: Any, cast: Any, as_: Any, as_client: Any) -> None:
    address = reverse("change_intention", args=[intention.reference])
    one, two = as_client(cast.commissioner), as_client(cast.strategic_lead)
    pages = [client.get(address).content.decode() for client in (one, two)]
    seen = [page.split('name="seen"')[1].split('value="')[1].split('"')[0] for page in pages]
    said = typed()
    assert one.post(address, said | {"title": "Theirs", "pence": "41000", "seen": seen[0]}).status_code == 302
    answer = two.post(address, said | {"title": "Mine", "pence": "39000", "seen": seen[1]})
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode() and "£41,000.00" in answer.content.decode()
    with as_(cast.commissioner):
        assert Intention.objects.get().title == "Theirs" and IndicativeAmount.objects.get().pence == 4_100_000


def test_one_of_the_whole_authority_names_no_district(draft: Any, cast: Any, as_: Any, as_client: Any) -> None:
    found = draft(area=None)
    assert found.where == "The whole authority"
    assert found.title in as_client(cast.development_officer).get(reverse("intentions")).content.decode()
    page = as_client(cast.commissioner).get(reverse("intentions"), {"area": "whole"}).content.decode()
    assert found.title in page
    assert (
        found.title not in as_client(cast.commissioner).get(reverse("intentions"), {"area": "burnley"}).content.decode()
    )


def test_the_list_costs_the_same_however_long_it_is(draft: Any, cast: Any, as_client: Any) -> None:
    client = as_client(cast.commissioner)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("intentions")).status_code == 200
        return len(asked)

    draft()
    cost()
    before = cost()
    for number in range(5):
        draft(title=f"Number {number}")
    assert cost() == before
