"""The three packs load, and hold what the papers say."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import override_settings
from pydantic import ValidationError

from hearth.foundation.core.pack import PackError, check, find, label_of, load_pack, offered, pack
from hearth.foundation.core.packs.request_form import ASKERS
from hearth.foundation.core.packs.retention import RECORD_KINDS
from hearth.foundation.core.packs.sharing import CATEGORIES
from hearth.foundation.core.packs.whole import Pack
from hearth.foundation.core.tests.packs import PACKS, PRACTICE

LOADED = {name: load_pack(PRACTICE / name) for name in PACKS}
LANCASHIRE, STOCKTON, ESSEX = LOADED["lancashire"], LOADED["stockton"], LOADED["essex"]


@pytest.fixture(params=PACKS)
def each(request: pytest.FixtureRequest) -> Pack:
    """Each pack in turn."""
    return LOADED[request.param]


@pytest.mark.parametrize("name", PACKS)
def test_the_pack_has_no_fault(name: str) -> None:
    assert check(PRACTICE / name) == []


def test_every_folder_of_practice_is_a_pack_or_shared() -> None:
    folders = {path.name for path in PRACTICE.iterdir() if path.is_dir()}
    assert folders == {*PACKS, "england"}


def test_the_pack_in_use_is_the_one_the_setting_names() -> None:
    with override_settings(PRACTICE="essex"):
        assert pack().authority.name == "Essex County Council"
    with override_settings(PRACTICE="stockton"):
        assert pack().authority.name == "Stockton-on-Tees Borough Council"
        assert pack() is pack()


def test_a_setting_that_names_no_pack_says_which_there_are() -> None:
    with override_settings(PRACTICE="lancs"), pytest.raises(PackError) as error:
        pack()
    assert error.value.faults == ['practice/lancs: is not the folder of a practice pack: did you mean "lancashire"?']


def test_a_loaded_pack_cannot_be_changed(each: Pack) -> None:
    with pytest.raises(ValidationError):
        each.limits.plan = 1
    assert isinstance(each.areas.districts, tuple)


def test_lancashire_has_twelve_districts_in_three_localities_and_four_opened_first() -> None:
    areas = LANCASHIRE.areas
    assert {district.name for district in areas.districts} == {
        "Burnley", "Chorley", "Fylde", "Hyndburn", "Lancaster", "Pendle", "Preston", "Ribble Valley", "Rossendale",
        "South Ribble", "West Lancashire", "Wyre",
    }  # fmt: skip
    assert len(areas.localities) == 3
    on_the_day = dt.date(2012, 7, 3)  # when the committee was told "four districts now"
    assert sum(district.is_live(on_the_day) for district in areas.districts) == 4
    assert all(district.is_live(dt.date(2012, 9, 30)) for district in areas.districts)


def test_essex_has_twelve_districts_in_five_boards_which_lie_in_four_quadrants() -> None:
    kinds = [locality.kind for locality in ESSEX.areas.localities]
    assert (kinds.count("board"), kinds.count("quadrant"), len(ESSEX.areas.districts)) == (5, 4, 12)
    assert {d.name for d in ESSEX.areas.districts_in("south-east")} == {"Castle Point", "Rochford"}
    assert {d.name for d in ESSEX.areas.districts_in("south-quadrant")} == {
        "Basildon", "Brentwood", "Castle Point", "Rochford",
    }  # fmt: skip
    assert (
        sum(len(ESSEX.areas.districts_in(each.code)) for each in ESSEX.areas.localities if each.kind == "board") == 12
    )


def test_stockton_is_one_borough() -> None:
    assert [(d.name, d.kind, d.locality) for d in STOCKTON.areas.districts] == [("Stockton-on-Tees", "borough", None)]


def test_the_tree_of_areas_puts_each_after_the_one_it_lies_in(each: Pack) -> None:
    seen: set[str | None] = {None}
    for area in each.area_tree:
        assert area.parent in seen
        seen.add(area.code)
    assert [area.code for area in each.area_tree if area.parent is None] == [each.authority.code]
    assert len(each.area_tree) == 1 + len(each.areas.localities) + len(each.areas.districts)


def test_a_locality_opens_with_the_first_of_its_districts() -> None:
    opened = {area.code: area.goes_live_on for area in LANCASHIRE.area_tree}
    assert opened["east"] == opened["burnley"] == dt.date(2012, 4, 1) < opened["pendle"]


def test_the_levels_differ_in_number_and_words() -> None:
    assert [level.number for level in LANCASHIRE.levels.levels] == [1, 2, 3, 4]
    assert [level.number for level in ESSEX.levels.levels] == [1, 2, 3]
    assert [level.code for level in STOCKTON.levels.levels] == [
        "universal", "early_help", "child_in_need", "child_protection",
    ]  # fmt: skip
    assert all(level.number is None for level in STOCKTON.levels.levels)


def test_preventative_work_is_at_the_first_level_and_early_help_above_it(each: Pack) -> None:
    levels = each.levels.levels
    assert levels[0].preventative and not levels[0].early_help
    assert each.levels.early_help and each.levels.step_up
    assert levels[-1].step_up and not any(level.early_help and level.step_up for level in levels)


def test_a_step_up_is_decided_at_a_step_up_level(each: Pack) -> None:
    outcome = each.front_door.outcome("step_up")
    assert outcome is not None
    assert set(outcome.levels) == {level.code for level in each.levels.step_up}


@pytest.mark.parametrize(
    ("name", "form", "code"), [("lancashire", "CAF", "888"), ("essex", "CAF", "881"), ("stockton", "EHA", "808")]
)
def test_each_authority_has_its_own_form_and_code(name: str, form: str, code: str) -> None:
    loaded = LOADED[name]
    assert (loaded.assessment_form.short_title, loaded.authority.la_code) == (form, code)


def test_the_fixed_codes_are_all_there(each: Pack) -> None:
    assert {category.code for category in each.sharing.categories} == set(CATEGORIES)
    assert {asker.code for asker in each.request_form.askers} == set(ASKERS)
    assert {rule.record for rule in each.retention.rules} == set(RECORD_KINDS)
    assert {outcome.code for outcome in each.front_door.outcomes} == {
        "advice", "single_agency", "assessment", "panel", "step_up", "no_further_action",
    }  # fmt: skip


def test_the_assessment_hears_the_child_the_family_and_their_strengths(each: Pack) -> None:
    form = each.assessment_form
    required = {question.code for question in (*form.required("family"), *form.required("each_child"))}
    assert {"child_words", "child_seen_alone", "family_comments", "protective_words", "took_part"} <= required
    both = [q for section in form.sections for q in section.questions if q.kind == "strengths_and_needs"]
    assert len(both) >= 14
    scale = form.question("family_score")
    assert scale is not None and scale.kind == "scale_0_10" and scale.low and scale.high


def test_the_caf_has_its_nineteen_elements() -> None:
    form = LANCASHIRE.assessment_form
    sections = {
        section.code: [q for q in section.questions if q.kind == "strengths_and_needs"] for section in form.sections
    }
    assert {code: len(found) for code, found in sections.items() if found} == {
        "development": 12, "parents": 3, "family_and_surroundings": 4,
    }  # fmt: skip


def test_the_graded_care_profile_is_kept_by_date_and_grade_only(each: Pack) -> None:
    section = each.assessment_form.section("care_profile")
    assert section is not None and section.scope == "each_child"
    kinds = {question.code: question.kind for question in section.questions}
    assert kinds.pop("gcp2_on") == "date" and kinds.pop("gcp2_by") == "text"
    assert set(kinds.values()) == {"choice"} and len(kinds) == 4
    on = each.assessment_form.question("gcp2_on")
    assert on is not None and set(on.needed_once) == set(kinds)


def test_questions_ask_nothing_of_a_family_that_only_a_child_can_answer(each: Pack) -> None:
    for section in each.assessment_form.sections:
        codes = {question.code for question in section.questions}
        assert section.scope == "each_child" or not codes & {"child_words", "child_seen_alone", "child_home_score"}


def test_the_five_outcome_areas_are_every_child_matters(each: Pack) -> None:
    assert [area.code for area in each.plans.outcome_areas] == [
        "be_healthy", "stay_safe", "enjoy_and_achieve", "make_a_positive_contribution", "achieve_economic_wellbeing",
    ]  # fmt: skip


def test_edge_of_care_and_return_home_are_reviewed_sooner(each: Pack) -> None:
    for plan_type in ("edge_of_care", "return_home"):
        assert each.first_review_days(plan_type) < each.first_review_days("early_help")
        assert each.review_interval_days(plan_type) < each.review_interval_days("early_help")
    assert each.first_review_days("early_help") == each.limits.first_review
    assert each.review_interval_days("not a plan") == each.limits.review_interval


def test_a_case_is_not_closed_for_silence_alone(each: Pack) -> None:
    reason = each.closure.reason("could_not_engage")
    assert reason is not None and reason.needs_hard_to_reach_plan


def test_a_contact_that_failed_can_be_written_down(each: Pack) -> None:
    assert [kind.code for kind in each.notes.kinds if kind.failed] == ["contact_failed"]


def test_telephone_numbers_and_addresses_are_kept_for_drama(each: Pack) -> None:
    authority = each.authority
    for number in (authority.phone, authority.safeguarding.phone, authority.safeguarding.out_of_hours_phone):
        assert number.replace(" ", "").startswith("01632960")
    for email in (authority.email, authority.safeguarding.email, each.messages.email_sender):
        assert email.endswith(".example")


def test_the_authorities_do_not_look_alike() -> None:
    assert len({loaded.authority.header_colour for loaded in LOADED.values()}) == 3


def test_a_version_of_a_form_is_known_by_what_it_says(each: Pack, tmp_path: Path) -> None:
    form = each.assessment_form
    again = load_pack(PRACTICE / each.authority.code).assessment_form
    assert form.fingerprint == again.fingerprint and len(form.fingerprint) == 16
    assert form.model_copy(update={"introduction": "Something else."}).fingerprint != form.fingerprint


def test_an_assessment_started_on_a_day_uses_the_version_of_that_day(each: Pack) -> None:
    first = each.assessment_form
    second = first.model_copy(update={"version": first.version + 1, "in_use_from": dt.date(2027, 1, 1)})
    both = each.model_copy(update={"assessment_forms": (first, second)})
    assert both.assessment_form_on(dt.date(2026, 12, 31)) is first
    assert both.assessment_form_on(dt.date(2027, 1, 1)) is second
    assert both.assessment_form_on(dt.date(1999, 1, 1)) is first
    assert both.assessment_form is second


def test_what_the_sub_group_cannot_solve_goes_up_to_the_board_level_by_level(each: Pack) -> None:
    ladder = each.unmet.ladder
    assert ladder[-1].reach == "authority" and all(level.answer_days for level in ladder)
    assert {choice.code for choice in each.unmet.reasons} >= {
        "no_service", "waiting_list", "not_eligible", "not_accessible", "family_declined",
    }  # fmt: skip
    assert [level.reach for level in LANCASHIRE.unmet.ladder] == ["district", "locality", "authority"]


def test_retired_choices_are_labelled_and_not_offered() -> None:
    reasons = LANCASHIRE.closure.reasons
    retired = tuple(each.model_copy(update={"retired": each.code == "moved_away"}) for each in reasons)
    assert "moved_away" in dict(offered(reasons)) and "moved_away" not in dict(offered(retired))
    assert label_of(retired, "moved_away") == "The family has moved to another area"
    assert label_of(retired, "gone_from_the_pack") == "gone_from_the_pack"
    assert find(retired, "moved_away") is not None and find(retired, "gone") is None
