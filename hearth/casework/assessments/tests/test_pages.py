"""The pages over HTTP: who sees them, what is kept as typed, and what they cost."""

import datetime as dt
from typing import Any

import pytest

from hearth.casework.assessments import actions
from hearth.casework.assessments.models import Answer, Assessment
from hearth.casework.assessments.tests.conftest import fill_in, send, write
from hearth.casework.assessments.tests.forms_of_pages import fields_of
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.ui import kept
from hearth.records.people.actions import add_person
from hearth.records.people.models import Person
from hearth.records.people.restrictions.actions import place_restriction


def page(case: Any, rest: str = "") -> str:
    return f"/cases/{case.reference}/assessment/{rest}"


def held(by: Any, question: str, part: str = "") -> Any:
    with acting_as(by):
        row = Answer.objects.filter(question=question, part=part).first()
        return row.value if row else None


def test_a_case_without_an_assessment_offers_to_start_one(cast, case, as_client):
    client = as_client(cast.family_worker)
    assert client.get(page(case)).url == page(case, "start/")
    assert "Start the assessment" in client.get(page(case, "start/")).content.decode()
    assert client.post(page(case, "start/")).url == page(case)
    shown = client.get(page(case)).content.decode()
    assert "Jake Ashworth" in shown and "What this child says" in shown and "Not started" in shown


def test_whoever_only_reads_is_told_why_they_cannot_start(cast, case, as_client, as_):
    from hearth.records.people.access.actions import give_access

    with as_(cast.family_worker):
        give_access(by=cast.family_worker, family=case.family, user=cast.analyst, why="team_around_family")
    client = as_client(cast.analyst)
    assert "not write in it" in client.get(page(case, "start/")).content.decode()
    assert client.post(page(case, "start/")).status_code == 403


PAGES = (
    "", "start/", "write/beginning/", "write/development/{jake}/", "writing/beginning/", "send/", "new-version/",
)
READ = ("", "changes/", "history/conclusion/", "history/development/{jake}/", "return/", "sign-off/")


@pytest.fixture
def addresses(case: Any, assessment: Assessment, cast: Any) -> list[str]:
    """Every page of the assessment."""
    with acting_as(cast.family_worker):
        jake = Person.objects.get(given_name="Jake").reference
    own = [page(case, rest.format(jake=jake)) for rest in PAGES]
    return own + [f"/assessments/{assessment.reference}/{rest.format(jake=jake)}" for rest in READ]


def test_every_page_opens_for_the_lead_practitioner(cast, addresses, as_client):
    client = as_client(cast.family_worker)
    assert {address: client.get(address).status_code for address in addresses if not address.endswith("/start/")} == {
        address: 200 for address in addresses if not address.endswith("/start/")
    }


@pytest.mark.parametrize("who", ["other_family_worker", "other_manager", "practitioner", "charity_manager", "analyst", "administrator"])
def test_no_page_confirms_to_a_stranger_that_there_is_anything(cast, case, assessment, addresses, as_client, who):
    client = as_client(getattr(cast, who))
    assert {client.get(address).status_code for address in addresses} == {404}
    posts = [page(case, rest) for rest in ("start/", "write/beginning/", "send/", "take-back/", "new-version/")]
    posts += [f"/assessments/{assessment.reference}/{rest}" for rest in ("pdf/", "return/", "sign-off/")]
    assert {client.post(address).status_code for address in posts} == {404}


def test_pages_that_do_not_exist_are_not_found(cast, case, assessment, as_client, as_):
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake").reference
    client = as_client(cast.family_worker)
    for rest in ("write/nothing/", f"write/beginning/{jake}/", "write/development/", "write/development/PE-3333333/", "writing/nothing/"):
        assert client.get(page(case, rest)).status_code == 404, rest


def test_opening_a_page_is_on_record_and_polling_it_is_not(cast, case, assessment, as_client, as_):
    client = as_client(cast.family_worker)
    client.get(page(case, "write/parents/"))
    client.get(page(case, "writing/parents/"))
    with acting_as(cast.family_worker, using="audit"):
        looks = AuditEvent.objects.using("audit").filter(kind="looked", subject=assessment.reference)
        assert [look.verb for look in looks] == ["assessments.section_opened"]


def test_saving_a_page_goes_back_to_the_list_and_going_on_to_the_next_page(cast, case, assessment, as_client, as_):
    client = as_client(cast.family_worker)
    sent = fields_of(client.get(page(case, "write/parents/")), basic_care__strengths="Meals.", basic_care__needs="Heat.")
    assert client.post(page(case, "write/parents/"), sent).url == page(case)
    assert (held(cast.family_worker, "basic_care", "strengths"), held(cast.family_worker, "basic_care", "needs")) == ("Meals.", "Heat.")
    sent = fields_of(client.get(page(case, "write/parents/")), warmth__strengths="Hugs.")
    assert client.post(page(case, "write/parents/"), sent | {"do:next": "yes"}).url == page(case, "write/family_and_surroundings/")


