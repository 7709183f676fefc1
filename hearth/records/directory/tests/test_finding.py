"""The finder: what is typed is read forgivingly, what fits comes near first, and what is stale sinks."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as, read_as
from hearth.records.directory.actions import confirm_service, write_service
from hearth.records.directory.entries import entry_of, with_parts
from hearth.records.directory.finding.queries import Looked, place_of, put_right, search
from hearth.records.directory.finding.saying import important, needs_said, terms_said, to_look_for
from hearth.records.directory.models import DirectoryWord, FinderEntry, FinderWord, Service
from hearth.records.directory.tests.conftest import PLACE, SESSION

FAR = PLACE | {"postcode": "PR7 1AA", "city": "Chorley", "latitude": 53.651, "longitude": -2.63}


def names(words: str = "", **more: Any) -> list[str]:
    """What somebody who is not signed in finds."""
    read_as(None)
    return [each.service.name for each in search(None, Looked(words=words, **more)).page.rows]


def of(service: Service) -> list[FinderEntry]:
    return list(FinderEntry.objects.filter(service=service))


@pytest.mark.parametrize(
    ("typed", "need"),
    [
        ("My son won’t go to school", "school"),
        ("He WON'T GO to school!!", "school"),
        ("can't sleep", "feelings"),
        ("money", "money_and_debt"),
        ("we are skint", "money_and_debt"),
        ("scared of my partner", "domestic_abuse"),
        ("my daughter is autistic", "special_needs"),
    ],
)
def test_plain_words_are_read_as_needs(typed: str, need: str, db: None) -> None:
    assert ("needs", need) in terms_said(pack().directory, important(typed))


def test_words_that_only_say_who_asks_are_left_out_unless_there_are_no_others() -> None:
    assert important("I need some help for my son with money") == ["money"]
    assert important("help me") == ["help", "me"]
    assert important("") == [] and important("?!") == []
    assert len(important(" ".join(f"w{n}" for n in range(500)))) == 12


def test_a_retired_need_is_read_no_longer(db: None) -> None:
    directory = pack().directory
    needs = tuple(need.model_copy(update={"retired": need.code == "school"}) for need in directory.needs)
    assert terms_said(directory.model_copy(update={"needs": needs}), ["truant"]) == []
    assert terms_said(directory, ["truant"]) == [("needs", "school")]


def test_needs_of_what_a_practitioner_wrote_are_codes_and_nothing_else(db: None) -> None:
    assert needs_said("Leo is bullied, and Mum owes rent", "", None) == [
        "school",
        "money_and_debt",
        "housing",
        "staying_safe",
    ]
    assert needs_said("") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("atendence", "attendance"), ("counceling", "counselling"), ("skool", "school"), ("freind", "friend")],
)
def test_spelling_is_forgiven(typed: str, meant: str, db: None) -> None:
    assert put_right([typed]) == {typed: meant}


@pytest.mark.parametrize("typed", ["school", "scho", "xqzzw", "dog", "a" * 40, "'; drop table", "%", "школа", "\\"])
def test_what_is_known_or_like_nothing_stays_as_it_is(typed: str, db: None) -> None:
    assert put_right([typed]) == {}


def test_a_word_of_an_entry_puts_spelling_right_from_when_it_is_written(charity: Any, offered: Any) -> None:
    assert put_right(["tapdancng"]) == {}
    offered(charity, name="Tapdancing for toddlers", needs=["things_to_do"])
    assert put_right(["tapdancng"]) == {"tapdancng": "tapdancing"}
    assert names("tapdancng") == ["Tapdancing for toddlers"]
    read_as(None)
    assert search(None, Looked("tapdancng")).put_right == {"tapdancng": "tapdancing"}


def test_of_two_words_as_near_the_one_that_is_only_its_beginning_is_not_meant(charity: Any, offered: Any) -> None:
    offered(charity, name="Council tax desk", description="Run by the council.")
    assert put_right(["counciling"]) == {"counciling": "counselling"}


def test_a_need_said_in_other_words_than_the_entrys_finds_it(charity: Any, offered: Any) -> None:
    offered(charity, name="Bills and benefits", needs=["money_and_debt"], description="Bring your letters.")
    offered(charity, name="Stay and play")
    assert names("we are skint") == ["Bills and benefits"]
    assert names("xqzzw") == []


def test_what_fits_all_comes_before_what_fits_some_and_the_name_before_the_rest(charity: Any, offered: Any) -> None:
    offered(charity, name="A walk", description="Also a crafty morning.", needs=["health"])
    offered(charity, name="Crafty club", description="Paint.", needs=["health"])
    offered(charity, name="Paint and glue", description="Not so crafty painters welcome: origami.", needs=["health"])
    assert names("crafty")[0] == "Crafty club"
    assert names("crafty origami")[0] == "Paint and glue"
    read_as(None)
    assert [each.fits for each in search(None, Looked("crafty origami")).page.rows] == [True, False, False]


def found(words: str = "", **more: Any) -> list[tuple[str, tuple[str, ...], bool]]:
    """What is found, and what of all that was asked each does not answer."""
    read_as(None)
    return [(each.service.name, each.lacks, each.unticked) for each in search(None, Looked(words, **more)).page.rows]


def test_what_fits_in_part_says_which_words_it_says_nothing_of_and_is_counted_apart(charity: Any, offered: Any) -> None:
    offered(charity, name="Bills and benefits", needs=["money_and_debt"], description="Bring your letters.")
    offered(charity, name="Origami for all", needs=["things_to_do"], description="Paper, and a cup of tea.")
    offered(charity, name="Skint and folding", needs=["money_and_debt"], description="Origami while we talk of bills.")
    assert found("we are skint, origami") == [
        ("Skint and folding", (), False), ("Bills and benefits", ("origami",), False), ("Origami for all", ("skint",), False),
    ]  # fmt: skip
    read_as(None)
    answer = search(None, Looked("we are skint, origami"))
    assert (answer.of_all, answer.of_fitting, answer.in_part) == (3, 1, 2)
    assert [each.fits for each in answer.page.rows] == [True, False, False]
    assert [each.about for each in answer.page.rows] == [True, True, False], (
        "a need that was understood comes before a word"
    )


def test_a_word_put_right_is_the_one_that_is_missing(charity: Any, offered: Any) -> None:
    offered(charity, name="Origami", description="Paper.")
    offered(charity, name="Zumba", description="Dance.")
    assert [lacks for _, lacks, _ in found("origamy zumba")] == [("zumba",), ("origami",)]


def test_who_it_is_for_and_how_it_is_said_is_lacked_by_nothing_beside_a_need(charity: Any, offered: Any) -> None:
    offered(charity, name="Talking", needs=["feelings"], description="For those who are anxious: sleep too.")
    offered(charity, name="Dads and little ones", needs=["parenting"], description="Play for a dad and a child.")
    offered(charity, name="A daughter’s circle", description="Sewing.")
    for typed in ("my daugter has anxiety and wont sleep", "mum of a son who has anxiety and cant sleep"):
        lacked = {word for _, lacks, _ in found(typed) for word in lacks}
        assert lacked <= {"anxiety", "sleep"}, typed
    read_as(None)
    assert search(None, Looked("my daugter has anxiety")).put_right == {}, "what is not looked for is not put right"
    assert names("dads")[0] == "Dads and little ones", "alone it is what somebody looks for"
    words = ["wont", "school"]
    assert to_look_for(pack().directory, words) == words, "together they say more than without"


def test_of_what_fits_in_part_the_nearest_does_not_come_before_what_fits_more(charity: Any, offered: Any) -> None:
    offered(charity, name="Near", description="Origami.")
    offered(charity, name="Far", description="Origami and zumba.", places=[FAR])
    assert names("origami zumba juggling", near="BB11 1AA") == ["Far", "Near"]


def test_what_is_listed_under_nothing_that_was_ticked_fits_in_part(charity: Any, offered: Any) -> None:
    offered(charity, name="Origami", needs=["things_to_do"], description="Paper.")
    offered(charity, name="Talk", needs=["housing"], description="Of homes.")
    assert found("origami", needs=("housing",)) == [("Origami", (), True), ("Talk", ("origami",), False)]
    assert found("", needs=("housing", "things_to_do")) == [("Origami", (), False), ("Talk", (), False)], (
        "any of them will do"
    )


def test_nothing_asked_is_lacked_by_nothing(charity: Any, offered: Any) -> None:
    offered(charity, name="Origami")
    assert found("", near="BB11") == [("Origami", (), False)] == found("", age=3)


def test_stale_ones_that_fit_all_come_before_fresh_ones_that_fit_in_part(charity: Any, offered: Any) -> None:
    with clock.frozen(clock.now() - dt.timedelta(days=700)):
        offered(charity, name="Origami and zumba", description="Both.")
    offered(charity, name="Zumba", description="Dance.")
    offered(charity, name="Origami and zumba too", description="Both.")
    assert [name for name, *_ in found("origami zumba")] == ["Origami and zumba too", "Origami and zumba", "Zumba"]


def test_the_nearest_come_first_and_those_too_far_are_left_out(charity: Any, offered: Any) -> None:
    offered(charity, name="Far", places=[FAR])
    offered(charity, name="Near")
    offered(charity, name="On the telephone", places=[], held="phone")
    offered(
        charity,
        name="Round the corner, nobody knows where",
        places=[PLACE | {"postcode": "BB11 9ZZ", "latitude": None, "longitude": None}],
    )
    offered(charity, name="Both", places=[FAR, PLACE | {"postcode": "BB11 2AA", "latitude": 53.80}])
    found = ["Near", "Both", "Round the corner, nobody knows where", "Far", "On the telephone"]
    assert names("play", near="bb11 1aa") == found and set(names("play", near="BB11")) == set(found)
    assert names("play", near="BB11 1AA", within=5) == [name for name in found if name != "Far"]
    read_as(None)
    metres = {each.service.name: each.metres for each in search(None, Looked("play", near="PR7 1AA")).page.rows}
    assert metres["Far"] == 0 and 28_000 < (metres["Near"] or 0) < 31_500 and metres["On the telephone"] is None


def test_a_place_is_as_exact_as_what_we_know_and_no_more(charity: Any, offered: Any) -> None:
    offered(charity)
    offered(charity, name="Other", places=[PLACE | {"postcode": "BB11 2ZZ", "latitude": 53.9}])
    assert place_of("BB11 1AA").latitude == 53.789 and place_of("BB11 1ZZ").latitude == 53.789
    assert place_of("bb11").latitude == pytest.approx(53.8445) and place_of("BB11 9XX").latitude == pytest.approx(
        53.8445
    )
    assert not place_of("ZZ99 9ZZ").is_known and place_of("ZZ99 9ZZ").outward == "ZZ99"
    assert place_of("nowhere").outward == "" and place_of("BB1").outward == "BB1" and not place_of("BB1").is_known


def test_stale_entries_sink_beneath_fresh_ones_and_rise_when_they_are_confirmed(
    charity: Any, offered: Any, cast: Any
) -> None:
    with clock.frozen(clock.now() - dt.timedelta(days=700)):
        stale = offered(charity, name="A first by name, and near")
    offered(charity, name="Z fresh, and far", places=[FAR])
    assert names("play", near="BB11 1AA") == ["Z fresh, and far", "A first by name, and near"]
    assert names("play") == ["Z fresh, and far", "A first by name, and near"]
    with acting_as(cast.provider):
        confirm_service(by=cast.provider, service=stale)
    assert names("play") == ["A first by name, and near", "Z fresh, and far"]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"age": 4}, True), ({"age": 6}, False), ({"day": "TU"}, True), ({"day": "WE"}, False), ({"free": True}, True),
        ({"language": "ur"}, True), ({"language": "pl"}, False), ({"access": ("step_free",)}, True),
        ({"access": ("step_free", "hearing_loop")}, False), ({"needs": ("speech_and_play",)}, True), ({"needs": ("housing",)}, False),
        ({"page": 2}, False), ({"page": "x"}, True),
    ],
)  # fmt: skip
def test_each_choice_narrows(more: dict[str, Any], found: bool, charity: Any, offered: Any) -> None:
    offered(charity)
    words = "" if "needs" in more else "messy"
    assert names(words, **more) == (["Stay and play"] if found else [])


def test_a_monthly_day_is_that_day_and_what_costs_is_not_free(charity: Any, offered: Any) -> None:
    offered(charity, sessions=[SESSION | {"days": ["1MO"]}], is_free=None)
    assert names("messy", day="MO") and not names("messy", day="TU") and not names("messy", free=True)


def test_what_does_not_run_is_not_found(charity: Any, offered: Any, cast: Any) -> None:
    service = offered(charity)
    assert names("messy") == ["Stay and play"]
    entry = entry_of(with_parts(Service.objects.all()).get(pk=service.pk))
    for status, found in (("temporarily closed", []), ("active", ["Stay and play"]), ("defunct", [])):
        service = Service.objects.get(pk=service.pk)
        with acting_as(cast.commissioner):
            write_service(
                by=cast.commissioner, organisation=service.organisation, service=service, entry=entry | {"status": status},
                version=service.version,
            )  # fmt: skip
        assert names("messy") == found


def test_the_finders_rows_follow_every_part_of_an_entry(charity: Any, offered: Any, cast: Any) -> None:
    service = offered(charity, places=[PLACE, FAR])
    assert {each.outward for each in of(service)} == {"BB11", "PR7"}
    entry = entry_of(with_parts(Service.objects.all()).get(pk=service.pk))
    moved = entry | {
        "places": [entry["places"][0] | {"postcode": "BB10 2ZZ", "latitude": 53.7, "accessibility": ["hearing_loop"]}],
        "sessions": [SESSION | {"days": ["SA"]}], "needs": ["housing"], "circumstances": [], "name": "Elsewhere", "maximum_age": 9,
    }  # fmt: skip
    with acting_as(cast.commissioner):
        write_service(by=cast.commissioner, organisation=charity, service=service, entry=moved, version=service.version)
    read_as(None)
    (row,) = of(service)
    assert (row.name, row.outward, row.latitude, row.days) == ("Elsewhere", "BB10", 53.7, ["SA"])
    assert (row.accessibility, row.maximum_age, len(row.terms)) == (["hearing_loop"], 9, 1)


def test_the_finders_words_follow_what_an_entry_says(charity: Any, offered: Any, cast: Any) -> None:
    service = offered(charity, name="Zany 2nd-hand", description=f"Songs, zany {'x' * 50} %_")
    read_as(None)
    held = dict(FinderWord.objects.filter(service=service).values_list("word", "in_name"))
    assert (held["zany"], held["2nd"], held["songs"], held["x" * 40]) == (True, True, False, False)
    assert names("zan") == names("2nd") == names("song") == names("x" * 60) == ["Zany 2nd-hand"]
    assert names("ong") == [], "a word is found by its beginning"
    entry = entry_of(with_parts(Service.objects.all()).get(pk=service.pk)) | {"name": "Plain", "description": "Zany."}
    with acting_as(cast.commissioner):
        write_service(by=cast.commissioner, organisation=charity, service=service, entry=entry, version=service.version)
    read_as(None)
    assert dict(FinderWord.objects.filter(service=service).values_list("word", "in_name"))["zany"] is False
    assert names("songs") == [] and names("zany") == ["Plain"]


def test_a_page_of_what_was_found_costs_the_same_for_one_and_for_thirty(charity: Any, offered: Any) -> None:
    def cost() -> int:
        read_as(None)
        with CaptureQueriesContext(connection) as queries:
            search(None, Looked("freind play", near="BB11 1AA", within=20, day="TU", access=("step_free",)))
        return len(queries)

    offered(charity)
    one = cost()
    for number in range(30):
        offered(charity, name=f"Stay and play {number}", places=[PLACE, FAR])
    assert cost() == one
    read_as(None)
    first, last = (search(None, Looked("stay and play", page=page)) for page in (1, 4))
    assert first.of_all == 31 and first.page.more and len(first.page.rows) == 10
    assert len(last.page.rows) == 1 and not last.page.more


def test_nobody_writes_what_the_finder_reads(charity: Any, offered: Any, cast: Any) -> None:
    service = offered(charity)
    for who in (cast.commissioner, cast.provider, cast.administrator):
        with acting_as(who):
            for write in (
                lambda: DirectoryWord.objects.create(word="nonsense"),
                lambda: FinderEntry.objects.create(service=service, name="x", outward="", is_placed=False),
                lambda: FinderEntry.objects.update(name="x"),
                lambda: FinderWord.objects.create(word="nonsense", service=service, in_name=True),
                lambda: FinderWord.objects.update(word="x"),
                lambda: FinderWord.objects.all().delete(),
                lambda: FinderEntry.objects.all().delete(),
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    write()
