"""Files dropped in a folder: taken once and as somebody, never committed unseen; what will not do is told why and kept for a while."""

import os
import time
from pathlib import Path

import pytest

from hearth.foundation.core.reader import acting_as, read_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds import dropped, jobs
from hearth.intelligence.feeds.models import FeedDecision, FeedLoad

POLICE = "personId,policeArea,contactName,contactPhone\np1,North,Ann,1\np2,South,Bob,2\n"
NAME = "police_2026-09-01_2026-09-30.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where files are dropped."""
    made = tmp_path / "dropped"
    made.mkdir()
    return made


def drop(folder: Path, place: str, content: str | bytes = POLICE, ago: float = 3600) -> Path:
    """A file that was last written to so many seconds ago."""
    file = folder / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(file, (time.time() - ago, time.time() - ago))
    return file


def take(by, folder: Path) -> int:
    """A round of the worker's, after which the test reads on as whoever answers."""
    try:
        return dropped.take_dropped(by, folder)
    finally:
        read_as(by)


def test_the_council_s_own_file_is_read_waits_to_be_looked_at_and_is_gone_from_the_folder(folder, cast):
    file = drop(folder, f"police/{NAME}")
    assert take(cast.analyst, folder) == 1
    load = FeedLoad.objects.get()
    assert (load.state, load.new, load.organisation.is_authority, load.by) == ("ready", 2, True, cast.analyst)
    assert (load.covers_from.isoformat(), load.covers_until.isoformat()) == ("2026-09-01", "2026-09-30")
    assert not file.exists() and not (folder / "refused").exists()
    assert take(cast.analyst, folder) == 0


def test_a_partner_s_file_needs_the_agreement_as_any_other(folder, cast, police, agreed):
    place = f"police/{police.name}/{NAME}"
    drop(folder, place)
    take(cast.analyst, folder)
    assert not FeedLoad.objects.exists()
    with acting_as(cast.analyst, using="audit"):
        assert FeedDecision.objects.using("audit").get(decision="DENY").source == police.name
    assert "agreement" in (folder / "refused" / f"{place}.txt").read_text()
    agreed(police, "police_and_justice")
    drop(folder, place)
    take(cast.analyst, folder)
    assert FeedLoad.objects.get().organisation == police


def test_a_file_that_comes_again_is_the_same_load(folder, cast):
    for _ in range(2):
        drop(folder, f"police/{NAME}")
        assert take(cast.analyst, folder) == 1
    assert FeedLoad.objects.count() == 1
    assert not any(folder.rglob("*.csv"))


@pytest.mark.parametrize(
    ("place", "content", "said"),
    [
        ("police/police.csv", POLICE, "does not say which days it covers"),
        ("police/police_2026-09-01_2026-13-30.csv", POLICE, "does not say which days it covers"),
        ("police/police_2026-09-30_2026-09-01.csv", POLICE, "must not be before the first"),
        (f"nonsense/{NAME}", POLICE, "There is no feed nonsense"),
        (f"police/Nobody/{NAME}", POLICE, "No organisation that sends files is called Nobody"),
        (f"police/{NAME}", "", "empty"),
        (f"police/{NAME}", b"%PDF-1.7", "PDF"),
    ],
)
def test_one_that_will_not_do_is_put_aside_with_the_reason_and_the_rest_is_taken(place, content, said, folder, cast):
    drop(folder, place, content)
    drop(folder, "police/zz_2026-08-01_2026-08-31.csv")
    assert take(cast.analyst, folder) == 2
    assert said in (folder / "refused" / f"{place}.txt").read_text()
    assert (folder / "refused" / place).exists() and not (folder / place).exists()
    assert FeedLoad.objects.filter(state="ready").count() == 1


def test_one_refused_twice_is_kept_twice_and_each_goes_after_thirty_days(folder, cast):
    for _ in range(2):
        drop(folder, "police/police.csv")
        take(cast.analyst, folder)
    kept = sorted((folder / "refused").rglob("*.*"))
    assert [file.name for file in kept] == ["police (2).csv", "police (2).csv.txt", "police.csv", "police.csv.txt"]
    for file in kept:
        os.utime(file, (time.time() - dropped.KEPT - 60,) * 2)
    take(cast.analyst, folder)
    assert not list((folder / "refused").rglob("*.*"))


def test_what_is_half_copied_hidden_or_points_elsewhere_is_left(folder, cast, tmp_path):
    left = [drop(folder, f"police/{NAME}", ago=1), drop(folder, f"police/.{NAME}"), drop(folder, NAME)]
    elsewhere = drop(tmp_path, f"elsewhere/{NAME}")
    (folder / "housing").symlink_to(elsewhere.parent)
    (folder / "police" / f"link_{NAME}").symlink_to(elsewhere)
    assert take(cast.analyst, folder) == 0
    assert all(file.exists() for file in [*left, elsewhere])


def test_one_that_is_being_read_elsewhere_is_left_for_the_next_round(folder, cast, monkeypatch):
    file = drop(folder, f"police/{NAME}")

    def being_read(*_, **__):
        raise Refused(dropped.Refusal(dropped.BEING_READ, "This file is being read at this moment."))

    monkeypatch.setattr(dropped.loading, "load_file", being_read)
    assert take(cast.analyst, folder) == 0
    assert file.exists()


def test_who_answers_must_be_somebody_who_may(folder, cast):
    drop(folder, f"police/{NAME}")
    with acting_as(cast.practitioner), pytest.raises(Refused, match="cannot load partners"):
        dropped.take_dropped(cast.practitioner, folder)
    assert not FeedLoad.objects.exists()


def test_the_worker_looks_only_where_the_setting_says_and_as_whom_it_says(folder, cast, settings, monkeypatch):
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    drop(folder, f"police/{NAME}")
    jobs.take_dropped(0)
    assert not FeedLoad.objects.exists()
    settings.HEARTH_FEEDS_DROPPED, settings.HEARTH_FEEDS_DROPPED_BY = str(folder), cast.analyst.email.upper()
    jobs.take_dropped(0)
    read_as(cast.analyst)
    assert FeedLoad.objects.get().by == cast.analyst
