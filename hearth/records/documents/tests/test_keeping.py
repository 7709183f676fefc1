"""A document is kept once, whole, beside its row; withdrawn, it stays on record and its bytes are shut away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError

from hearth.casework.plans.documents.actions import add_plan_document, withdraw_plan_document
from hearth.casework.plans.documents.models import PlanDocument, PlanDocumentContent
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.references import PATTERN
from hearth.foundation.core.refusals import Refused
from hearth.records.documents.keeping import bytes_of
from hearth.records.documents.tests.files import a_document, pdf, picture
from hearth.records.people.models import Person

Add = Callable[..., PlanDocument]


def test_what_was_added_is_there_with_its_name_kind_size_and_bytes(cast: Any, add: Add) -> None:
    made = add(picture(), "C:\\phone\\IMG_0001.png", kind="picture", caption="  Jake’s \u202edrawing\n ")
    assert PATTERN.match(made.reference)
    with acting_as(cast.family_worker):
        kept = PlanDocument.objects.visible_to(cast.family_worker).get()
        assert (kept.name, kept.media_type, kept.kind, kept.caption) == (
            "IMG_0001.jpg",
            "image/jpeg",
            "picture",
            "Jake’s drawing",
        )
        content = bytes_of(kept.content, kept.reference)
        assert len(content) == kept.size
        event = AuditEvent.objects.filter(subject=kept.reference).get()
        assert event.verb == "plans.document_added" and "IMG" not in str(event.detail)


def test_a_list_never_reads_the_bytes(cast: Any, add: Add, django_assert_num_queries: Any) -> None:
    from hearth.casework.plans.documents.queries import documents_of

    for number in range(5):
        plan = add(pdf(b"/N %d" % number)).plan
    with acting_as(cast.family_worker), django_assert_num_queries(1) as asked:
        assert len(documents_of(cast.family_worker, plan)) == 5
    assert "plandocumentcontent" not in asked.captured_queries[0]["sql"]


def test_the_same_file_twice_is_said_and_kept_once(cast: Any, add: Add) -> None:
    add(name="letter.pdf")
    with pytest.raises(Refused, match=r"there already, as “letter.pdf”"):
        add(name="other name.pdf")
    assert add(pdf(b"/Other 1")).name == "letter.pdf"


def test_a_file_that_was_withdrawn_may_be_added_again(cast: Any, add: Add) -> None:
    made = add()
    with acting_as(cast.family_worker):
        withdraw_plan_document(by=cast.family_worker, document=made, because="The wrong plan.")
    add()
    with acting_as(cast.family_worker):
        assert PlanDocument.objects.count() == 2


def test_the_database_itself_holds_the_same_file_once(cast: Any, add: Add) -> None:
    made = add()
    made.pk, made.reference = None, "DO-4444444"
    with pytest.raises(IntegrityError), acting_as(cast.family_worker):
        type(made)(**{f.attname: getattr(made, f.attname) for f in made._meta.fields if f.name != "id"}).save(
            force_insert=True
        )


def test_two_people_who_add_the_same_file_at_once_are_told_the_same(cast: Any, add: Add, monkeypatch: Any) -> None:
    """The second has looked before the first had saved: only the database can still tell."""
    add()
    monkeypatch.setattr("hearth.records.documents.rules.why_not_keep", lambda *rest: None)
    with pytest.raises(Refused, match="there already"):
        add()


def test_all_documents_of_one_thing_have_a_limit_together(settings: Any, add: Add) -> None:
    settings.HEARTH_DOCUMENTS_MEGABYTES = 1
    add(b"Dear Kelly. " * 60_000)
    with pytest.raises(Refused, match="together may have 1 MB"):
        add(b"Dear Jake. " * 60_000)


def test_withdrawn_it_stays_on_record_with_the_reason_and_its_bytes_are_shut_away(cast: Any, add: Add) -> None:
    made, by = add(), cast.family_worker
    with acting_as(by):
        withdraw_plan_document(by=by, document=made, because="It is about another family.")
        kept = PlanDocument.objects.get()
        assert (kept.withdrawn_by, kept.withdrawn_because) == (by, "It is about another family.")
        assert not PlanDocumentContent.objects.exists()
        with pytest.raises(Refused, match="already"):
            withdraw_plan_document(by=by, document=kept, because="Again.")
        # Not even straight at the database can it come back, or its reason change.
        for change in (
            "withdrawn_at = null, withdrawn_by_id = null, withdrawn_because = ''",
            "withdrawn_because = 'x'",
        ):
            with connection.cursor() as cursor:
                cursor.execute(f"update plans_plandocument set {change}")  # noqa: S608
                assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "statement",
    [
        "update plans_plandocument set name = 'other.pdf'",
        "update plans_plandocument set scan = 'clean'",
        "delete from plans_plandocument",
        "update plans_plandocumentcontent set bytes = 'x'",
        "delete from plans_plandocumentcontent",
        "insert into documents_letgoobject values ('documents/x')",
        "select * from documents_letgoobject",
        "truncate plans_plandocumentcontent",
    ],
)
def test_a_reader_can_change_nothing_of_a_document_but_withdraw_it(statement: str, cast: Any, add: Add) -> None:
    add()
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(cast.family_worker), transaction.atomic():
        connection.cursor().execute(statement)


def test_bytes_cannot_be_put_to_a_document_of_somebody_else(cast: Any, add: Add, plan: Any) -> None:
    made = add()
    with acting_as(cast.manager):
        other = PlanDocument.objects.get(pk=made.pk)  # the manager may see it
        with pytest.raises(DatabaseError), transaction.atomic():
            PlanDocumentContent(document=other, bytes=b"x", sha256="x").save(force_insert=True)


def test_a_document_about_somebody_is_about_one_of_the_family(cast: Any, add: Add, family: Any, plan: Any) -> None:
    with acting_as(cast.family_worker):
        jake = Person.objects.get(given_name="Jake", memberships__family=family)
    assert add(person=jake).person == jake
    with pytest.raises(Refused, match="not in this family"):
        add(pdf(b"/B 2"), person=Person(id="00000000-0000-4000-8000-000000000000"))


def test_nothing_is_kept_where_nothing_may_be_written(cast: Any, add: Add, plan: Any) -> None:
    from hearth.casework.plans.actions import end_plan

    with acting_as(cast.family_worker):
        end_plan(by=cast.family_worker, plan=plan, why="Another plan is better.")
    with pytest.raises(Refused, match="ended"):
        add()
    with acting_as(cast.manager), pytest.raises(Refused):
        add_plan_document(by=cast.board_member, plan=plan, **a_document())
