"""What somebody is typing is kept, is theirs alone, and goes when the form is sent."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import Error, connection, connections, transaction
from django.test import RequestFactory

from hearth.config.environment import database
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.ui import kept, sent
from hearth.foundation.ui.models import Draft, SentForm
from hearth.foundation.ui.sent import forget_sent_forms

pytestmark = pytest.mark.django_db
PAGE = "/plans/EH-4F7K3QX/review/"


@dataclass
class Somebody:
    """A reader, which is all a draft knows of its author."""

    id: uuid.UUID = field(default_factory=uuid.uuid4)


@pytest.fixture
def aisha() -> Iterator[Somebody]:
    somebody = Somebody()
    with acting_as(somebody):
        yield somebody


def save(author: Somebody, words: str = "He is sleeping better.", sitting: str = "one") -> None:
    assert kept.save_draft(author, PAGE, "", sitting, {"progress": [words]}) is None


def test_a_draft_is_there_again(aisha: Somebody) -> None:
    save(aisha)
    found = kept.draft_for(aisha, PAGE)
    assert found is not None
    assert kept.as_posted(found).get("progress") == "He is sleeping better."


def test_the_last_words_typed_win(aisha: Somebody) -> None:
    save(aisha, "He is")
    save(aisha, "He is sleeping better.")
    assert Draft.objects.count() == 1
    assert kept.draft_for(aisha, PAGE).data == {"progress": ["He is sleeping better."]}


def test_another_user_sees_nothing(aisha: Somebody) -> None:
    save(aisha)
    with acting_as(Somebody()):
        assert not Draft.objects.exists()
        assert kept.draft_for(aisha, PAGE) is None  # even one who asks by the author's name


def test_nobody_signed_in_sees_nothing(aisha: Somebody) -> None:
    save(aisha)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hearth.reader', '', true)")
    assert not Draft.objects.exists()


def test_another_user_can_neither_change_nor_delete_it(aisha: Somebody) -> None:
    save(aisha)
    with acting_as(Somebody()):
        assert Draft.objects.update(data={}) == 0
        assert Draft.objects.all().delete()[0] == 0
    assert kept.draft_for(aisha, PAGE) is not None


def test_a_draft_cannot_be_written_in_another_name(aisha: Somebody) -> None:
    with pytest.raises(Error, match="row-level security"), transaction.atomic():
        save(Somebody())


def test_a_save_that_arrives_after_the_form_was_sent_does_not_bring_it_back(aisha: Somebody) -> None:
    save(aisha, sitting="one")
    kept.clear_draft(aisha, PAGE, "", "one")
    save(aisha, sitting="one")
    assert kept.draft_for(aisha, PAGE) is None


def test_the_first_save_may_arrive_after_the_form_too(aisha: Somebody) -> None:
    kept.clear_draft(aisha, PAGE, "", "one")
    save(aisha, sitting="one")
    assert kept.draft_for(aisha, PAGE) is None


def test_the_next_time_the_page_is_opened_typing_is_kept_again(aisha: Somebody) -> None:
    kept.clear_draft(aisha, PAGE, "", "one")
    save(aisha, sitting="two")
    assert kept.draft_for(aisha, PAGE) is not None


def test_words_of_another_tab_are_not_written_over_nor_thrown_away_with_what_is_sent(aisha: Somebody) -> None:
    first, second = sent.new_sitting(), sent.new_sitting()
    save(aisha, "In the first tab.", first)
    save(aisha, "In the second.", second)
    assert shown(aisha) == ("In the second.", 1)
    kept.clear_draft(aisha, PAGE, "", second)  # the second is sent
    assert shown(aisha) == ("In the first tab.", 0)
    save(aisha, "In the second, late.", second)  # a save that landed late brings nothing back
    save(aisha, "In the first tab, and more.", first)
    assert shown(aisha) == ("In the first tab, and more.", 0)
    kept.clear_draft(aisha, PAGE, "", first)
    assert shown(aisha) == ("", 0)


def test_a_first_save_that_lands_after_its_words_were_sent_brings_nothing_back(aisha: Somebody) -> None:
    first, second = sent.new_sitting(), sent.new_sitting()
    save(aisha, "In the first tab.", first)
    kept.clear_draft(aisha, PAGE, "", second)  # the second never saved, and is sent
    save(aisha, "In the second, late.", second)
    assert shown(aisha) == ("In the first tab.", 0)
    save(aisha, "In the first tab, and more.", first)
    assert shown(aisha) == ("In the first tab, and more.", 0)


def test_a_page_drawn_from_a_draft_goes_on_with_it_until_the_first_tab_does(aisha: Somebody) -> None:
    first = sent.new_sitting()
    save(aisha, "In the first tab.", first)
    again = sent.new_sitting(of=kept.draft_for(aisha, PAGE))
    save(aisha, "In the first tab. In the second.", again)
    late = sent.new_sitting(of=kept.draft_for(aisha, PAGE))
    save(aisha, "In the first tab. In the second. More.", again)
    save(aisha, "In the first tab. In the second. More.", late)  # the same words: a save that landed late
    save(aisha, "And on.", late)
    assert shown(aisha) == ("And on.", 0)
    save(aisha, "Only the first.", first)
    save(aisha, "In the first tab. In the second. Again.", again)
    found = {draft.data["progress"][0] for draft in Draft.objects.all()}
    assert found == {"And on.", "Only the first.", "In the first tab. In the second. Again."}


def sent_too_late(author: Somebody, words: str, sitting: str = "") -> None:
    """A form that comes after its author's session ran out."""
    assert kept.keep_typing(posted(progress=words, draft_sitting=sitting), author.id)


