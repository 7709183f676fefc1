"""What the pages of reports show. The reader first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hearth.foundation.accounts.models import Area
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui.filters import counted
from hearth.oversight.performance.reports import contents, rules
from hearth.oversight.performance.reports.models import (
    CaseStudy,
    Report,
    ReportEdition,
    ReportMove,
    ReportState,
    ReportWords,
)
from hearth.oversight.performance.reports.periods import Period
from hearth.oversight.performance.reports.reach import APPROVES, WRITES, works
from hearth.oversight.performance.reports.sections import Section, section_coded

STUDY = ("title", "story", "consented_by", "consented_on", "consent_kept")
NOT_BYTES = ("pdf", "word")


def take_turns() -> None:
    """Of two who start or publish at once, the second sees what the first did."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('reports', 0))")


def of_place_and_time(area: Area | None, period: Period) -> QuerySet[Report]:
    """Reports of a place and time, whatever became of them."""
    return Report.objects.filter(kind=period.kind, area=area, from_on=period.first.first_on)


def reports(reader: Any, page: Any) -> Page:
    """Those that the reader may read, the latest time first, each with whether it is published and was corrected."""
    refuse(rules.why_not_see_reports(reader))
    public = ReportEdition.objects.standing().filter(report=OuterRef("pk"), is_public=True)
    later = Report.objects.filter(replaces=OuterRef("pk"), state=ReportState.APPROVED)
    rows = Report.objects.visible_to(reader).select_related("area", "replaces").defer("figures")
    rows = rows.annotate(is_published=Exists(public), is_corrected=Exists(later))
    return page_of(rows.order_by("-from_on", "area__name", "-number", "id"), page, size=25)


def report_of(reader: Any, reference: str) -> Report:
    """One report, or a page that never says whether it exists."""
    rows = Report.objects.visible_to(reader).select_related(
        "area", "replaces", "replaces__area", "started_by", "sent_by", "approved_by"
    )
    return get_object_or_404(rows, reference=reference)


def written(reader: Any, report: Report) -> dict[str, ReportWords]:
    """What is written of each section."""
    rows = ReportWords.objects.visible_to(reader).filter(report=report).select_related("written_by")
    return {each.section: each for each in rows if each.words}


def words_of(found: Mapping[str, ReportWords]) -> dict[str, str]:
    """The words alone."""
    return {code: each.words for code, each in found.items()}


def studies(reader: Any, report: Report) -> list[CaseStudy]:
    """Its case studies, withdrawn ones too, which say nothing any more."""
    rows = CaseStudy.objects.visible_to(reader).filter(report=report).select_related("stated_by", "withdrawn_by")
    return list(rows.order_by("number"))


def study_of(reader: Any, report: Report, number: int) -> CaseStudy:
    """One of them."""
    return get_object_or_404(
        CaseStudy.objects.visible_to(reader).select_related("stated_by"), report=report, number=number
    )


def as_told(study: CaseStudy) -> dict[str, Any]:
    """What a form begins with to change it."""
    return {name: getattr(study, name) for name in STUDY} | {"seen": seen_in(study, STUDY)}


def moves(reader: Any, report: Report) -> list[ReportMove]:
    """Its whole way, the latest first."""
    rows = ReportMove.objects.visible_to(reader).filter(report=report).select_related("by")
    return list(rows.order_by("-at", "-created_at", "id"))


def writers(report: Report) -> set[Any]:
    """Everybody who wrote in it: none of them approves it."""
    wrote = ReportWords.objects.filter(report=report).values_list("written_by_id", flat=True)
    stated = CaseStudy.objects.filter(report=report).values_list("stated_by_id", flat=True)
    return {report.started_by_id, report.sent_by_id, *wrote, *stated} - {None}


def later_version(report: Report) -> Report | None:
    """The version that corrects it, where one was begun."""
    return Report.objects.filter(replaces=report).defer("figures").first()


def editions(reader: Any, report: Report) -> list[ReportEdition]:
    """Its editions, the newest first; what an ended one said is gone, and its digest stays."""
    rows = ReportEdition.objects.visible_to(reader).filter(report=report).select_related("made_by").defer(*NOT_BYTES)
    return list(rows.order_by("-made_at", "is_public", "id"))


