"""Two sources of an invented town: who is found, and who of a family is never taken for another."""

from dataclasses import dataclass, field

import pytest

from hearth.linkage.pipeline import Linked, Settings
from hearth.linkage.tests.town import Row, build, linked, nhs, precision_and_recall

HOME, CODE = "14 Weavers Row", "BB11 9ZZ"


def row(person: str, given: str | None, family: str | None, born: str | None, **more: str | None) -> Row:
    """Somebody of the Weavers Row households, with whatever else is said."""
    return Row(person, "weavers", given, family, born, **{"address": HOME, "postcode": CODE, **more})


# name of the case: what the roll holds, what the visitor's book holds
PEOPLE = {
    "twins": ([row("a", "Amy", "Thistle", "2016-04-02", sex="f"), row("b", "Ava", "Thistle", "2016-04-02", sex="f")],
        [row("a", "Amy", "Thistle", "02/04/2016"), row("b", "Ava", "Thistle", "02/04/2016")]),
    "twins of whom one was seen": ([row("c", "Kit", "Bramble", "2015-11-30"), row("d", "Jem", "Bramble", "2015-11-30")],
        [row("d", "Jem", "Bramble", "30/11/2015")]),
    "father and son of one name": ([row("e", "John", "Haslam", "1979-03-05", sex="m"), row("f", "John", "Haslam", "2009-08-17", sex="m")],
        [row("f", "John", "Haslam", "17/08/2009"), row("e", "John", "Haslam", "05/03/1979")]),
    "a married name": ([row("g", "Kelly", "Nuttall", "1990-05-02", sex="f")], [row("g", "Kelly", "Pickup", "02/05/1990")]),
    "a moved house": ([row("h", "Leo", "Cronshaw", "2014-01-21")],
        [row("h", "Leo", "Cronshaw", "21/01/2014", address="3 Harbour Walk", postcode="FY8 1AA")]),
    "a short name": ([row("i", "Robert", "Eccleshall", "2011-06-09")], [row("i", "Bob", "Eccleshall", "09/06/2011")]),
    "names swapped": ([row("j", "Tariq", "Aziz", "2013-10-12")], [row("j", "Aziz", "Tariq", "12/10/2013")]),
    "day and month swapped": ([row("k", "Nell", "Fairclough", "2012-03-07")], [row("k", "Nell", "Fairclough", "03/07/2012")]),
    "another alphabet": ([row("l", "Oleksandr", "Shevchenko", "2010-12-01")], [row("l", "Олександр", "Шевченко", "01/12/2010")]),
    "an accent and an apostrophe": ([row("m", "Zoë", "O'Malley", "2017-02-14")], [row("m", "Zoe", "OMalley", "14/02/2017")]),
    "most of it missing": ([row("n", "Isolde", "Kershaw", "2012-09-25", sex="f")],
        [row("n", "Isolde", "Kershaw", "25/09/2012", address=None, postcode=None)]),
    "a slip in the NHS number": ([row("o", "Bertram", "Yates", "2009-07-07", nhs=nhs(7001))],
        [row("o", "Bertram", "Yates", "07/07/2009", nhs=nhs(7001)[:8] + "00")]),
    "a number and little else": ([row("q", "Winifred", "Holt", "2008-05-19", nhs=nhs(7002))],
        [row("q", "Win", "Holt", None, nhs=nhs(7002), address=None, postcode=None)]),
}  # fmt: skip
# A number typed for the wrong person: an entirely different man with the same NHS number.
WRONG_NUMBER = ([row("r", "Ezekiel", "Sumner", "1961-01-30", nhs=nhs(7003))],
    [row("s", "Mia", "Pollard", "04/11/2019", nhs=nhs(7003), address="77 Tide Street", postcode="PR1 4XX")])  # fmt: skip