def shown(author: Somebody) -> tuple[str, int]:
    """The words that the page offers, and how much more there is."""
    found = kept.draft_for(author, PAGE)
    return (found.data["progress"][0], found.others) if found is not None else ("", 0)


def test_what_is_sent_after_the_session_ran_out_and_what_another_tab_keeps_are_both_there(aisha: Somebody) -> None:
    first, second = sent.new_sitting(), sent.new_sitting()
    save(aisha, "In the first tab.", first)
    sent_too_late(aisha, "Sent.", second)
    assert shown(aisha) == ("Sent.", 1)
    again = sent.new_sitting(of=kept.draft_for(aisha, PAGE))
    save(aisha, "Sent. And more.", again)  # signed in again, the page that is drawn from it goes on
    save(aisha, "In the first tab, and more.", first)  # and so does the other tab
    assert shown(aisha) == ("Sent. And more.", 1)
    kept.clear_draft(aisha, PAGE, "", again)
    save(aisha, "Sent. And more.", again)  # a save that landed late brings nothing back
    assert shown(aisha) == ("In the first tab, and more.", 0)
    kept.clear_draft(aisha, PAGE, "", first)
    assert shown(aisha) == ("", 0)


def test_three_tabs_and_none_that_names_itself_keep_apart_when_the_session_runs_out(aisha: Somebody) -> None:
    save(aisha, "In the first tab.", sent.new_sitting())
    for words, sitting in (("Second.", sent.new_sitting()), ("Third.", sent.new_sitting()), ("Unnamed.", "")):
        sent_too_late(aisha, words, sitting)
    found = {draft.data["progress"][0] for draft in Draft.objects.all()}
    assert found == {"In the first tab.", "Second.", "Third.", "Unnamed."}


def test_two_copies_of_one_draft_sent_after_the_session_ran_out_keep_apart(aisha: Somebody) -> None:
    save(aisha, "Begun.", sent.new_sitting())
    copies = [sent.new_sitting(of=kept.draft_for(aisha, PAGE)) for _ in range(2)]
    for words, copy in zip(("One.", "Two."), copies, strict=True):
        sent_too_late(aisha, words, copy)
    assert {draft.data["progress"][0] for draft in Draft.objects.all()} == {"One.", "Two."}
    sent_too_late(aisha, "Two, longer.", copies[1])  # sent once more: its own words
    assert {draft.data["progress"][0] for draft in Draft.objects.all()} == {"One.", "Two, longer."}


def test_what_its_own_tab_kept_is_written_over_by_what_it_sends(aisha: Somebody) -> None:
    sitting = sent.new_sitting()
    save(aisha, "Half a", sitting)
    sent_too_late(aisha, "Half a sentence.", sitting)
    assert shown(aisha) == ("Half a sentence.", 0)
    kept.clear_draft(aisha, PAGE, "", sitting)
    sent_too_late(aisha, "Back, and another.", sitting)  # of a form that was done already
    assert shown(aisha) == ("Back, and another.", 0)


def test_only_what_is_seen_is_discarded(aisha: Somebody) -> None:
    save(aisha, "In the first tab.", sent.new_sitting())
    sent_too_late(aisha, "Sent.", sent.new_sitting())
    kept.clear_draft(aisha, PAGE, apart=kept.draft_for(aisha, PAGE).apart)
    assert shown(aisha) == ("In the first tab.", 0)
    kept.clear_draft(aisha, PAGE, apart="")
    assert shown(aisha) == ("", 0)


def test_two_forms_on_one_page_have_a_draft_each(aisha: Somebody) -> None:
    kept.save_draft(aisha, PAGE, "note", "one", {"words": ["A note"]})
    kept.save_draft(aisha, PAGE, "score", "one", {"score": ["7"]})
    assert kept.draft_for(aisha, PAGE, "note").data == {"words": ["A note"]}
    assert kept.draft_for(aisha, PAGE) is None


def test_passwords_and_codes_are_never_drafted(aisha: Somebody) -> None:
    typed = {
        "password": ["x"],
        "new_password2": ["x"],
        "code": ["123456"],
        "csrfmiddlewaretoken": ["x"],
        "words": ["kept"],
    }
    kept.save_draft(aisha, PAGE, "", "one", typed)
    assert kept.draft_for(aisha, PAGE).data == {"words": ["kept"]}


