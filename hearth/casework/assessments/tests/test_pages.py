"""The pages over HTTP: who sees them, and what they cost."""

from typing import Any

import pytest

from hearth.casework.assessments.models import Assessment
from hearth.casework.assessments.tests.conftest import fill_in, send, write
from hearth.casework.assessments.tests.forms_of_pages import fields_of
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.records.people.actions import add_person
from hearth.records.people.models import Person
from hearth.records.people.restrictions.actions import place_restriction


def page(case: Any, rest: str = "") -> str:
    return f"/cases/{case.reference}/assessment/{rest}"


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
    "",
    "start/",
    "write/beginning/",
    "write/development/{jake}/",
    "writing/beginning/",
    "send/",
    "new-version/",
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


@pytest.mark.parametrize(
    "who", ["other_family_worker", "other_manager", "practitioner", "charity_manager", "analyst", "administrator"]
)
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
    for rest in (
        "write/nothing/",
        f"write/beginning/{jake}/",
        "write/development/",
        "write/development/PE-3333333/",
        "writing/nothing/",
    ):
        assert client.get(page(case, rest)).status_code == 404, rest


def test_opening_a_page_is_on_record_and_polling_it_is_not(cast, case, assessment, as_client, as_):
    client = as_client(cast.family_worker)
    client.get(page(case, "write/parents/"))
    client.get(page(case, "writing/parents/"))
    with acting_as(cast.family_worker, using="audit"):
        looks = AuditEvent.objects.using("audit").filter(kind="looked", subject=assessment.reference)
        assert [look.verb for look in looks] == ["assessments.section_opened"]


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
    assert author.get("/assessments/to-sign-off/").status_code == 403
    read = manager.get(f"/assessments/{sent.reference}/").content.decode()
    assert "Sign it off" in read and "Sign it off" not in author.get(f"/assessments/{sent.reference}/").content.decode()
    form = fields_of(
        manager.get(f"/assessments/{sent.reference}/return/"), words="Nearly.", about_conclusion="Whose worry?"
    )
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
    shown = (
        as_client(cast.family_worker).get(f"/assessments/{assessment.reference}/history/conclusion/").content.decode()
    )
    assert shown.index("Second.") < shown.index("First.") and "Yvonne Barlow" in shown


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


def test_pages_cost_the_same_for_two_children_and_for_fifty(
    cast, case, assessment, as_client, as_, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake")
    client = as_client(cast.family_worker)
    addresses = [
        page(case),
        page(case, "write/beginning/"),
        page(case, f"write/development/{jake.reference}/"),
        f"/assessments/{assessment.reference}/",
    ]

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
