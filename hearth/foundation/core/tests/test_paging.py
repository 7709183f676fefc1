"""Which page of a list is asked for, whatever stands in the address."""

from typing import Any

import pytest

from hearth.foundation.core.paging import number_of


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("1", 1), ("7", 7), (3, 3), ("0", 1), ("", 1), (None, 1), ("-2", 1), ("2.5", 1), ("two", 1), (" 4", 1),
        ("\u00b2", 1), ("\u0663", 1), ("999", 999), ("1000", 1000), ("1001", 1000), ("9" * 5000, 1000),
    ],
)  # fmt: skip
def test_a_page_is_a_number_in_figures_and_within_what_is_given_out(asked: Any, number: int) -> None:
    assert number_of(asked) == number
    assert number_of(asked, most=200) == min(number, 200)


@pytest.mark.parametrize("asked", ["%C2%B2", "%D9%A3", "9" * 4400, "-1", "nan"])
@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("manager", "/cases/?whose=all&page={}"),
        ("manager", "/people/find/?words=Ash&page={}"),
        ("manager", "/families/{family}/chronology/?page={}"),
        ("analyst", "/claims/families/?page={}"),
        ("administrator", "/messages/?page={}"),
    ],
)
def test_a_list_asked_for_a_page_that_is_none_shows_one(
    cast: Any, case: Any, as_client: Any, who: str, path: str, asked: str
) -> None:
    answer = as_client(getattr(cast, who)).get(path.format(asked, family=case.family.reference))
    assert answer.status_code == 200, path
