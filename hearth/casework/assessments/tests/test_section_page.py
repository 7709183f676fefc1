"""The page on which a section is written, over HTTP: nothing typed is lost, and two people see both texts."""

import datetime as dt
from typing import Any

import pytest

from hearth.casework.assessments import actions
from hearth.casework.assessments.models import Answer
from hearth.casework.assessments.tests.conftest import fill_in, send, write
from hearth.casework.assessments.tests.forms_of_pages import fields_of
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.ui import kept
from hearth.records.people.models import Person


def page(case: Any, rest: str = "") -> str:
    return f"/cases/{case.reference}/assessment/{rest}"


def held(by: Any, question: str, part: str = "") -> Any:
    with acting_as(by):
        row = Answer.objects.filter(question=question, part=part).first()
        return row.value if row else None


def test_saving_a_page_goes_back_to_the_list_and_going_on_to_the_next_page(cast, case, assessment, as_client, as_):
    client = as_client(cast.family_worker)
    sent = fields_of(
        client.get(page(case, "write/parents/")), basic_care__strengths="Meals.", basic_care__needs="Heat."
    )
    assert client.post(page(case, "write/parents/"), sent).url == page(case)
    assert (held(cast.family_worker, "basic_care", "strengths"), held(cast.family_worker, "basic_care", "needs")) == (
        "Meals.",
        "Heat.",
    )
    sent = fields_of(client.get(page(case, "write/parents/")), warmth__strengths="Hugs.")
    assert client.post(page(case, "write/parents/"), sent | {"do:next": "yes"}).url == page(
        case, "write/family_and_surroundings/"
    )


def test_every_kind_of_answer_comes_back_as_it_was_given(cast, case, assessment, as_client, as_):
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake")
    client = as_client(cast.family_worker)
    voice, profile = (
        page(case, f"write/child_voice/{jake.reference}/"),
        page(case, f"write/care_profile/{jake.reference}/"),
    )
    sent = {
        "child_seen_alone": "not_sure",
        "child_words": "Línea\r\nشاہ",
        "child_told_how": ["talking", "signs"],
        "child_home_score": "0",
    }
    assert client.post(voice, fields_of(client.get(voice), **sent)).status_code == 302
    dates = {
        "gcp2_on-day": "3",
        "gcp2_on-month": "11",
        "gcp2_on-year": "2026",
        "gcp2_physical": "2",
        "gcp2_by": "A. Nurse",
    }
    assert client.post(profile, fields_of(client.get(profile), **dates)).status_code == 302
    back = fields_of(client.get(voice)) | fields_of(client.get(profile))
    assert {key: back[key] for key in sent} == sent | {"child_words": "Línea\nشاہ"}
    assert {key: back[key] for key in dates} == dates
    assert held(cast.family_worker, "gcp2_on") == "2026-11-03" and held(cast.family_worker, "child_home_score") == 0
    again = client.post(voice, fields_of(client.get(voice)))
    assert again.status_code == 302
    with as_(cast.family_worker):
        assert set(Answer.objects.values_list("version", flat=True)) == {1}


def test_what_is_known_is_filled_in_and_emptying_it_is_respected(cast, case, assessment, as_client):
    client = as_client(cast.family_worker)
    answer = client.get(page(case, "write/beginning/"))
    opened = fields_of(answer)
    assert opened["reason"] == "Jake is missing school."
    assert held(cast.family_worker, "reason") is None
    assert client.post(page(case, "write/beginning/"), opened | {"reason": ""}).status_code == 302
    again = fields_of(client.get(page(case, "write/beginning/")))
    assert again["reason"] == ""


def test_who_took_part_and_who_helped_already_is_for_the_writer_to_say(cast, case, assessment, as_client):
    answer = as_client(cast.family_worker).get(page(case, "write/beginning/"))
    opened = fields_of(answer)
    assert opened["took_part"] == "" and "Kelly Ashworth, parent, born 2 May 1990" in answer.content.decode()
    assert cast.family_worker.full_name not in opened["services"]  # who leads came with this case


def test_the_number_to_ring_stands_at_the_top_of_a_childs_pages(cast, case, assessment, as_client, as_):
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake")
    told = as_client(cast.family_worker).get(page(case, f"write/first_look/{jake.reference}/")).content.decode()
    assert f"<strong>{pack().authority.safeguarding.phone}</strong>" in told


