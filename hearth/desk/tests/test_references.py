"""A reference, as somebody reads it out or copies it, leads to its page; and to nothing where one may not look."""

import re
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.front_door.tests.conftest import asking
from hearth.desk.references import by_reference
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.references import new_reference, read_reference


@pytest.mark.parametrize(
    "write",
    [
        str.lower,
        lambda reference: f"  {reference[:2]} {reference[3:6]} {reference[6:]} ",
        lambda reference: reference.replace("-", ""),
        lambda reference: reference.replace("-", " – "),
    ],
)
def test_a_reference_is_read_however_it_is_typed(write: Any) -> None:
    reference = new_reference("EH")
    assert read_reference(write(reference)) == reference


@pytest.mark.parametrize(
    "typed", ["", "Kelly", "EH-1234567", "EH-AAAAAAA", "x" * 5000, "EH-4F7K3QX; drop", "\x00", "–"]
)
def test_anything_else_is_no_reference(typed: str) -> None:
    assert read_reference(typed) == ""


def test_a_case_a_family_and_a_request_are_found_by_those_who_may_open_them(cast: Any, case: Any, area: Any) -> None:
    request = asking(cast, area)(consent_on=None)
    page = reverse("family", args=[case.family.reference])
    for who, opens, reads in (
        (cast.family_worker, True, False),
        (cast.front_door_officer, True, True),
        (cast.practitioner, False, True),  # whoever asked
        (cast.other_front_door_officer, False, False),
        (cast.analyst, False, False),
    ):
        with acting_as(who):
            found = {ref: by_reference(who, ref) for ref in (case.reference, case.family.reference, request.reference)}
        assert (getattr(found[case.reference], "url", "") == page) is opens
        assert (found[case.family.reference] is not None) is opens
        assert (found[request.reference] is not None) is reads


def test_the_search_page_leads_there_and_says_the_same_of_what_is_hidden_and_what_is_not_there(
    cast: Any, case: Any, as_client: Any
) -> None:
    def found(who: Any, words: str) -> str:
        return re.sub(r"\s+", " ", as_client(who).get(reverse("find_people"), {"words": words}).content.decode())

    typed = case.reference.lower().replace("-", " ")
    assert f"Case {case.reference}" in found(cast.family_worker, typed)
    hidden, absent = found(cast.other_manager, typed), found(cast.other_manager, new_reference("EH"))
    assert "Nothing was found" in hidden and "Nothing was found" in absent and case.reference not in hidden
