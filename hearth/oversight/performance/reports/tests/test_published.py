"""What everybody reads: published once, with small numbers left out; and a case study that is taken out."""

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import Error, transaction
from django.test import Client

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.performance.reports import contents, publishing, queries
from hearth.oversight.performance.reports.approving import actions as approving
from hearth.oversight.performance.reports.models import CaseStudy, PublishedFigure, ReportEdition
from hearth.oversight.performance.reports.papers import pdf, word
from hearth.oversight.performance.reports.tests.conftest import STORY, Desk

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def page_of(reference: str) -> str:
    return Client().get(f"/published-reports/{reference}/").content.decode()


def test_only_an_approved_report_is_published_and_only_by_whoever_publishes(desk: Desk, cast: Any) -> None:
    report = desk.start()
    with pytest.raises(Refused):
        desk.publish(report)
    desk.write(report)
    desk.send(report)
    desk.approve(report)
    for who in (cast.development_officer, cast.manager, cast.analyst, cast.board_member):
        with pytest.raises(Refused):
            desk.publish(report, who)
    assert Client().get(f"/published-reports/{report.reference}/").status_code == 404
    edition = desk.publish(report)
    assert edition.digest in page_of(report.reference)
    assert report.reference in Client().get("/published-reports/").content.decode()
    with pytest.raises(Refused) as refused:
        desk.publish(report)
    assert refused.value.refusal.code == "reports.published"


def test_it_is_not_published_before_somebody_says_that_they_read_it(desk: Desk, cast: Any) -> None:
    report = desk.approved()
    with acting_as(cast.strategic_lead), pytest.raises(Refused) as refused:
        approving.publish_report(by=cast.strategic_lead, report=report)
    assert refused.value.refusal.code == "reports.not_looked"


def test_the_public_one_keeps_no_parts_and_no_audits_and_is_told_the_same_ever_after(desk: Desk, cast: Any) -> None:
    report = desk.approved()
    edition = desk.publish(report)
    told = {each["code"]: each["blocks"] for each in edition.content["sections"]}
    assert told["quality"] == [{"kind": "words", "words": contents.NOT_PUBLISHED}]
    with acting_as(cast.strategic_lead):
        rows = PublishedFigure.objects.count()
        gathered, new = publishing.for_all(report.figures, publishing.ledger(cast.strategic_lead))
        assert rows and not new
        assert all(each["parts"] is None for each in gathered["measures"]["cells"])
        with pytest.raises(Error), transaction.atomic():
            PublishedFigure.objects.update(parts=[1])


def test_what_was_published_is_seen_by_whoever_publishes_and_by_nobody_else(desk: Desk, cast: Any) -> None:
    desk.publish(desk.approved())
    with acting_as(cast.development_officer):
        assert not PublishedFigure.objects.exists()


@pytest.mark.parametrize("lacks", ["consented_by", "consent_kept", "names_changed", "story"])
def test_a_case_study_without_consent_or_the_statement_is_refused(desk: Desk, lacks: str) -> None:
    report = desk.start()
    with pytest.raises(Refused):
        desk.tell(report, **{lacks: type(STORY[lacks])()})


def test_a_case_study_says_who_consented_when_and_who_states_that_names_are_changed(desk: Desk) -> None:
    report = desk.start()
    study = desk.tell(report)
    said = contents.study_of(study, is_public=False)["consent"]
    day, who = clock.today(), desk.cast.development_officer.full_name
    assert said == (
        f"Told with the consent of the mother, given on {day.day} {day:%B %Y}. Every name is changed: {who} says so."
    )
    assert "EH-TEST123" not in str(contents.study_of(study, is_public=False))


def test_the_same_case_study_sent_twice_is_one(desk: Desk) -> None:
    report = desk.start()
    assert desk.tell(report) == desk.tell(report)


def test_the_database_holds_that_no_case_study_is_without_its_statement(desk: Desk, cast: Any) -> None:
    report = desk.start()
    said = STORY | {"consented_on": clock.today(), "names_changed": False}
    study = CaseStudy(report=report, number=1, stated_by=cast.development_officer, **said)
    with acting_as(cast.development_officer), pytest.raises(Error), transaction.atomic():
        study.save(force_insert=True)