def test_a_draft_is_shown_as_a_draft_and_only_to_its_author(cast, case, assessment, as_client, as_):
    here = page(case, "write/conclusion/")
    typed = {"worries": ["Not saved yet."], "seen:worries": ["0"]}
    with as_(cast.family_worker):
        kept.save_draft(cast.family_worker, here, assessment.reference, "s", typed)
    mine, theirs = as_client(cast.family_worker).get(here), as_client(cast.manager).get(here)
    assert fields_of(mine)["worries"] == "Not saved yet." and "Your draft" in mine.content.decode()
    assert fields_of(theirs)["worries"] == "" and "Not saved yet." not in theirs.content.decode()


def test_others_are_told_who_is_typing_but_not_what(cast, case, assessment, as_client, as_):
    here = page(case, "write/conclusion/")
    with as_(cast.family_worker):
        kept.save_draft(cast.family_worker, here, assessment.reference, "s", {"worries": ["Secret thought."]})
    client = as_client(cast.manager)
    for address in (here, page(case, "writing/conclusion/")):
        shown = client.get(address).content.decode()
        assert "Joanne Pickup is writing here too" in shown and "Secret thought" not in shown
    assert "writing here too" not in client.get(page(case, "write/parents/")).content.decode()
    assert "writing here too" not in as_client(cast.family_worker).get(here).content.decode()
    with clock.frozen(clock.now() + dt.timedelta(minutes=6)):
        assert "writing here too" not in as_client(cast.manager).get(here).content.decode()


def test_a_stranger_cannot_ask_the_database_who_is_typing(cast, case, assessment, as_):
    from hearth.casework.assessments import answers, queries

    here = page(case, "write/conclusion/")
    with as_(cast.family_worker):
        kept.save_draft(cast.family_worker, here, assessment.reference, "s", {"worries": ["x"]})
        section = queries.form_of(assessment).section("conclusion")
    with as_(cast.manager):
        assert answers.who_writes(cast.manager, assessment, section, None, here) == ["Joanne Pickup"]
    with as_(cast.other_manager):
        assert answers.who_writes(cast.other_manager, assessment, section, None, here) == []


def test_the_second_of_two_people_sees_both_texts_and_chooses(cast, case, assessment, as_client):
    here = page(case, "write/conclusion/")
    first, second = as_client(cast.family_worker), as_client(cast.manager)
    one, two = (
        fields_of(first.get(here), worries="Attendance."),
        fields_of(second.get(here), worries="Debt.", must_change="Income."),
    )
    assert first.post(here, one).status_code == 302
    conflict = second.post(here, two)
    shown = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Attendance." in shown and fields_of(conflict)["worries"] == "Debt."
    assert (
        "Joanne Pickup changed this while you were typing" in shown
        and "Everything else on this page is saved." in shown
    )
    assert (held(cast.manager, "worries"), held(cast.manager, "must_change")) == ("Attendance.", "Income.")
    # They leave, and come back: their text and the saved one are both still there.
    back = second.get(here)
    assert fields_of(back)["worries"] == "Debt." and "Attendance." in back.content.decode()
    assert second.post(here, fields_of(back, worries="Attendance and debt.")).status_code == 302
    assert held(cast.manager, "worries") == "Attendance and debt."
    assert "Your draft" not in second.get(here).content.decode()


def test_the_second_may_take_the_saved_words_instead(cast, case, assessment, as_client):
    here = page(case, "write/conclusion/")
    first, second = as_client(cast.family_worker), as_client(cast.manager)
    one, two = fields_of(first.get(here), worries="Attendance."), fields_of(second.get(here), worries="Debt.")
    first.post(here, one)
    conflict = second.post(here, two)
    taken = second.post(here, fields_of(conflict) | {"do:saved": "worries"})
    assert taken.url == here + "#box-worries"
    back = second.get(here)
    assert fields_of(back)["worries"] == "Attendance." and "Your draft" not in back.content.decode()


def test_an_answer_that_was_picked_can_be_taken_away(cast, case, assessment, as_client):
    here = page(case, "write/protective/")
    client = as_client(cast.family_worker)
    client.post(here, fields_of(client.get(here), family_score="3"))
    assert held(cast.family_worker, "family_score") == 3
    client.post(here, fields_of(client.get(here)) | {"do:clear": "family_score"})
    again = client.get(here)
    assert "family_score" not in fields_of(again)
    client.post(here, fields_of(again))
    assert held(cast.family_worker, "family_score") is None


