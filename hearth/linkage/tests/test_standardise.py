"""What people typed becomes what can be compared, and what says nothing becomes blank."""

from typing import Any

import pyarrow as pa
import pytest

from hearth.linkage.columns import Columns, LinkageProblem
from hearth.linkage.engine import connect, known_variants
from hearth.linkage.records import number_records
from hearth.linkage.standardise import PIVOT, order_of_dates

CONNECTION = connect(threads=1)


def standard(rows: list[dict[str, str | None]], **columns: Any) -> list[dict[str, Any]]:
    """The records made of rows, in the order of their ids."""
    connection = CONNECTION
    names = sorted({name for row in rows for name in row})
    connection.register(
        "given", pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})
    )
    meanings = {name: (column,) for name, column in columns.items() if name != "date_order"}
    number_records(connection, {"file": "given"}, Columns(**meanings, date_order=columns.get("date_order", "")))
    return connection.sql("from records order by rid").to_arrow_table().to_pylist()


def one_name(text: str | None) -> Any:
    """A given name as it is compared; a family name beside it keeps the record."""
    return standard([{"g": text, "f": "Holt"}], given_name="g", family_name="f")[0]["given"]


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("  ZOË ", "zoe"),
        ("Siân", "sian"),
        ("Łukasz", "lukasz"),
        ("Strauß", "strauss"),
        ("D'Arcy", "darcy"),
        ("D’Arcy", "darcy"),
        ("Олександр", "oleksandr"),
        ("Γιώργος", "giorgos"),
        ("Dr. Amina", "amina"),
        ("Sir John", "john"),
    ],
)
def test_a_name_is_compared_without_case_accents_apostrophes_titles_or_another_alphabet(
    typed: str, compared: str
) -> None:
    assert one_name(typed) == compared


@pytest.mark.parametrize("typed", ["", "  ", "Unknown", "N/A", "not known", "Baby", "xxx", "123", None])
def test_what_only_says_that_there_is_no_name_is_no_data(typed: str | None) -> None:
    assert one_name(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "Adult Male",
        "Female Child",
        "Son of",
        "Lady in the",
        "Mother of",
        "Baby 2",
        "The occupier",
        "Child",
        "Twin 1",
        "Male",
    ],
)
def test_what_says_who_somebody_is_and_not_their_name_is_no_data(typed: str) -> None:
    assert one_name(typed) is None


@pytest.mark.parametrize(
    "name",
    [
        "child",
        "kidd",
        "twining",
        "manning",
        "house",
        "young",
        "home",
        "masters",
        "brothers",
        "husband",
        "male",
        "gentleman",
        "father",
        "brother",
        "tenant",
        "lodger",
    ],
)
def test_a_family_that_is_called_so_keeps_its_name(name: str) -> None:
    (row,) = standard([{"g": "Amy", "f": name}], given_name="g", family_name="f")
    assert row["family"] == name


@pytest.mark.parametrize("name", ["guy", "sonny", "malena", "ofelia", "infanta", "thea", "inez"])
def test_a_given_name_that_only_begins_like_such_a_word_is_kept(name: str) -> None:
    assert one_name(name) == name


@pytest.mark.parametrize(
    ("age", "at", "year"),
    [
        ("9", "2020", 2011),
        ("9 years", "03/04/2020", 2011),
        ("9.5", "2020-04-03", 2011),
        ("0", "2020", 2020),
        ("S5", "2020", 2015),
        ("", "2020", None),
        ("9", "", None),
        ("999", "2020", None),
        ("about 9 or 10", "2020", None),
    ],
)
def test_an_age_gives_a_year_of_birth_where_it_is_known_when_it_was_written(
    age: str, at: str, year: int | None
) -> None:
    (row,) = standard([{"g": "Amy", "a": age, "at": at}], given_name="g", age="a", as_at="at")
    assert row["aged"] == year


def test_an_age_needs_the_day_or_year_it_is_of() -> None:
    with pytest.raises(LinkageProblem, match="as_at"):
        standard([{"g": "Amy", "a": "9"}], given_name="g", age="a")


def test_a_second_given_name_is_kept_beside_the_first() -> None:
    (row,) = standard([{"g": "Anna Maria", "f": "Holt"}], given_name="g", family_name="f")
    assert (row["given"], row["middle"]) == ("anna", "maria")


def test_a_whole_name_alone_gives_its_first_and_its_last_word() -> None:
    (row,) = standard([{"n": "Mr John Peter Haslam"}], full_name="n")
    assert (row["given"], row["family"]) == ("john", "haslam")


@pytest.mark.parametrize(
    "typed",
    [
        "2011-04-03",
        "03/04/2011",
        "3.4.2011",
        "3 April 2011",
        "03-Apr-11",
        "2011-04-03T00:00:00",
        "03/04/2011 00:00",
        "03042011",
    ],
)
def test_a_birth_date_is_the_same_however_it_is_written(typed: str) -> None:
    (row,) = standard([{"b": typed}], birth_date="b")
    assert (row["born"], row["birth_year"], row["birth_month"], row["birth_day"]) == ("20110403", 2011, 4, 3)