def test_every_kind_of_answer_comes_back_as_it_was_given(cast, case, assessment, as_client, as_):
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake")
    client = as_client(cast.family_worker)
    voice, profile = page(case, f"write/child_voice/{jake.reference}/"), page(case, f"write/care_profile/{jake.reference}/")
    sent = {"child_seen_alone": "not_sure", "child_words": "Línea\r\nشاہ", "child_told_how": ["talking", "signs"], "child_home_score": "0"}
    assert client.post(voice, fields_of(client.get(voice), **sent)).status_code == 302
    dates = {"gcp2_on-day": "3", "gcp2_on-month": "11", "gcp2_on-year": "2026", "gcp2_physical": "2", "gcp2_by": "A. Nurse"}
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
    opened = fields_of(client.get(page(case, "write/beginning/")))
    assert opened["reason"] == "Jake is missing school."
    assert opened["took_part"].startswith("Kelly Ashworth, parent, born 2 May 1990\nJake Ashworth, child")
    assert held(cast.family_worker, "took_part") is None
    assert client.post(page(case, "write/beginning/"), opened | {"reason": ""}).status_code == 302
    again = fields_of(client.get(page(case, "write/beginning/")))
    assert again["reason"] == "" and again["took_part"].startswith("Kelly")
    assert held(cast.family_worker, "took_part").startswith("Kelly")


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
    one, two = fields_of(first.get(here), worries="Attendance."), fields_of(second.get(here), worries="Debt.", must_change="Income.")
    assert first.post(here, one).status_code == 302
    conflict = second.post(here, two)
    shown = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Attendance." in shown and fields_of(conflict)["worries"] == "Debt."
    assert "Joanne Pickup changed this while you were typing" in shown and "Everything else on this page is saved." in shown
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
        ("care_profile", {"gcp2_on-day": "1", "gcp2_on-month": "1", "gcp2_on-year": "2199"}, "must be today or in the past"),
        ("care_profile", {"gcp2_on-day": "1", "gcp2_on-month": "", "gcp2_on-year": ""}, "must include a"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(cast, case, assessment, as_client, as_, section, typed, sentence):
    with as_(cast.family_worker):
        child = Person.objects.get(given_name="Jake").reference + "/" if section == "care_profile" else ""
    here = page(case, f"write/{section}/{child}")
    client = as_client(cast.family_worker)
    other = {"care_profile": "gcp2_by", "protective": "protective_words", "beginning": "not_there"}.get(section, "must_change")
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


def test_sending_over_http_needs_a_manager_and_a_level(cast, case, assessment, as_client):
    client = as_client(cast.family_worker)
    assert "still needed first" in client.get(page(case, "send/")).content.decode()
    fill_in(cast.family_worker, assessment)
    opened = client.get(page(case, "send/"))
    empty = client.post(page(case, "send/"), fields_of(opened))
    assert empty.status_code == 422 and "Choose who should sign it off" in empty.content.decode()
    chosen = {"level": "intensive", "to": str(cast.manager.id), "words": "Ready."}
    assert client.post(page(case, "send/"), fields_of(opened, **chosen)).status_code == 302
    outsider = client.post(page(case, "send/"), fields_of(opened, **chosen | {"to": str(cast.other_manager.id)}))
    assert outsider.status_code == 422


def test_a_manager_finds_reads_returns_and_signs_off(cast, case, sent, as_client, as_):
    manager, author = as_client(cast.manager), as_client(cast.family_worker)
    waiting = manager.get("/assessments/to-sign-off/").content.decode()
    assert "Ashworth" in waiting and "Joanne Pickup" in waiting
    assert "Ashworth" not in as_client(cast.other_manager).get("/assessments/to-sign-off/").content.decode()
    read = manager.get(f"/assessments/{sent.reference}/").content.decode()
    assert "Sign it off" in read and "Sign it off" not in author.get(f"/assessments/{sent.reference}/").content.decode()
    form = fields_of(manager.get(f"/assessments/{sent.reference}/return/"), words="Nearly.", about_conclusion="Whose worry?")
    assert manager.post(f"/assessments/{sent.reference}/return/", form).status_code == 302
    assert "Whose worry?" in author.get(page(case, "write/conclusion/")).content.decode()
    assert "Nearly." in author.get(page(case)).content.decode()
    send(cast.family_worker, sent, cast.manager)
    sign = f"/assessments/{sent.reference}/sign-off/"
    unread = manager.post(sign, fields_of(manager.get(sign)))
    assert unread.status_code == 422 and "Read the assessment" in unread.content.decode()
    assert manager.post(sign, fields_of(manager.get(sign), read="yes")).status_code == 302
    assert "Signed off by Yvonne Barlow" in author.get(page(case)).content.decode()


def test_the_history_page_shows_each_save(cast, case, assessment, as_client):
    write(cast.family_worker, assessment, "conclusion", {"worries": "First."})
    write(cast.manager, assessment, "conclusion", {"worries": "Second."}, {"worries": 1})
    shown = as_client(cast.family_worker).get(f"/assessments/{assessment.reference}/history/conclusion/").content.decode()
    assert shown.index("Second.") < shown.index("First.") and "Yvonne Barlow" in shown


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


def test_a_restricted_child_is_nowhere_in_it(cast, case, assessment, as_client, as_):
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake")
    write(cast.family_worker, assessment, "child_voice", {"child_words": "I am Jake."}, child=jake)
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=jake.reference, reason="At risk from a relative.")
    client = as_client(cast.family_worker)
    for address in (page(case), f"/assessments/{assessment.reference}/"):
        shown = client.get(address).content.decode()
        assert "Jake" not in shown and "Mia" in shown
    assert client.get(page(case, f"write/child_voice/{jake.reference}/")).status_code == 404
    assert client.get(f"/assessments/{assessment.reference}/history/child_voice/{jake.reference}/").status_code == 404


def test_pages_cost_the_same_for_two_children_and_for_fifty(cast, case, assessment, as_client, as_, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake")
    client = as_client(cast.family_worker)
    addresses = [page(case), page(case, "write/beginning/"), page(case, f"write/development/{jake.reference}/"), f"/assessments/{assessment.reference}/"]

    def cost() -> list[int]:
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    fill_in(cast.family_worker, assessment)
    few = cost()
    with as_(cast.family_worker):
        for number in range(48):
            add_person(by=cast.family_worker, family=case.family, role="child", given_name=f"Child {number}")
    fill_in(cast.family_worker, assessment)
    assert cost() == few
    assert max(few) <= 28
