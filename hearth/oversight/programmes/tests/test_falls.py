"""A programme that asks for counts to have fallen: who looks again counts, by hand and refused, and what a result does not ask for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from hearth.foundation.core.packs.claims import ClaimRules
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.programmes import actions, gathering
from hearth.oversight.programmes.models import LookAgain
from hearth.oversight.programmes.working import work_out

FALL = {"code": "noise", "label": "Noise at night, in six months", "at_least_percent": 60}


@pytest.fixture
def counting(local: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The authority's own framework, with a need that asks for a fall and one that a result does not ask for."""
    written = local.claim.model_dump(by_alias=True)
    for need in written["need"]:
        if need["code"] == "relationships":
            need["fall"] = (FALL,)
        if need["code"] == "safety":
            need["is_asked"] = False
    changed = local.model_copy(update={"claim": ClaimRules.model_validate(written)})
    monkeypatch.setattr(gathering, "frameworks", lambda: [changed])
    return changed


@pytest.fixture
def look_at(cast: Any, counting: Any) -> Callable[..., LookAgain]:
    """The analyst looks at the need that asks for a fall."""

    def do(
        helped: Any, counted: dict[str, tuple[int, int]], still_met: bool = True, need: str = "relationships"
    ) -> LookAgain:
        from hearth.oversight.programmes.tests.conftest import ago

        with acting_as(cast.analyst):
            return actions.look_again(
                by=cast.analyst, case=helped.case.id, framework=counting, need=need, seen_on=ago(5), how="record",
                still_met=still_met, counted=counted,
            )  # fmt: skip

    return do


def _worked(cast: Any, framework: Any, helped: Any) -> Any:
    from hearth.foundation.core import clock

    key = (helped.case.id, framework.code)
    with acting_as(cast.analyst):
        found = gathering.facts_of([(helped.case.id, clock.today())])[helped.case.id, clock.today()]
        named, looks = (each(cast.analyst, [helped.case.id])[key] for each in (gathering.named_of, gathering.looks_of))
        return work_out(gathering.basis_now(framework, found, named, looks, []))


def test_it_is_met_with_both_counts_and_only_where_they_fell_far_enough(
    helped: Any, name_needs: Any, counting: Any, look_at: Any, cast: Any
) -> None:
    found = helped()
    name_needs(found, framework=counting)
    for counted, sentence in (
        ({}, "Enter both counts"),
        ({"noise": (10, 5)}, "10 before and 5 after is not 60% fewer"),
        ({"other": (1, 0)}, "does not ask for"),
    ):
        with pytest.raises(Refused, match=sentence):
            look_at(found, counted)
    with acting_as(cast.analyst):
        assert not LookAgain.objects.exists()
    look_at(found, {"noise": (10, 4)})
    assert _worked(cast, counting, found).holds
    look_at(found, {"noise": (10, 5)}, still_met=False)
    assert not _worked(cast, counting, found).holds


def test_a_claim_rests_on_the_counts_and_on_no_need_that_a_result_does_not_ask_for(
    helped: Any, name_needs: Any, counting: Any, look_at: Any, cast: Any
) -> None:
    found = helped(reached=(1,), closes=False)  # the second outcome is open, and its need is not asked for
    name_needs(found, framework=counting)
    look_at(found, {"noise": (10, 4)})
    worked = _worked(cast, counting, found)
    assert worked.holds, worked.missing
    shown = " ".join(each.words for need in worked.needs for each in need.evidence)
    assert "Noise at night, in six months: 10 before, 4 after" in shown


def test_the_counts_are_typed_on_the_page_for_the_need_that_was_chosen(
    helped: Any, name_needs: Any, counting: Any, cast: Any, as_client: Any
) -> None:
    found = helped()
    name_needs(found, framework=counting)
    analyst = as_client(cast.analyst)
    page = reverse("look_again", args=[found.case.reference, counting.code])
    assert "how many before the help?" in analyst.get(page).content.decode()
    from hearth.oversight.programmes.tests.conftest import ago

    day = ago(5)
    typed = {
        "need": "relationships", "seen_on-day": day.day, "seen_on-month": day.month, "seen_on-year": day.year, "how": "record",
        "still_met": "yes", "before_1": "10",
    }  # fmt: skip
    refused = analyst.post(page, typed)
    assert refused.status_code == 403 and "Enter both counts" in refused.content.decode()
    assert analyst.post(page, typed | {"after_1": "-1"}).status_code == 422
    other = analyst.post(page, typed | {"after_1": "3", "need": "safety"})
    assert other.status_code == 422 and "This is counted for" in other.content.decode(), (
        "they are not dropped in silence"
    )
    assert analyst.post(page, typed | {"after_1": "3"}).status_code == 302
    with acting_as(cast.analyst):
        assert LookAgain.objects.get().counted == [{"code": "noise", "before": 10, "after": 3}]
