"""The page that shows a form, keeps the typing, does the action and goes on: and what happens when it does not."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.contrib import messages
from django.db import connection
from django.http import HttpResponseBase

from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Conflict, Refusal, Refused
from hearth.foundation.ui import fields, kept
from hearth.foundation.ui.models import Draft, SentForm
from hearth.foundation.ui.page import form_page
from hearth.foundation.ui.tests.markup import Markup
from hearth.foundation.ui.tests.people import REFUSALS, Somebody, ask

pytestmark = pytest.mark.django_db
PATH = "/plans/EH-4F7K3QX/review/"
REFUSAL = Refusal("plans.closed", "The plan is closed. Reopen it first.")


class ReviewForm(forms.Form):
    """A form as a room would write it."""

    progress = fields.LongTextField("What has changed?", missing="Say what has changed")
    level = fields.RadiosField("Level", choices=[("2", "Level 2"), ("3", "Level 3")], required=False)
    password = fields.PasswordField(required=False)
    seen_version = fields.VersionField()


class Page:
    """Runs the form page, and remembers what the action was given."""

    def __init__(self, reader: Somebody | None) -> None:
        self.reader = reader
        self.done: list[dict[str, Any]] = []
        self.fault: Exception | None = None
        self.version = 4
        self.last: Any = None

    def do(self, form: Any) -> str:
        """The action."""
        if self.fault is not None:
            raise self.fault
        self.done.append(form.cleaned_data)
        return "EH-4F7K3QX"

    def open(self, method: str = "get", **data: Any) -> HttpResponseBase:
        """One request."""
        self.last = ask(method, PATH, self.reader, data)
        return form_page(
            self.last,
            "ui/tests/review.html",
            ReviewForm,
            do=self.do,
            then=lambda reference: f"/plans/{reference}/",
            said="The review is recorded.",
            initial={"seen_version": self.version, "progress": "As last time."},
            context={"plan": 1},
        )

    def drawn(self, method: str = "get", status: int = 200, **data: Any) -> Markup:
        """One request, and its page."""
        response = self.open(method, **data)
        assert response.status_code == status
        page = Markup(response.content.decode())
        assert page.faults == []
        assert page.repeated_ids() == set()
        return page


@pytest.fixture
def page() -> Iterator[Page]:
    reader = Somebody()
    with acting_as(reader):
        yield Page(reader)


@pytest.fixture(autouse=True)
def recorded(settings: Any) -> list[Any]:
    """What was put on record as refused."""
    settings.HEARTH_REFUSAL_RECORDER = "hearth.foundation.ui.tests.people.remember_refusal"
    REFUSALS.clear()
    return REFUSALS


GOOD = {"progress": "He sleeps.", "level": "2", "seen_version": "4", "draft_sitting": "one"}


@pytest.fixture(autouse=True)
def _a_template(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.template import engines
    from jinja2 import ChoiceLoader, DictLoader

    words = '{% extends "ui/form.html" %}{% block title %}Record a review{% endblock %}'
    environment = engines["jinja2"].env
    monkeypatch.setattr(
        environment, "loader", ChoiceLoader([DictLoader({"ui/tests/review.html": words}), environment.loader])
    )


def test_it_opens_with_what_is_known_and_says_nothing_of_drafts(page: Page) -> None:
    drawn = page.drawn()
    assert drawn.with_id("id_progress").text == "As last time."
    assert drawn.named("seen_version")[0].attributes["value"] == "4"
    assert drawn.classed("app-draft") == []


def test_what_is_done_goes_on_and_says_so_on_the_next_page(page: Page) -> None:
    response = page.open("post", **GOOD)
    assert (response.status_code, response.headers["Location"]) == (302, "/plans/EH-4F7K3QX/")
    assert page.done == [{"progress": "He sleeps.", "level": "2", "password": "", "seen_version": 4}]
    assert [str(each) for each in messages.get_messages(page.last)] == ["The review is recorded."]


def test_a_draft_is_restored_letter_by_letter_with_when_it_was_typed(page: Page) -> None:
    kept.save_draft(
        page.reader, PATH, "", "one", {"progress": ["He is  sleeping\n  better"], "level": ["9"], "seen_version": ["3"]}
    )
    drawn = page.drawn()
    assert drawn.with_id("id_progress").text == "He is  sleeping\n  better"
    assert (
        drawn.named("seen_version")[0].attributes["value"] == "3"
    )  # typed on version 3: a stale save will be a conflict
    assert "You have unsaved typing from" in drawn.classed("app-draft")[0].text
    assert drawn.classed("govuk-error-summary") == []  # nobody has sent anything yet


def test_typing_kept_at_sign_out_says_so(page: Page) -> None:
    assert page.reader is not None
    kept.keep_typing(ask("post", PATH, None, {"progress": "Two rooms"}), page.reader.id)
    assert "We kept what you typed" in page.drawn().classed("app-draft")[0].text


def test_another_person_does_not_get_my_draft(page: Page) -> None:
    kept.save_draft(page.reader, PATH, "", "one", {"progress": ["mine"]})
    other = Somebody()
    with acting_as(other):
        drawn = Page(other).drawn()
    assert drawn.with_id("id_progress").text == "As last time."


def test_the_draft_goes_when_it_is_done(page: Page) -> None:
    kept.save_draft(page.reader, PATH, "", "one", {"progress": ["He"]})
    page.open("post", **GOOD)
    assert kept.draft_for(page.reader, PATH) is None
    kept.save_draft(page.reader, PATH, "", "one", {"progress": ["He"]})  # the autosave that was under way
    assert page.drawn().classed("app-draft") == []


def test_an_invalid_form_keeps_all_that_was_typed_and_links_to_what_is_wrong(page: Page) -> None:
    drawn = page.drawn("post", 422, progress=" ", level="3", seen_version="4", password="secret")
    assert page.done == []
    assert drawn.summary_links() == ["id_progress"]
    assert drawn.may_be_focused("id_progress")
    assert next(e for e in drawn.all if e.tag == "title").text.startswith("Error: Record a review")
    assert [e.attributes["value"] for e in drawn.named("level") if "checked" in e.attributes] == ["3"]
    assert drawn.named("password")[0].attributes.get("value", "") == ""
    assert Draft.objects.get().data == {"progress": [" "], "level": ["3"], "seen_version": ["4"]}


def test_a_refusal_shows_its_sentence_keeps_the_typing_and_is_on_record(page: Page, recorded: list[Any]) -> None:
    page.fault = Refused(REFUSAL)
    drawn = page.drawn("post", 403, **GOOD)
    assert "The plan is closed. Reopen it first." in drawn.classed("govuk-error-summary")[0].text
    assert drawn.with_id("id_progress").text == "He sleeps."
    assert kept.draft_for(page.reader, PATH) is not None
    assert recorded == [(page.reader, "plans.closed", PATH)]


def test_what_the_action_had_written_before_it_was_refused_is_undone(page: Page) -> None:
    def do(_form: Any) -> str:
        kept.save_draft(page.reader, "/elsewhere/", "", "one", {"a": ["b"]})
        raise Refused(REFUSAL)

    page.do = do  # type: ignore[method-assign, assignment]
    page.open("post", **GOOD)
    assert [draft.path for draft in Draft.objects.all()] == [PATH]


def test_a_conflict_shows_both_texts_and_saving_again_is_on_the_newest_version(page: Page) -> None:
    page.fault, page.version = Conflict({"progress": ("He does not sleep.", "He sleeps.")}, "Priya Anand"), 5
    drawn = page.drawn("post", 409, **GOOD)
    assert "Priya Anand saved this while you were typing" in drawn.classed("govuk-error-summary")[0].text
    assert "He does not sleep." in drawn.classed("app-conflict")[0].text
    assert drawn.with_id("id_progress").text == "He sleeps."
    assert drawn.named("seen_version")[0].attributes["value"] == "5"
    page.fault = None
    assert page.open("post", **{**GOOD, "seen_version": "5"}).status_code == 302


def test_the_saved_words_can_be_taken_instead_and_nothing_is_done_yet(page: Page) -> None:
    saved = {"saved-progress": "He does not sleep.", "saved-level": "3", "use_saved": "progress"}
    drawn = page.drawn("post", 200, **{**GOOD, **saved})
    assert page.done == []
    assert drawn.with_id("id_progress").text == "He does not sleep."
    assert [e.attributes["value"] for e in drawn.named("level") if "checked" in e.attributes] == ["2"]
    assert [e.attributes["value"] for e in drawn.named("use_saved")] == ["level"]  # the other one is still open
    assert Draft.objects.get().data == {"progress": ["He does not sleep."], "level": ["2"], "seen_version": ["4"]}


@pytest.mark.parametrize("hostile", ["", "progress", "nothing", "csrfmiddlewaretoken", "<script>", "seen_version"])
def test_asking_for_saved_words_that_are_not_there_breaks_nothing(page: Page, hostile: str) -> None:
    drawn = page.drawn("post", 200, **{**GOOD, "use_saved": hostile})
    assert drawn.with_id("id_progress").text == "He sleeps."


def test_a_fault_in_the_action_leaves_the_typing_where_the_rollback_cannot_reach_it(page: Page) -> None:
    page.fault = RuntimeError("a fault of ours")
    with pytest.raises(RuntimeError):
        page.open("post", **GOOD)
    assert page.reader is not None
    with acting_as(page.reader, using="audit"):
        assert Draft.objects.using("audit").get(path=PATH, author_id=page.reader.id).data["progress"] == ["He sleeps."]


def test_the_public_has_no_drafts_and_the_form_works() -> None:
    page = Page(None)
    drawn = page.drawn()
    assert not any("data-autosave" in e.attributes for e in drawn.all)
    assert page.drawn("post", 422, progress="", seen_version="4").summary_links() == ["id_progress"]
    assert page.open("post", **GOOD).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from ui_draft")
        assert cursor.fetchone() == (0,)


def test_opening_a_form_takes_one_query(page: Page, django_assert_num_queries: Any) -> None:
    page.open()
    with django_assert_num_queries(1):
        page.open()


def test_the_way_on_may_be_a_whole_response(page: Page) -> None:
    from django.http import HttpResponse

    request = ask("post", PATH, page.reader, GOOD)
    response = form_page(request, "x", ReviewForm, do=lambda _form: None, then=lambda _result: HttpResponse("printed"))
    assert response.content == b"printed"


SITTING = "0123456789abcdef0123456789abcdef" + "01234567"


def test_a_form_that_is_sent_twice_is_done_once_and_leads_where_it_led(page: Page) -> None:
    sent = GOOD | {"draft_sitting": SITTING}
    first, again = page.open("post", **sent), page.open("post", **sent)
    assert len(page.done) == 1
    assert (again.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    assert [str(each) for each in messages.get_messages(page.last)] == [
        "This was saved when you sent it the first time."
    ]


def test_other_words_from_the_same_opening_are_something_new(page: Page) -> None:
    page.open("post", **GOOD | {"draft_sitting": SITTING})
    page.open("post", **GOOD | {"draft_sitting": SITTING, "progress": "He sleeps. He eats."})
    assert [each["progress"] for each in page.done] == ["He sleeps.", "He sleeps. He eats."]


def test_the_same_words_on_a_page_that_was_opened_afresh_are_meant(page: Page) -> None:
    for _ in range(2):
        opened = page.drawn().named("draft_sitting")[0].attributes["value"]
        page.open("post", **GOOD | {"draft_sitting": opened})
    assert len(page.done) == 2


def test_one_draft_open_in_two_tabs_is_one_form(page: Page) -> None:
    kept.save_draft(page.reader, PATH, "", SITTING, {"progress": ["He sleeps."], "level": ["2"]})
    tabs = [page.drawn().named("draft_sitting")[0].attributes["value"] for _ in range(2)]
    assert len({SITTING, *tabs}) == 3, "each copy of the page autosaves as itself"
    for tab in tabs:
        page.open("post", **GOOD | {"draft_sitting": tab})
    assert len(page.done) == 1


def test_a_form_that_came_to_nothing_may_be_sent_again(page: Page) -> None:
    sent = GOOD | {"draft_sitting": SITTING}
    page.fault = Refused(REFUSAL)
    page.drawn("post", 403, **sent)
    page.fault = None
    assert page.open("post", **sent).status_code == 302
    assert len(page.done) == 1


def test_a_sent_form_is_known_to_its_author_alone(page: Page) -> None:
    page.open("post", **GOOD | {"draft_sitting": SITTING})
    assert SentForm.objects.count() == 1
    with acting_as(Somebody()):
        assert not SentForm.objects.exists()


def test_when_somebody_else_was_there_at_the_same_moment_it_says_so_and_keeps_what_was_typed(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def twice(form: Any) -> None:
        with connection.cursor() as cursor:
            for _ in range(2):
                cursor.execute(
                    "insert into ui_sentform (id, created_at, author_id, mark, led_to)"
                    " values (gen_random_uuid(), now(), %s, 'once', '')",
                    [page.reader.id],
                )

    monkeypatch.setattr(page, "do", twice)
    response = page.open("post", **GOOD)
    assert response.status_code == 409
    assert "at the same moment" in response.content.decode()
    drawn = Markup(response.content.decode())
    assert drawn.with_id("id_progress").text == "He sleeps."
    assert not SentForm.objects.exists()
    assert Draft.objects.get().data["progress"] == ["He sleeps."]


@pytest.mark.parametrize(
    ("back", "link"),
    [
        (
            '{{ ui.back("/plans/?of=A&b=1", "The plan") }}',
            '<a class="govuk-link" href="/plans/?of=A&amp;b=1">Cancel</a>',
        ),
        ('<a href="https://weather.example.org" class="leave">Leave this page</a>', ""),
        ("", ""),
    ],
)
def test_a_form_can_be_cancelled_to_where_its_back_link_leads(
    page: Page, monkeypatch: pytest.MonkeyPatch, back: str, link: str
) -> None:
    from django.template import engines
    from jinja2 import ChoiceLoader, DictLoader

    words = (
        '{% extends "ui/form.html" %}{% block title %}Review{% endblock %}{% block back %}' + back + "{% endblock %}"
    )
    environment = engines["jinja2"].env
    drawn = DictLoader({"ui/tests/review.html": words})
    monkeypatch.setattr(environment, "loader", ChoiceLoader([drawn, environment.loader]))
    shown = page.open().content.decode()
    assert link in shown and ("Cancel" in shown) == bool(link)
