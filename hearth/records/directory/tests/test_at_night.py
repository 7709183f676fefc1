"""What is done by the worker and the command line, and what a setting may say."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from hearth.config.environment import SettingError, named_addresses
from hearth.foundation.core import clock
from hearth.foundation.core.pack import load_pack, pack
from hearth.invented.listed import OFFERS, POINTS, list_services
from hearth.records.directory import jobs
from hearth.records.directory.models import DirectoryRun, Service, ServiceChange
from hearth.records.directory.tests.conftest import ENTRY
from hearth.records.directory.tests.elsewhere import Elsewhere
from tests.architecture.rooms import ROOT


def test_a_setting_names_directories(monkeypatch: Any) -> None:
    monkeypatch.setenv("FEEDS", " Bolton = https://a.example/api?x=1 ; Bury=http://b.example; ")
    assert named_addresses("FEEDS") == [("Bolton", "https://a.example/api?x=1"), ("Bury", "http://b.example")]
    monkeypatch.setenv("FEEDS", "")
    assert named_addresses("FEEDS") == []
    for wrong in ("https://a.example", "Bolton = file:///etc/passwd", "= https://a.example", "Bolton"):
        monkeypatch.setenv("FEEDS", wrong)
        with pytest.raises(SettingError):
            named_addresses("FEEDS")


def test_each_night_what_the_setting_names_is_read_as_the_steward_it_names(
    cast: Any, as_: Any, settings: Any, monkeypatch: Any
) -> None:
    elsewhere = Elsewhere()
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    monkeypatch.setenv("no_proxy", "*")
    settings.HEARTH_DIRECTORY_FEEDS = [("Sefton", elsewhere.address)]
    settings.HEARTH_DIRECTORY_FEEDS_BY = ""
    jobs.read_each(0)
    with as_(cast.commissioner):
        assert not DirectoryRun.objects.exists(), "nobody answers for it"
    settings.HEARTH_DIRECTORY_FEEDS_BY = cast.commissioner.email.upper()
    jobs.read_each(0)
    jobs.read_each(0)
    with as_(cast.commissioner):
        run = DirectoryRun.objects.get()
    jobs.read(str(run.id), str(cast.commissioner.id))
    jobs.read(str(run.id), str(cast.commissioner.id))
    with as_(cast.commissioner):
        run.refresh_from_db()
    elsewhere.server.shutdown()
    elsewhere.server.server_close()
    assert run.state == "done" and len(elsewhere.asked) == 1, "read once, however often the job runs"


def test_providers_are_chased_by_the_worker(charity: Any, offered: Any, cast: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    service = offered(charity, **ENTRY)
    with clock.frozen(service.stale_on):
        jobs.chase(0)
    service.refresh_from_db()
    assert service.chased_on == service.stale_on


@pytest.mark.parametrize("authority", ["lancashire", "stockton", "essex"])
def test_the_demonstration_lists_some_forty_entries_of_every_freshness(
    authority: str, cast: Any, area: Any, other_area: Any, as_: Any, settings: Any
) -> None:
    names = ("commissioner", "provider")
    outward = {"lancashire": ("BB11", "PR7"), "stockton": ("TS18", "TS19"), "essex": ("SS14", "CM7")}[authority]
    practice = load_pack(Path(ROOT / "practice" / authority)).directory
    assert set(POINTS) >= set(outward) and practice.stale_months and practice.chase_days_before
    codes = {each.code for each in (*practice.needs, *practice.circumstances, *practice.languages)}
    assert {code for offer in OFFERS for code in (*offer.needs, *offer.circumstances, *offer.languages)} <= codes
    list_services({name: getattr(cast, name) for name in names}, [area, other_area], outward)
    assert Service.objects.count() == 2 * len(OFFERS) == 40
    ages = [(clock.today() - on).days for on in Service.objects.values_list("confirmed_on", flat=True) if on]
    assert len(ages) == 40
    stale = dt.timedelta(days=31 * pack().directory.stale_months).days
    assert any(age > stale for age in ages) and any(age < stale for age in ages)
    with as_(cast.commissioner):
        assert ServiceChange.objects.get().state == "waiting"
