"""A search that finds nothing, or nothing with places, is counted as unmet need; of whoever searched, nothing is kept."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.doorstep.finding import rate
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as, read_as
from hearth.records.directory.actions import say_places
from hearth.records.directory.models import FinderCount

BROWSER = {"User-Agent": "Mozilla/5.0 (Android 14; Mobile)"}
DEBT = {"words": "we are skint", "near": "BB11 1AA"}


@pytest.fixture(autouse=True)
def fresh_count(db: None) -> Any:
    """Nobody has looked within the hour."""
    cache.clear()
    yield
    cache.clear()


def look(client: Any, headers: dict[str, str] | None = None, **typed: Any) -> None:
    answer = client.get(reverse("find_help"), typed, headers=BROWSER if headers is None else headers)
    assert answer.status_code == 200


@pytest.fixture
def counted(cast: Any) -> Any:
    """What the figures have: by a split, the code, the outcome, how many."""

    def read(split: str = "need") -> list[tuple[str, str, int]]:
        with acting_as(cast.commissioner), connection.cursor() as cursor:
            cursor.execute(
                "select code, outcome, searches from hearth_search_counts(%s, '2000-01-01', '') where split = %s order by 1, 2",
                [cast.commissioner.id, split],
            )
            return [(code, outcome, int(many)) for code, outcome, many in cursor.fetchall()]

    return read


def test_a_search_that_finds_nothing_is_counted_by_need_district_and_month(client: Client, counted: Any) -> None:
    look(client, **DEBT)
    assert counted() == [("money_and_debt", "nothing", 1)]
    assert counted("area") == [("burnley", "nothing", 1)]
    assert counted("month") == [(clock.today().replace(day=1).isoformat(), "nothing", 1)]
    assert counted("workers") == []


def test_what_is_not_understood_is_counted_as_that_and_an_unknown_postcode_as_no_district(
    client: Client, counted: Any
) -> None:
    look(client, words="xqzzw zzquil", near="ZZ99 9ZZ")
    assert counted() == [("", "nothing", 1)] and counted("area") == [("", "nothing", 1)]


def test_a_need_that_was_chosen_counts_too_and_two_needs_count_for_each(client: Client, counted: Any) -> None:
    look(client, words="we are skint", needs=["housing"])
    assert counted() == [("housing", "nothing", 1), ("money_and_debt", "nothing", 1)]


def test_only_a_search_in_which_all_that_fits_is_full_is_counted_as_full(
    client: Client, charity: Any, offered: Any, cast: Any, counted: Any
) -> None:
    one, other = (offered(charity, name=name) for name in ("Messy play", "More messy play"))
    look(client, words="messy")
    assert counted() == [], "somebody can be sent there"
    with acting_as(cast.commissioner):
        say_places(by=cast.commissioner, service=one, places="full")
    look(client, words="messy")
    assert counted() == []
    with acting_as(cast.commissioner):
        say_places(by=cast.commissioner, service=other, places="full")
    look(client, needs="speech_and_play")
    assert counted() == [("speech_and_play", "full", 1)]


def test_a_workers_search_is_told_apart(cast: Any, as_client: Any, counted: Any) -> None:
    look(as_client(cast.practitioner), **DEBT)
    assert counted() == [("money_and_debt", "nothing", 1)] and counted("workers") == [("", "nothing", 1)]


@pytest.mark.parametrize(
    "again",
    [
        {}, {"page": "2"}, {"page": "1"}, {"keep": "SV-1"}, {"free": "on"}, {"age": "4"}, {"day": "TU"}, {"within": "5"}, {"language": "ur"},
        {"access": "step_free"}, {"near": "BB11 2ZZ"},
    ],
)  # fmt: skip
def test_ten_clicks_of_one_person_count_once(again: dict[str, str], client: Client, counted: Any) -> None:
    look(client, **DEBT)
    for _ in range(9):
        look(client, **DEBT | again)
    assert counted() == [("money_and_debt", "nothing", 1)]


def test_another_need_another_place_and_the_next_hour_count_again(client: Client, counted: Any) -> None:
    look(client, **DEBT)
    look(client, **DEBT | {"near": "PR7 1AA"})
    look(client, words="homeless", near="BB11 1AA")
    client.get(reverse("find_help"), DEBT, headers=BROWSER, REMOTE_ADDR="10.9.8.7")
    with clock.frozen(clock.now() + clock.WEEK):
        look(client, **DEBT)
    assert sum(many for _, _, many in counted()) == 5


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": ""}, {"User-Agent": "curl/8.0"}, {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        BROWSER | {"Sec-Purpose": "prefetch"}, BROWSER | {"Purpose": "prefetch"},
    ],
)  # fmt: skip
def test_robots_and_what_a_browser_fetches_ahead_are_not_counted(
    headers: dict[str, str], client: Client, counted: Any
) -> None:
    look(client, headers, **DEBT)
    assert counted() == []


@pytest.mark.parametrize(
    "typed", [{"near": "over there"}, {"age": "400"}, {"needs": ["x' or 1=1 --"]}, {"needs": ["nonsense"]}]
)
def test_what_cannot_be_read_is_not_counted(typed: dict[str, Any], client: Client, counted: Any) -> None:
    look(client, **DEBT | typed)
    assert counted() == []


def test_who_looks_too_often_is_not_counted(client: Client, counted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "MOST", 0)
    look(client, **DEBT)  # the first of a minute is never too many
    cache.clear()
    look(client, words="homeless")
    assert client.get(reverse("find_help"), {"words": "self harm"}, headers=BROWSER).status_code == 429
    assert [code for code, _, _ in counted()] == ["housing", "money_and_debt"]


def test_nothing_that_was_typed_and_nobody_who_typed_it_is_kept(
    client: Client, cast: Any, as_client: Any, counted: Any
) -> None:
    worker = as_client(cast.practitioner)
    for reader in (client, worker):
        with CaptureQueriesContext(connection) as queries:
            look(reader, words="frightened xqzzw skint", near="BB11 1AA")
        (written,) = [each["sql"] for each in queries if "hearth_count_search" in each["sql"]]
        assert not any(
            word in written for word in ("xqzzw", "frightened", "BB11", str(cast.practitioner.pk), "127.0.0.1")
        )
    names = {field.name for field in FinderCount._meta.fields}
    assert names == {"id", "month", "area", "need", "outcome", "by_worker", "searches"}
    with acting_as(cast.practitioner, using="audit"):
        assert (
            not AuditEvent.objects.using("audit")
            .filter(actor_id=cast.practitioner.id, verb__contains="search")
            .exists()
        )
    assert not client.cookies


def test_nobody_reads_or_writes_the_counts_past_the_figures(client: Client, cast: Any, counted: Any) -> None:
    look(client, **DEBT)
    for who in (None, cast.practitioner, cast.commissioner, cast.administrator):
        read_as(who)
        assert not FinderCount.objects.exists()
        for write in (
            lambda: FinderCount.objects.create(month=clock.today(), outcome="nothing", by_worker=False, searches=999),
            lambda: FinderCount.objects.update(searches=999),
            lambda: FinderCount.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                write()
    for who in (cast.practitioner, cast.provider, cast.administrator):
        with acting_as(who), connection.cursor() as cursor:
            for reader in (who, cast.commissioner):
                cursor.execute("select count(*) from hearth_search_counts(%s, '2000-01-01', '')", [reader.id])
                assert cursor.fetchone() == (0,), who


def test_a_search_costs_one_query_more_where_it_is_counted(client: Client, counted: Any) -> None:
    def cost(**typed: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            look(client, **typed)
        return len([each for each in queries if "hearth_" in each["sql"]])

    first = cost(**DEBT)
    assert cost(**DEBT) == first - 1
    assert cost(words="homeless", needs=["money_and_debt", "feelings", "school"]) == first


def test_every_outward_half_of_a_postcode_lies_in_one_district(db: None) -> None:
    halves = [half for district in pack().areas.districts for half in district.outward]
    assert len(halves) == len(set(halves)) > 0