def test_a_withdrawn_case_study_goes_from_what_is_published_with_a_note_and_a_new_digest(desk: Desk, cast: Any) -> None:
    report = desk.start()
    study = desk.tell(report)
    desk.write(report)
    desk.send(report)
    desk.approve(report)
    first = desk.publish(report)
    assert "had not left the flat" in page_of(report.reference)
    desk.withdraw(study)
    after = page_of(report.reference)
    assert "had not left the flat" not in after and "Consent to tell it was withdrawn" in after
    assert "was taken out on" in after and first.digest not in after
    with acting_as(cast.development_officer):
        kept = queries.editions(cast.development_officer, report)
        assert [(each.is_public, each.number, each.ended_at is None) for each in kept] != []
        ended = [each for each in kept if each.ended_at]
        assert (
            len(kept) == 4 and all(each.content == {} and len(each.digest) == 64 for each in ended) and len(ended) == 2
        )
        assert all("had not left the flat" not in str(each.content) for each in kept)
        assert CaseStudy.objects.get(pk=study.pk).story == ""
        for each in ReportEdition.objects.standing().filter(report=report):
            assert each.number == 2 and each.digest == contents.digest_of(each.content)
            assert b"had not left" not in zipfile.ZipFile(io.BytesIO(bytes(each.word))).read("word/document.xml")
    with pytest.raises(Refused):
        desk.withdraw(study)


def filled(desk: Desk) -> contents.Content:
    """A report with everything that a report can have, a drawing too."""
    report = desk.start()
    desk.tell(report)
    desk.write(report)
    with acting_as(desk.cast.development_officer):
        content = queries.content_of(desk.cast.development_officer, report, [])
    picture = {
        "dots": [{"x": 10, "y": 20, "is_signal": False}, {"x": 40, "y": 60, "is_signal": True}], "pieces": ["10,20 40,60"],
        "rules": [{"y": 30, "label_y": 33, "words": "67%", "is_middle": True}], "gaps": [70], "first": "Jan 2026", "last": "Apr 2026",
        "floor": 156, "width": 360, "height": 190, "left": 8, "right": 314,
    }  # fmt: skip
    chart = {
        "kind": "chart",
        "title": "Answered <in> time & well",
        "said": "It varies.",
        "each": "Jan 2026 67%",
        "picture": picture,
    }
    content["sections"][1]["blocks"].append(chart)
    return content


def test_the_pdf_is_tagged_in_english_and_has_its_title(desk: Desk) -> None:
    content = filled(desk)
    made = pdf.pdf_of(content, contents.digest_of(content))
    assert made.startswith(b"%PDF") and b"/StructTreeRoot" in made and b"/MarkInfo" in made
    assert re.search(rb"/Lang ?\(en-GB\)", made)
    assert b"/DisplayDocTitle true" in made and b"pdfuaid" in made
    for tag in (b"/H1", b"/H2", b"/TH", b"/TD", b"/Figure"):
        assert tag in made, tag
    assert b"/Alt" in made


def test_the_word_file_opens_and_has_headings_heads_of_tables_alternatives_and_its_language(desk: Desk) -> None:
    content = filled(desk)
    file = zipfile.ZipFile(io.BytesIO(word.word_of(content, "")))
    assert file.testzip() is None and "word/media/chart1.png" in file.namelist()
    assert file.read("word/media/chart1.png").startswith(b"\x89PNG")
    for name in file.namelist():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(file.read(name))
    body = ElementTree.fromstring(file.read("word/document.xml"))
    styles = [each.get(f"{W}val") for each in body.iter(f"{W}pStyle")]
    assert (
        styles.count("Heading1") == 1 and styles.count("Heading2") == len(content["sections"]) and "Heading3" in styles
    )
    tables = list(body.iter(f"{W}tbl"))
    assert tables and all(
        each.find(f".//{W}tblHeader") is not None and each.find(f".//{W}tblCaption") is not None for each in tables
    )
    said = [each.get("descr") for each in body.iter() if each.tag.endswith("docPr")]
    assert said[-1] == "Chart. Answered <in> time & well. It varies. Jan 2026 67%."
    assert all(each.startswith("Chart. ") for each in said)
    assert b'w:val="en-GB"' in file.read("word/styles.xml") and content["title"].encode() in file.read(
        "docProps/core.xml"
    )


def test_a_draft_says_so_in_its_files_and_an_approved_one_is_the_frozen_file(
    desk: Desk, cast: Any, as_client: Any
) -> None:
    report = desk.start()
    desk.write(report)
    client = as_client(cast.development_officer)
    draft = client.post(f"/reports/{report.reference}/download/", {"as": "docx"})
    assert b"This is a draft" in zipfile.ZipFile(io.BytesIO(draft.content)).read("word/document.xml")
    desk.send(report)
    desk.approve(report)
    frozen = client.post(f"/reports/{report.reference}/download/", {"as": "pdf"})
    again = client.post(f"/reports/{report.reference}/download/", {"as": "pdf"})
    assert frozen.content == again.content and frozen.content.startswith(b"%PDF")
    assert client.get(f"/reports/{report.reference}/download/").status_code == 302


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_everybody_takes_the_published_files_and_no_others(desk: Desk, kind: str) -> None:
    report = desk.approved()
    where = f"/published-reports/{report.reference}"
    assert Client().get(f"{where}/{kind}/").status_code == 404
    desk.publish(report)
    assert Client().get(f"{where}/{kind}/").content[:2] in (b"%P", b"PK")
    assert Client().get(f"{where}/exe/").status_code == 404
