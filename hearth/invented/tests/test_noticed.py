"""In the demonstration casework is a feed: it is in families' views, and makes a family of concern of what other services see besides."""

from typing import Any

import pytest

from hearth.casework.cases import jobs
from hearth.casework.cases.models import Case
from hearth.desk.concerns.queries import concern_page
from hearth.foundation.accounts.models import User
from hearth.foundation.core.reader import acting_as, read_as
from hearth.intelligence.feeds.models import FeedLoad
from hearth.intelligence.insight.involvement.queries import family_view
from hearth.intelligence.insight.involvement.tests.conftest import link, own_folder, work_out, worked_out  # noqa: F401
from hearth.intelligence.insight.models import Flag
from hearth.invented import authority
from hearth.records.documents.tests.conftest import worker  # noqa: F401

pytestmark = pytest.mark.django_db


def test_early_help_is_in_the_family_view_and_one_of_the_services_of_high_impact(
    cast: Any,
    worker: None,  # noqa: F811
    worked_out: Any,  # noqa: F811
    monkeypatch: Any,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("hearth.invented.noticed.defer", lambda name, **given: asked.append(f"{name} {given['by']}"))
    authority.load(families=len(authority.ENDINGS), seed=7, progress=lambda _: None)
    analyst: Any = User.objects.select_related("organisation").get(email=cast.analyst.email)
    assert asked == [f"cases.load_feed {analyst.id}"]
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    jobs.load_feed(by=str(analyst.id))
    read_as(analyst)
    assert FeedLoad.objects.get(feed="casework").state == "committed"
    worked_out()
    lead: Any = cast.family_worker
    with acting_as(lead):
        cases = list(Case.objects.visible_to(lead).open().filter(lead=lead).select_related("family"))
        seen = {each.service for case in cases for each in family_view(lead, case.family, "test").involved}
    assert f"Early help: {lead.organisation.name}" in seen
    with acting_as(analyst):
        flags = list(Flag.objects.filter(rule="high_impact").select_related("family"))
        said = [{each["said"] for each in flag.evidence} for flag in flags]
        assert {"early_help", "edge_of_care", "home_at_risk"} in said
        assert not Flag.objects.filter(rule__in=["early_help", "tf2_early_help"]).exists(), "by itself it flags nobody"
        helping = [each for flag in flags for each in concern_page(analyst, flag.family.reference)["helpers"]]
    told = [f"{each.words} | {each.contact}" for each in helping]
    assert any(each.startswith("Early help casework: ") and lead.full_name in each for each in told), told