def test_a_date_order_that_is_given_is_kept_to() -> None:
    assert standard([{"b": "03/04/2011"}], birth_date="b", date_order="mdy")[0]["born"] == "20110304"
    assert standard([{"b": "20110403"}], birth_date="b", date_order="ymd")[0]["born"] == "20110403"


@pytest.mark.parametrize(
    ("dates", "order"), [(("01/02/2011", "03/25/2011", "04/30/2012"), "mdy"), (("25/03/2011", "01/02/2011"), "dmy")]
)
def test_days_above_twelve_say_which_figures_are_the_month(dates: tuple[str, ...], order: str) -> None:
    connection = connect(threads=1)
    connection.register("given", pa.table({"b": dates}))
    assert order_of_dates(connection, "given", Columns(birth_date=("b",))) == order


def test_a_part_of_a_birth_date_is_kept_as_that() -> None:
    year, month = standard([{"b": "2011"}, {"b": "2011-04"}], birth_date="b")
    assert (year["birth_year"], year["birth_month"], year["born"]) == (2011, None, None)
    assert (month["birth_year"], month["birth_month"], month["born"]) == (2011, 4, None)


def test_a_year_of_two_figures_is_of_this_century_below_the_pivot() -> None:
    new, old = standard([{"b": f"01/02/{PIVOT - 1}"}, {"b": f"01/02/{PIVOT}"}], birth_date="b")
    assert (new["birth_year"], old["birth_year"]) == (2000 + PIVOT - 1, 1900 + PIVOT)


def test_an_impossible_date_is_still_compared_figure_by_figure() -> None:
    assert standard([{"b": "1958-07-76"}], birth_date="b")[0]["born"] == "19580776"


def test_a_birth_date_in_three_columns_is_one() -> None:
    assert (
        standard([{"y": "2011", "m": "4", "d": "3"}], birth_year="y", birth_month="m", birth_day="d")[0]["born"]
        == "20110403"
    )


@pytest.mark.parametrize(
    ("typed", "kept"), [("999 000 1235", "9990001235"), ("0000000000", None), ("12345", None), ("9999999999", None)]
)
def test_an_nhs_number_is_its_ten_figures_and_a_filled_in_one_is_blank(typed: str, kept: str | None) -> None:
    assert standard([{"f": "Holt", "n": typed}], family_name="f", nhs_number="n")[0]["nhs_number"] == kept


def test_a_telephone_number_is_the_same_with_and_without_its_country() -> None:
    rows = standard(
        [{"f": "Holt", "t": "+44 7700 900123"}, {"f": "Holt", "t": "07700 900123"}], family_name="f", phone="t"
    )
    assert {row["phone"] for row in rows} == {"700900123"}


def test_an_address_and_a_postcode_are_compared_in_short_words_without_blanks() -> None:
    (row,) = standard([{"a": "12, Mill Street.", "p": "bb11 2aa"}], address="a", postcode="p")
    assert (row["street"], row["postcode"], row["outward"]) == ("12 mill st", "bb112aa", "bb11")


@pytest.mark.parametrize(("typed", "kept"), [("Female", "f"), ("M", "m"), ("2", "f"), ("1", "m"), ("not stated", None)])
def test_sex_is_a_letter_or_blank(typed: str, kept: str | None) -> None:
    assert standard([{"f": "Holt", "s": typed}], family_name="f", sex="s")[0]["sex"] == kept


def test_rows_without_an_id_are_numbered_as_they_stand_in_the_file() -> None:
    rows = standard(
        [{"f": f"Holt{chr(97 + place // 26)}{chr(97 + place % 26)}"} for place in range(400)], family_name="f"
    )
    names = {int(row["id"]): row["family"] for row in rows}
    assert [names[number] for number in sorted(names)] == sorted(names.values())
    assert sorted(names) == list(range(1, 401))


def test_two_records_of_a_source_with_one_id_are_refused() -> None:
    with pytest.raises(LinkageProblem, match="Two records of file have the id 1"):
        standard([{"i": "1", "f": "Holt"}, {"i": "1", "f": "Holt"}], id="i", family_name="f")


def test_a_record_without_an_id_is_refused_where_others_have_one() -> None:
    with pytest.raises(LinkageProblem, match="no id"):
        standard([{"i": "1", "f": "Holt"}, {"i": None, "f": "Holt"}], id="i", family_name="f")


def test_every_known_form_of_a_name_is_small_letters_and_in_a_set_of_two_or_more() -> None:
    sets: dict[int, set[str]] = {}
    for name, number in known_variants():
        sets.setdefault(number, set()).add(name)
    assert all(len(names) > 1 for names in sets.values())
    assert all(
        name == name.lower().strip() and name.replace(" ", "").isalpha() and name.isascii()
        for name, _ in known_variants()
    )
