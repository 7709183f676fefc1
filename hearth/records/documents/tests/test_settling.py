"""What becomes of bytes after they are kept: checked, moved, destroyed; and what a person sees meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.casework.plans.documents.models import PlanDocument, PlanDocumentContent
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message
from hearth.records.documents import jobs, rules, settling
from hearth.records.documents.actions import KEEPER
from hearth.records.documents.keeping import CannotRead, bytes_of, content_of
from hearth.records.documents.models import LetGoObject, Scan
from hearth.records.documents.tests.clamd import EICAR, Clamd
from hearth.records.documents.tests.files import pdf
from hearth.records.documents.tests.s3 import Store

Add = Callable[..., PlanDocument]
TABLE = "plans.PlanDocumentContent"


def now(document: PlanDocument, by: Any) -> PlanDocument:
    """The row as it is now."""
    with acting_as(by):
        return PlanDocument.objects.get(pk=document.pk)


def settle(document: PlanDocument) -> bool:
    """What the job does."""
    with acting_as(KEEPER):
        keys = list(PlanDocumentContent.objects.filter(document_id=document.pk).values_list("pk", flat=True))
    return all(settling.settle(TABLE, key) for key in keys)


def opened(document: PlanDocument, by: Any) -> bytes:
    """The bytes, as the page gets them."""
    with acting_as(by):
        found = PlanDocument.objects.get(pk=document.pk)
        return bytes_of(content_of(found), found.reference)


def test_without_a_scanner_a_document_can_be_opened_at_once_and_nothing_is_queued(
    worker: None, cast: Any, add: Add
) -> None:
    made = add()
    assert rules.why_not_open(made) is None
    assert opened(made, cast.family_worker) == pdf()
    assert not ProcrastinateJob.objects.filter(task_name="documents.settle").exists()
    assert settling.unsettled() == []


def test_with_a_scanner_nobody_opens_it_until_it_was_found_clean(
    worker: None, cast: Any, add: Add, scanner: Clamd
) -> None:
    made, by = add(), cast.family_worker
    job = ProcrastinateJob.objects.get(task_name="documents.settle")
    assert set(job.args) == {"table", "content"}
    with pytest.raises(Refused, match="not been checked"):
        opened(made, by)
    assert settle(made)
    assert now(made, by).scan == Scan.CLEAN
    assert opened(made, by) == scanner.seen[0] == pdf()
    assert settle(made) and len(scanner.seen) == 1  # a second time there is nothing to do


def test_what_was_kept_before_there_was_a_scanner_is_checked_before_it_is_opened_again(
    worker: None, cast: Any, add: Add, request: Any
) -> None:
    made = add()
    assert opened(made, cast.family_worker)
    request.getfixturevalue("scanner")
    with pytest.raises(Refused, match="not been checked"):
        opened(made, cast.family_worker)
    [(table, key)] = settling.unsettled()
    assert settling.settle(table, key)
    assert opened(made, cast.family_worker)


def test_a_virus_is_destroyed_its_row_says_so_and_whoever_added_it_is_told(
    worker: None, cast: Any, add: Add, scanner: Clamd
) -> None:
    made, by = add(b"Dear Kelly, " + EICAR), cast.family_worker
    assert settle(made)
    kept = now(made, by)
    assert kept.scan == Scan.FOUND
    with acting_as(KEEPER):
        assert not PlanDocumentContent.objects.exists()
    with pytest.raises(Refused, match="held a virus"):
        opened(made, by)
    with acting_as(by):
        told = Message.objects.get(template="document_destroyed")
        assert told.to_user_id == by.id and kept.name not in told.key
    with transaction.atomic(), acting_as(_Keeper()):
        event = AuditEvent.objects.get(verb="documents.virus_found")
        assert event.detail["virus"] == "Eicar-Test-Signature" and event.subject == made.reference


class _Keeper:
    """Whoever has the keeper's id reads the keeper's own events."""

    id = KEEPER.id


@pytest.mark.parametrize("mood", ["garbled", "full", "hung up"])
def test_a_scanner_that_does_not_answer_leaves_the_document_shut_and_the_job_comes_back(
    mood: str, worker: None, cast: Any, add: Add, scanner: Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    scanner.mood = mood
    made = add()
    assert not settle(made)
    with pytest.raises(Refused, match="not been checked"):
        opened(made, cast.family_worker)
    first = ProcrastinateJob.objects.get(task_name="documents.settle")
    jobs.settle(**first.args)
    later = ProcrastinateJob.objects.filter(task_name="documents.settle").order_by("-id").first()
    assert later.args["tries"] == "1" and later.scheduled_at is not None
    last = len(jobs.TRY_AGAIN_AFTER)
    jobs.settle(**{**first.args, "tries": str(last)})  # the last try: from then on the hourly round takes it up
    assert not ProcrastinateJob.objects.filter(args__tries=str(last + 1)).exists()
    scanner.mood = "well"
    [(table, key)] = settling.unsettled()
    assert settling.settle(table, key)
    assert opened(made, cast.family_worker) == pdf()


def test_bytes_move_to_the_store_under_a_key_that_says_nothing_and_come_back_as_they_were(
    worker: None, cast: Any, add: Add, objects: Store
) -> None:
    made, by = add(name="Ashworth letter.pdf"), cast.family_worker
    assert opened(made, by) == pdf()  # before the job as well
    assert settle(made)
    with acting_as(KEEPER):
        content = PlanDocumentContent.objects.get(document_id=made.pk)
        assert content.bytes is None and content.key == f"documents/{content.id}"
    [(key, kept)] = objects.objects.items()
    assert kept == pdf() and "shworth" not in key and made.reference not in key
    assert opened(made, by) == pdf()
    assert settle(made) and [command for command, _ in objects.asked].count("PUT") == 1


def test_a_store_that_is_down_loses_nothing_and_half_keeps_nothing(
    worker: None, cast: Any, add: Add, objects: Store
) -> None:
    objects.down = True
    made, by = add(), cast.family_worker
    assert not settle(made)
    assert opened(made, by) == pdf() and not objects.objects
    objects.down = False
    assert settle(made)
    objects.down = True
    with pytest.raises(CannotRead, match="Nothing is lost"):
        opened(made, by)


def test_a_worker_that_dies_after_the_object_is_written_goes_on_from_there(
    worker: None, cast: Any, add: Add, objects: Store
) -> None:
    made = add()
    with acting_as(KEEPER):
        content = PlanDocumentContent.objects.get(document_id=made.pk)
    objects.objects[f"documents/{content.id}"] = pdf()
    assert settle(made)
    assert [command for command, _ in objects.asked].count("PUT") == 0
    assert opened(made, cast.family_worker) == pdf()


def test_bytes_are_let_go_only_once_the_store_has_given_them_back_as_they_were(
    worker: None, cast: Any, add: Add, objects: Store
) -> None:
    made = add()
    objects.spoil = True
    assert not settle(made)
    assert opened(made, cast.family_worker) == pdf()


def test_an_object_that_is_missing_or_changed_is_never_handed_over(
    worker: None, cast: Any, add: Add, objects: Store
) -> None:
    made, by = add(), cast.family_worker
    settle(made)
    objects.spoil = True
    with pytest.raises(CannotRead, match=made.reference):
        opened(made, by)
    objects.spoil = False
    objects.objects.clear()
    with pytest.raises(CannotRead, match=made.reference):
        opened(made, by)


def test_a_virus_found_in_the_store_is_deleted_there_too(
    worker: None, cast: Any, add: Add, objects: Store, request: Any
) -> None:
    made = add(b"Dear Kelly, " + EICAR)
    settle(made)
    assert len(objects.objects) == 1
    request.getfixturevalue("scanner")
    assert settle(made)
    objects.down = True
    assert settling.delete_let_go() == 0
    objects.down = False
    assert settling.delete_let_go() == 1
    assert not objects.objects
    with acting_as(KEEPER):
        assert not LetGoObject.objects.exists()


def test_a_document_is_checked_before_it_is_moved(
    worker: None, cast: Any, add: Add, objects: Store, scanner: Clamd
) -> None:
    made = add(b"Dear Kelly, " + EICAR)
    assert settle(made)
    assert not objects.objects and not objects.asked


@pytest.mark.parametrize("column", ["name", "caption", "withdrawn_because", "sha256", "*"])
def test_the_keeper_reads_nothing_of_what_documents_say(column: str, worker: None, add: Add) -> None:
    add()
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(KEEPER), transaction.atomic():
        connection.cursor().execute(f"select {column} from plans_plandocument")  # noqa: S608