def test_a_field_that_only_sounds_like_a_code_is_kept(aisha: Somebody) -> None:
    assert set(kept.draftable({"postcode": ["BB11 1AA"], "reason_code": ["x"]})) == {"postcode", "reason_code"}


def test_what_cannot_be_stored_is_taken_out_and_the_rest_kept(aisha: Somebody) -> None:
    kept.save_draft(aisha, PAGE, "", "one", {"words\x00": ["a\x00b\ud800c\u202ed"]})
    assert kept.draft_for(aisha, PAGE).data == {"words": ["abcd"]}


@pytest.mark.parametrize(
    "path", ["https://example.org/", "//example.org/", "no-slash", "/a b", "/" + "a" * 501, "", "/\\example.org"]
)
def test_a_draft_belongs_to_a_page_of_ours(path: str) -> None:
    assert kept.why_not_keep(path, "", {}) is not None


def test_more_text_than_somebody_could_type_is_refused_with_a_sentence(aisha: Somebody) -> None:
    refusal = kept.save_draft(aisha, PAGE, "", "one", {"words": ["x" * (kept.LARGEST + 1)]})
    assert refusal is not None
    assert "Save the page" in refusal.sentence


def posted(**data: Any) -> Any:
    return RequestFactory().post(PAGE, data)


def test_a_form_sent_after_the_session_ran_out_is_kept_for_its_author() -> None:
    author = Somebody()
    assert kept.keep_typing(posted(progress="Two rooms now.", draft_sitting="one", csrfmiddlewaretoken="x"), author.id)
    assert not Draft.objects.exists()  # nobody is signed in yet
    with acting_as(author):
        found = kept.draft_for(author, PAGE)
        assert found is not None
        assert found.kept_at_sign_out
        assert found.data == {"progress": ["Two rooms now."]}


def test_an_empty_form_is_not_kept() -> None:
    author = Somebody()
    assert not kept.keep_typing(posted(progress="", draft_form=""), author.id)
    with acting_as(author):
        assert not Draft.objects.exists()


@pytest.fixture
def apart(own_database: Any) -> Iterator[None]:
    """Connections of the web and the worker role that are not rolled back, called "web" and "worker"."""
    for alias, url in (("web", own_database.web), ("worker", own_database.worker)):
        connections.databases[alias] = {**connections.databases["default"], **database(url)}
        connections[alias].connect()  # by itself: the guard against stray connections knows only the usual three
    yield
    for alias in ("web", "worker"):
        connections[alias].close()
        del connections[alias], connections.databases[alias]


def test_old_drafts_go_and_younger_ones_stay(apart: None) -> None:
    author, now = Somebody(), clock.now()
    with acting_as(author, using="web"):
        for path, days in (("/old/", pack().retention.draft_days + 1), ("/young/", 2), ("/sent/", 2)):
            then = now - dt.timedelta(days=days)
            cleared = then if path == "/sent/" else None
            Draft(author_id=author.id, path=path, data={"a": ["b"]}, updated_at=then, cleared_at=cleared).save(
                using="web"
            )
    assert kept.delete_old_drafts(using="worker") >= 2
    assert kept.delete_old_drafts(using="worker") == 0  # safe to run twice
    with acting_as(author, using="web"):
        assert [draft.path for draft in Draft.objects.using("web")] == ["/young/"]
        Draft.objects.using("web").all().delete()


def test_forms_that_were_sent_are_forgotten_after_a_day(apart: None) -> None:
    author, now = Somebody(), clock.now()
    with acting_as(author, using="web"):
        for hours in (25, 3):
            SentForm(author_id=author.id, mark=uuid.uuid4().hex, created_at=now - dt.timedelta(hours=hours)).save(
                using="web"
            )
    assert forget_sent_forms(using="worker") >= 1
    assert forget_sent_forms(using="worker") == 0  # safe to run twice
    with acting_as(author, using="web"):
        assert SentForm.objects.using("web").count() == 1


def test_tidying_cannot_read_what_was_typed_or_whose_it_is(apart: None) -> None:
    for column in ("data", "author_id", "path"):
        with pytest.raises(Error, match="permission denied"), acting_as(kept.TIDYING, using="worker"):
            connections["worker"].cursor().execute(f"select {column} from ui_draft")  # noqa: S608


def test_the_web_role_cannot_tidy() -> None:
    with pytest.raises(Error, match="permission denied"), acting_as(kept.TIDYING):
        pass


def test_typing_is_kept_apart_when_the_request_is_undone(aisha: Somebody) -> None:
    kept.save_draft_apart(aisha, PAGE, "", "one", {"words": ["still here"]})
    with acting_as(aisha, using="audit"):
        assert Draft.objects.using("audit").get(author_id=aisha.id).data == {"words": ["still here"]}
