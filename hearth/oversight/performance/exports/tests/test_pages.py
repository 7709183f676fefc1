"""Asking for a file, checking it, taking it and handing it over, on pages."""

import datetime as dt
import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.performance.exports.actions import hand_over_export
from hearth.oversight.performance.exports.jobs import make
from hearth.oversight.performance.exports.models import Export, HandingOver
from hearth.oversight.performance.exports.tests import standard
from hearth.oversight.performance.exports.tests.conftest import ago
from hearth.records.people.actions import change_person


def _sent(client: Any, **more: Any) -> Any:
    page = client.get("/exports/ask/").content.decode()
    names = re.findall(r'name="([^"]+)"', page)
    first, last = ago(182), clock.today()
    said: dict[str, Any] = {"kind": "annex_a", "area": "", "goes_to": "Ofsted", "purpose": "An inspection"} | more
    for name in names:
        for begins, day in (("from_on", first), ("to_on", last)):
            for part in ("day", "month", "year"):
                if name.startswith(begins) and name.endswith(part):
                    said[name] = getattr(day, part)
    return client.post("/exports/ask/", said)


def test_a_file_is_asked_for_waits_is_made_and_taken_and_that_is_on_record(
    told: Any, cast: Any, as_client: Any, kept_of: Any
) -> None:
    told(ethnicity="NOBT")
    by = cast.information_governance
    client = as_client(by)
    answer = _sent(client)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    page = answer["Location"]
    assert "It waits to begin" in client.get(page).content.decode()
    with acting_as(by):
        export = Export.objects.get()
    make(str(export.id), str(by.id))
    seen = client.get(page).content.decode()
    for words in (
        "1. Check it",
        "List 2, Ethnicity",
        "The ethnicity has not been asked",
        "Joanne Pickup",
        "Lists 4 to 11 have their heads",
    ):
        assert words in seen, words
    assert client.get(page + "download/").status_code == 302
    file = client.post(page + "download/", {"what": "file"})
    assert standard.faults_of_workbook(file.content) == []
    assert len(load_workbook(io.BytesIO(file.content)).sheetnames) == 11
    events = [event for event in kept_of(by) if event.verb == "exports.downloaded"]
    assert [(event.kind, event.subject) for event in events] == [("exported", export.reference)]
    statement = client.post(page + "download/", {"what": "statement"})
    assert "What is not in it, and why" in statement.content.decode()


def test_what_was_mended_is_no_longer_missing_when_it_is_made_again(
    told: Any, cast: Any, as_client: Any, export_of: Any
) -> None:
    story = told(ethnicity="NOBT")
    by = cast.information_governance
    made = export_of()
    with acting_as(story.by):
        story.child.refresh_from_db()
        change_person(by=story.by, person=story.child, seen_version=story.child.version, ethnicity="WBRI")
    client = as_client(by)
    again = client.post(f"/exports/{made.export.reference}/again/")["Location"]
    assert client.post(f"/exports/{made.export.reference}/again/")["Location"] == again, "sent twice"
    with acting_as(by):
        export = Export.objects.get(again_of=made.export)
    make(str(export.id), str(by.id))
    seen = client.get(again).content.decode()
    assert f"What has changed since {made.export.reference}" in seen
    assert "The ethnicity has not been asked" not in seen
    assert (
        f"{export.reference}</a> was asked for in its place"
        in client.get(f"/exports/{made.export.reference}/").content.decode()
    )


def test_a_reason_in_several_paragraphs_is_one_line_of_the_statement(
    told: Any, cast: Any, as_client: Any, export_of: Any
) -> None:
    told()
    made = export_of(purpose="An inspection.\n\nWhat is not in it, and why\nNothing.")
    seen = as_client(cast.information_governance).get(f"/exports/{made.export.reference}/").content.decode()
    assert "Lists 4 to 11 have their heads" in seen
    assert "Why: An inspection. What is not in it, and why Nothing." in made.export.statement


def test_one_column_can_be_looked_at_by_itself(told: Any, cast: Any, as_client: Any, export_of: Any) -> None:
    told(ethnicity="NOBT")
    made = export_of()
    client = as_client(cast.information_governance)
    seen = client.get(f"/exports/{made.export.reference}/?only=List 2/Ethnicity").content.decode()
    rows = seen.split("Row by row")[1]
    assert "The ethnicity has not been asked" in rows
    assert "There is no assessment" not in rows
    assert client.get(f"/exports/{made.export.reference}/?only=%00&page=abc").status_code == 200


def test_handing_over_is_put_on_record_with_the_digest(told: Any, cast: Any, as_client: Any, export_of: Any) -> None:
    made, by = export_of(), cast.information_governance
    client = as_client(by)
    page = f"/exports/{made.export.reference}/"
    assert made.export.digest[:12] in client.get(page + "hand-over/").content.decode()
    with acting_as(by):
        hand_over_export(
            by=by, export=made.export, to_whom="A. Inspector", how="portal", handed_on=clock.today(), words="Receipt 7"
        )
        assert HandingOver.objects.get().digest == made.export.digest
    seen = client.get(page).content.decode()
    assert "A. Inspector" in seen
    assert "secure site" in seen


def test_a_day_before_it_was_made_is_no_day_of_handing_over(cast: Any, export_of: Any) -> None:
    made, by = export_of(), cast.information_governance
    for day in (ago(1), clock.today() + dt.timedelta(days=1)):
        with acting_as(by), pytest.raises(Refused, match="the day on which it was handed over"):
            hand_over_export(by=by, export=made.export, to_whom="Ofsted", how="portal", handed_on=day)


def test_bad_input_says_what_to_do(cast: Any, as_client: Any) -> None:
    client = as_client(cast.information_governance)
    seen = _sent(client, purpose="", goes_to="", kind="other").content.decode()
    for words in ("Say why it is made, and by what right", "Say who will have it"):
        assert words in seen


def test_only_those_who_may_find_it_on_their_first_page(cast: Any, as_client: Any) -> None:
    for who, finds in (("information_governance", True), ("analyst", True), ("manager", False)):
        client = as_client(getattr(cast, who))
        assert ("/exports/" in client.get("/").content.decode()) == finds
        assert (client.get("/exports/").status_code == 200) == finds