@dataclass
class Told:
    """What linking the town gave, beside the truth."""

    linked: Linked
    truth: dict[str, str]
    sources: dict[str, str]
    found: dict[str, str]
    ids: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def told() -> Told:
    """The town with every named case among its people, linked once. Each source lists a person once."""
    town = build(260, seed=5)
    ids: dict[str, tuple[list[str], list[str]]] = {}
    for name, (roll, book) in {**PEOPLE, "wrong number": WRONG_NUMBER}.items():
        lived = f"weavers {name}"
        homes = {r.person: r for r in roll}
        ids[name] = (
            [f"r{len(town.roll) + place}" for place in range(len(roll))],
            [f"b{len(town.book) + place}" for place in range(len(book))],
        )
        town.roll += [_at(r, lived, len(ids)) for r in homes.values()]
        town.book += [_at(r, lived, len(ids)) for r in book]
    result = linked({"roll": town.roll, "book": town.book}, Settings(mode="link", each_once=True))
    truth = {f"r{place}": r.person for place, r in enumerate(town.roll)}
    truth |= {f"b{place}": r.person for place, r in enumerate(town.book)}
    found = {str(r["id"]): str(r["cluster"]) for r in result.clusters().to_pylist()}
    return Told(result, truth, {name: name[0] for name in truth}, found, ids)


def _at(who: Row, home: str, door: int) -> Row:
    """Each case lives behind a door of its own."""
    from dataclasses import replace

    if who.address != HOME:
        return replace(who, home=home)
    return replace(who, home=home, address=f"{door} Weavers Row", postcode=f"BB11 9Z{chr(64 + door)}")


def test_nearly_everybody_is_found_and_hardly_anybody_taken_for_another(told: Told) -> None:
    precision, recall = precision_and_recall(told.found, told.truth, told.sources)
    assert precision >= 0.995
    assert recall >= 0.975


@pytest.mark.parametrize("name", PEOPLE)
def test_each_is_known_again_and_not_taken_for_the_other(told: Told, name: str) -> None:
    roll, book = told.ids[name]
    for one in roll:
        for other in book:
            assert (told.found[one] == told.found[other]) == (told.truth[one] == told.truth[other]), (one, other)


def test_a_number_alone_does_not_make_two_people_one(told: Told) -> None:
    (one,), (other,) = told.ids["wrong number"]
    assert told.found[one] != told.found[other]
    assert told.linked.explain(("roll", one), ("book", other)).probability < 0.5


def test_brothers_and_sisters_are_never_linked_however_much_they_share(told: Told) -> None:
    connection = told.linked.connection
    close = connection.sql(
        "select l.id, r.id from records l join records r on l.source = 'roll' and r.source = 'book' and l.family = r.family"
        " and l.street = r.street join clusters p on p.rid = l.rid join clusters q on q.rid = r.rid and p.cluster = q.cluster"
    ).fetchall()
    melted = [(one, other) for one, other in close if told.truth[one] != told.truth[other]]
    assert len(close) > 300
    assert len(melted) <= 1


def test_no_person_gets_two_records_of_a_source_that_lists_each_once(told: Told) -> None:
    twice = told.linked.connection.sql(
        "select cluster, source from clusters join records using (rid) group by all having count(*) > 1"
    ).fetchall()
    assert twice == []


def test_a_doubtful_pair_goes_to_a_person_and_is_not_linked(told: Told) -> None:
    review = [pair for pair in told.linked.pairs().to_pylist() if pair["decision"] == "review"]
    assert review
    assert all(told.found[pair["id_a"]] != told.found[pair["id_b"]] for pair in review)
    assert all(pair["probability"] >= 0.05 for pair in review)


def test_evidence_says_in_words_what_agreed_and_adds_up(told: Told) -> None:
    (one,), (other,) = told.ids["a short name"]
    evidence = told.linked.explain(("roll", one), ("book", other))
    assert "a known form of the same given name" in evidence.words()
    assert "the same birth date" in evidence.words()
    assert sum(line.bits for line in evidence.lines) == pytest.approx(evidence.bits, abs=0.05)


def test_what_a_household_shares_speaks_less_for_twins(told: Told) -> None:
    roll, book = told.ids["twins of whom one was seen"]
    apart = told.linked.explain(("roll", roll[0]), ("book", book[0]))
    assert any(line.attribute == "household" and line.bits < -5 for line in apart.lines)
    assert apart.probability < 0.5


def test_no_data_is_no_evidence(told: Told) -> None:
    (one,), (other,) = told.ids["most of it missing"]
    told_of = {line.attribute for line in told.linked.explain(("roll", one), ("book", other)).lines}
    assert not told_of & {"home", "nhs_number", "sex", "middle"}