@pytest.mark.parametrize(
    ("section", "typed", "sentence"),
    [
        ("conclusion", {"worries": "x" * 10_001}, "must be 10,000 characters or fewer"),
        ("beginning", {"languages": "x" * 501}, "must be 500 characters or fewer"),
        ("protective", {"family_score": "11"}, "Choose a number from 0 to 10"),
        ("protective", {"family_score": "<b>"}, "Choose a number from 0 to 10"),
        ("protective", {"protective_factors": ["made_up"]}, "Choose"),
        ("conclusion", {"family_agrees": "perhaps"}, "Choose an answer"),
        ("care_profile", {"gcp2_on-day": "31", "gcp2_on-month": "2", "gcp2_on-year": "2026"}, "must be a real date"),
        (
            "care_profile",
            {"gcp2_on-day": "1", "gcp2_on-month": "1", "gcp2_on-year": "2199"},
            "must be today or in the past",
        ),
        ("care_profile", {"gcp2_on-day": "1", "gcp2_on-month": "", "gcp2_on-year": ""}, "must include a"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(cast, case, assessment, as_client, as_, section, typed, sentence):
    with as_(cast.family_worker):
        child = Person.objects.get(given_name="Jake").reference + "/" if section == "care_profile" else ""
    here = page(case, f"write/{section}/{child}")
    client = as_client(cast.family_worker)
    other = {"care_profile": "gcp2_by", "protective": "protective_words", "beginning": "not_there"}.get(
        section, "must_change"
    )
    answer = client.post(here, fields_of(client.get(here), **typed, **{other: "Keep <b>me</b>."}))
    assert answer.status_code == 422
    assert sentence in answer.content.decode() and "<title>Error: " in answer.content.decode()
    assert fields_of(answer)[other] == "Keep <b>me</b>."
    assert fields_of(client.get(here))[other] == "Keep <b>me</b>."
    assert not Answer.objects.exists()


def test_hostile_versions_are_read_as_never_seen(cast, case, assessment, as_client):
    here = page(case, "write/conclusion/")
    write(cast.manager, assessment, "conclusion", {"worries": "Saved."})
    client = as_client(cast.family_worker)
    for version in ("-1", "99999999999999999999", "x", "٣", "", "2"):
        answer = client.post(here, {"worries": "Mine.", "seen:worries": version})
        assert answer.status_code == 409, version
        assert held(cast.manager, "worries") == "Saved."


def test_typing_that_arrives_after_it_was_sent_is_kept_and_shown(cast, case, assessment, as_client):
    here = page(case, "write/conclusion/")
    fill_in(cast.family_worker, assessment)
    client = as_client(cast.family_worker)
    typed = fields_of(client.get(here), worries="A late thought.")
    send(cast.manager, assessment, cast.county_manager)
    late = client.post(here, typed)
    assert late.status_code == 403 and "A manager is reading" in late.content.decode()
    for shown in (late, client.get(here)):
        assert "A late thought." in shown.content.decode() and "did not save it" in shown.content.decode()


def test_an_earlier_assessment_is_offered_and_not_imposed(cast, case, signed_off, as_client, as_):
    from hearth.casework.cases.actions import close_case, reopen_case

    with as_(cast.family_worker):
        close_case(by=cast.family_worker, case=case, reason="outcomes_met", outcome="all_met", family_view="Glad.")
        following = reopen_case(by=cast.family_worker, case=case, because="same_need")
        actions.start_assessment(by=cast.family_worker, case=following)
    client = as_client(cast.family_worker)
    here = page(following, "write/conclusion/")
    opened = client.get(here)
    assert fields_of(opened)["worries"] == "" and "From the assessment signed off on" in opened.content.decode()
    assert client.post(here, fields_of(opened) | {"do:known": "worries"}).url == here + "#box-worries"
    assert fields_of(client.get(here))["worries"] == "More words."
    with as_(cast.family_worker):
        assert not Answer.objects.filter(family=case.family, assessment__case=following).exists()


def test_typing_sent_after_a_time_out_is_there_again_after_signing_in(cast, case, assessment, as_client):
    here = page(case, "write/conclusion/")
    client = as_client(cast.family_worker)
    typed = fields_of(client.get(here), worries="Typed before tea.")
    with clock.frozen(clock.now() + dt.timedelta(hours=2)):
        assert client.post(here, typed).status_code == 401
    assert held(cast.family_worker, "worries") is None
    back = as_client(cast.family_worker).get(here)
    assert fields_of(back)["worries"] == "Typed before tea."
    assert "We kept what you typed" in back.content.decode()


def test_a_draft_of_one_version_is_not_laid_over_the_next(cast, case, signed_off, as_client, as_):
    here = page(case, "write/conclusion/")
    with as_(cast.family_worker):
        kept.save_draft(
            cast.family_worker, here, signed_off.reference, "s", {"worries": ["Old."], "seen:worries": ["1"]}
        )
        actions.start_new_version(by=cast.family_worker, assessment=signed_off, because="x")
    assert fields_of(as_client(cast.family_worker).get(here))["worries"] == "More words."