def standing(found: list[ReportEdition], *, is_public: bool) -> ReportEdition | None:
    """The one that stands."""
    return next((each for each in found if each.is_public == is_public and each.ended_at is None), None)


def content_of(reader: Any, report: Report, found: list[ReportEdition]) -> contents.Content:
    """As it was frozen; before that, as it stands now."""
    frozen = standing(found, is_public=False)
    if frozen is not None:
        return dict(frozen.content)
    return contents.content_of(
        report, words_of(written(reader, report)), studies(reader, report), gathered=report.figures
    )


def section_to_write(reader: Any, reference: str, code: str) -> tuple[Report, Section]:
    """A section, for whoever writes in the report now."""
    found, section = report_of(reader, reference), section_coded(code)
    if section is None:
        raise Http404
    refuse(rules.why_not_write(reader, found))
    return found, section


def places_to_write(reader: Any) -> list[tuple[str, str]]:
    """Of where the reader writes reports."""
    codes = {each.code for each in pack().areas.districts}
    rows = Area.objects.filter(code__in=codes).order_by("name")
    found = [(area.code, area.name) for area in rows if rules.works_in(reader, area, WRITES)]
    whole = [("whole", f"The whole of {pack().authority.short_name}")] if rules.works_in(reader, None, WRITES) else []
    return [*whole, *found]


def part_of(reader: Any, report: Report, section: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A section as its page begins: what is written, with what its writer saw; and what the data say."""
    row = written(reader, report).get(section) or ReportWords(report=report, section=section, words="")
    content = contents.content_of(report, {}, [], gathered=report.figures)
    told = next(each for each in content["sections"] if each["code"] == section)
    return {"words": row.words, "seen": seen_in(row, ["words"])}, told


def place_coded(code: str) -> Area | None:
    """A district by its code; none for the whole authority."""
    return None if code == "whole" else Area.objects.get(code=code)


@dataclass(frozen=True)
class Waits:
    """What waits on the first page, as every queue says it there."""

    words: str
    url: str
    late: int = 0
    week: int = 0


def reports_waiting(reader: Any) -> list[Waits]:
    """Reports to approve, for whoever may and wrote none of them; and those that were sent back to the reader. A query each."""
    found = []
    if reader.may(APPROVES):
        wrote = ReportWords.objects.filter(report=OuterRef("pk"), written_by=reader)
        rows = Report.objects.filter(works(reader, APPROVES), ~Exists(wrote), state=ReportState.SENT).exclude(
            started_by=reader
        )
        found += [Waits(f"{counted(many, 'report')} to approve", reverse("reports"))] if (many := rows.count()) else []
    if reader.may(WRITES):
        back = ReportMove.objects.filter(report=OuterRef("pk"), what=ReportMove.What.SENT_BACK)
        rows = Report.objects.filter(Exists(back), works(reader, WRITES), sent_by=reader, state=ReportState.WRITING)
        found += (
            [Waits(f"{counted(many, 'report')} sent back to you", reverse("reports"))] if (many := rows.count()) else []
        )
    return found


@dataclass(frozen=True)
class May:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""

    write: bool
    gather: bool
    send: str  # empty: it may be sent; otherwise why not yet
    decide: bool
    correct: bool
    publish: bool
    withdraw: bool


def what_may(reader: Any, report: Report, found: list[ReportEdition]) -> May:
    """For the page of one report."""
    may_write = rules.why_not_write(reader, report) is None
    refusal = rules.why_not_send(reader, report, written(reader, report)) if may_write else None
    published = any(each.is_public for each in found)
    return May(
        write=may_write,
        gather=rules.why_not_gather(reader, report) is None,
        send=refusal.sentence if refusal else "",
        decide=rules.why_not_decide(reader, report, writers(report)) is None,
        correct=report.is_approved and rules.why_not_correct(reader, report, "-", later=later_version(report) is not None) is None,
        publish=rules.why_not_publish(reader, report, published=published) is None,
        withdraw=rules.why_not_withdraw(reader, report, None) is None,
    )  # fmt: skip
