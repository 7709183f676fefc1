"""A file is made once, in the background, as whoever asked; it is frozen, and let go on its day."""

import datetime as dt
import hashlib
import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hearth.foundation.accounts.actions import appoint_person, end_appointment
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.performance.exports import actions, jobs, making
from hearth.oversight.performance.exports.models import Export, ExportFile, ExportGap, HandingOver
from hearth.oversight.performance.exports.tests.conftest import ASKS, ago


def _asked(by: Any, **more: Any) -> Export:
    with acting_as(by):
        said = {"kind": "annex_a", "from_on": ago(182), "to_on": clock.today()} | ASKS | more
        return actions.ask_for_export(by=by, **said)


def test_asking_says_why_and_for_whom_and_queues_the_making(cast: Any) -> None:
    by = cast.information_governance
    export = _asked(by)
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'exports.make'")
        assert [json.loads(row[0]) for row in cursor.fetchall()] == [{"export": str(export.id), "by": str(by.id)}]
    assert _events(by, "exports.asked")[0].detail["kind"] == "annex_a"


def test_the_file_is_frozen_with_its_digest_and_the_trail_says_how_many_rows(
    told: Any, export_of: Any, cast: Any
) -> None:
    told()
    made = export_of()
    assert hashlib.sha256(made.content).hexdigest() == made.export.digest
    assert made.export.size == len(made.content)
    assert made.export.until_on == clock.today() + dt.timedelta(days=pack().retention.export_days)
    (event,) = _events(cast.information_governance, "exports.made")
    assert (event.detail["rows"], event.detail["digest"]) == (made.export.rows, made.export.digest)


def test_the_same_records_make_the_same_rows_and_making_twice_changes_nothing(
    told: Any, export_of: Any, cast: Any
) -> None:
    told()
    made = export_of()
    by = cast.information_governance
    with acting_as(by):
        making.make(made.export, by)
    jobs.make(str(made.export.id), str(by.id))
    with acting_as(by):
        again = Export.objects.get(pk=made.export.pk)
        assert (again.digest, ExportFile.objects.filter(export=again).count()) == (made.export.digest, 1)
        assert ExportGap.objects.filter(export=again).count() == sum(gap["number"] for gap in again.gaps)


def test_one_that_a_killed_process_left_is_begun_again(told: Any, cast: Any) -> None:
    told()
    by = cast.information_governance
    export = _asked(by)
    with acting_as(by):
        assert actions.begin_export(by=by, export=export)  # and then the plug was pulled
        assert making.make(Export.objects.get(pk=export.pk), by).state == "ready"


def test_what_was_made_cannot_be_changed_or_taken_away_by_anybody(told: Any, export_of: Any, cast: Any) -> None:
    made = export_of()
    with acting_as(cast.information_governance):
        for change in ({"statement": "Otherwise"}, {"digest": "0" * 64}, {"state": "waiting"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Export.objects.filter(pk=made.export.pk).update(**change)
        for column in ("purpose", "goes_to", "kind"):
            with pytest.raises(DatabaseError), transaction.atomic():
                Export.objects.filter(pk=made.export.pk).update(**{column: "families"})
        for model in (ExportFile, ExportGap, HandingOver, Export):
            with pytest.raises(DatabaseError), transaction.atomic():
                model.objects.filter(pk=made.export.pk).delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            ExportFile.objects.filter(export=made.export).update(bytes=b"")


def test_whoever_lost_the_role_since_has_nothing_made_and_sees_nothing(told: Any, cast: Any, as_client: Any) -> None:
    told()
    by = cast.information_governance
    export = _asked(by)
    with acting_as(by):
        done = making.make(export, by)
    other = _asked(by)
    client = as_client(by)
    assert client.get(f"/exports/{done.reference}/").status_code == 200
    _take_role(cast, by)
    with acting_as(cast.administrator):
        appoint_person(by=cast.administrator, person=by, role="elected_member")
    jobs.make(str(other.id), str(by.id))
    with acting_as(by):
        assert not Export.objects.all().exists()
        with pytest.raises(Refused):
            actions.begin_export(by=by, export=other)
    by.refresh_from_db()
    client = as_client(by)
    for address in ("", "download/", "hand-over/"):
        assert client.get(f"/exports/{done.reference}/{address}").status_code in (403, 404)
    assert client.post(f"/exports/{done.reference}/download/").status_code in (403, 404)


def test_after_its_last_day_the_file_is_not_to_be_had_and_is_then_let_go(
    told: Any, export_of: Any, cast: Any, as_client: Any
) -> None:
    told(ethnicity="NOBT")
    made = export_of()
    by = cast.information_governance
    with clock.frozen(made.export.until_on):
        assert as_client(by).post(f"/exports/{made.export.reference}/download/").status_code == 200
    with clock.frozen(made.export.until_on + dt.timedelta(days=1)):
        client = as_client(by)
        assert client.post(f"/exports/{made.export.reference}/download/").status_code == 403
        assert "is gone. Make it again" in client.get(f"/exports/{made.export.reference}/").content.decode()


def test_more_families_ask_no_more_queries(told: Any, export_of: Any) -> None:
    told()
    export_of()  # who asks is read once
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            export_of()
        counts.append([query["sql"][:160] for query in queries])
        for number in range(4):
            told(f"More{number}")
    assert len(counts[0]) == len(counts[1])


def test_not_many_are_made_at_once_by_one_person(cast: Any) -> None:
    by = cast.information_governance
    for _ in range(3):
        _asked(by)
    with pytest.raises(Refused, match="waiting or being made"):
        _asked(by)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "everything"}, "Choose which file"),
        ({"purpose": "  "}, "Say why it is made"),
        ({"goes_to": ""}, "who will have it"),
        ({"to_on": dt.date(2999, 1, 1)}, "has not been yet"),
        ({"from_on": dt.date(1999, 1, 1)}, "10 years at most"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence(cast: Any, said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        _asked(cast.information_governance, **said)


def test_days_the_wrong_way_round_are_refused(cast: Any) -> None:
    with pytest.raises(Refused, match="after the last one"):
        _asked(cast.information_governance, from_on=clock.today(), to_on=ago(1))


@pytest.mark.parametrize(
    "who",
    [
        "practitioner",
        "manager",
        "county_manager",
        "administrator",
        "commissioner",
        "quality_auditor",
        "charity_manager",
    ],
)
def test_whoever_may_not_make_exports_is_refused_and_reads_no_row(
    told: Any, export_of: Any, cast: Any, who: str
) -> None:
    told()
    made = export_of()
    by = getattr(cast, who)
    with pytest.raises(Refused, match="Your role does not include exports"):
        _asked(by)
    with acting_as(by), connection.cursor() as cursor:
        for model in (Export, ExportFile, ExportGap):
            assert not model.objects.all().exists()
        for function, errors in (
            ("contacts", ""),
            ("early_help", ", '{}'"),
            ("referrals", ""),
            ("persons", ", '{}'"),
            ("family_list", ", '{}', 'x'"),
        ):
            cursor.execute(f"select count(*) from hearth_export_{function}(null, '2000-01-01', '2999-01-01'{errors})")  # noqa: S608
            assert cursor.fetchone() == (0,), function
    del made


def test_a_colleague_with_the_same_role_does_not_open_somebody_elses(
    told: Any, export_of: Any, cast: Any, as_client: Any
) -> None:
    told()
    made = export_of()
    client = as_client(cast.analyst)
    for address in ("", "download/", "hand-over/"):
        assert client.get(f"/exports/{made.export.reference}/{address}").status_code in (302, 403, 404)
    assert client.get(f"/exports/{made.export.reference}/").status_code == 404
    assert client.post(f"/exports/{made.export.reference}/download/").status_code == 404
    assert client.post(f"/exports/{made.export.reference}/again/").status_code == 404
    with acting_as(cast.analyst):
        assert not Export.objects.all().exists()


def test_whoever_has_one_district_makes_files_of_that_district_alone(
    told: Any, export_of: Any, cast: Any, area: Any, other_area: Any
) -> None:
    mine, theirs = told("Mine"), told("Theirs", where=other_area, by=cast.other_family_worker)
    by = cast.analyst
    _only_in(cast, by, area)
    for kind in ("annex_a", "ssd", "families"):
        made = export_of(kind, by=by)
        assert made.export.districts == [area.name]
        with acting_as(by):
            gaps = {gap.row_reference for gap in ExportGap.objects.all()}
        assert theirs.child.reference not in gaps
        assert theirs.family.reference not in gaps
    assert [row["Child Unique ID"] for row in export_of(by=by).rows("List 2")] == [mine.child.reference]
    with pytest.raises(Refused, match="a district that is yours"):
        export_of(by=by, area=other_area)


def test_whoever_lost_a_district_since_does_not_have_its_file_any_more(
    told: Any, export_of: Any, cast: Any, area: Any, other_area: Any, as_client: Any
) -> None:
    told(ethnicity="NOBT")
    by = cast.analyst
    whole, waits = export_of(by=by), None
    with acting_as(by):
        waits = actions.ask_for_export(
            by=by, kind="annex_a", from_on=ago(9), to_on=clock.today(), area=other_area, queue=False, **ASKS
        )
    _only_in(cast, by, area)
    by.refresh_from_db()
    client = as_client(by)
    page = f"/exports/{whole.export.reference}/"
    assert client.post(page + "download/").status_code == 403
    seen = client.get(page).content.decode()
    assert "a district that is no longer yours" in seen
    assert "The ethnicity has not been asked" not in seen.split("Row by row")[-1] or "Row by row" not in seen
    with acting_as(by):
        assert making.make(waits, by).fault.startswith("Choose a district that is yours")


def _only_in(cast: Any, user: Any, area: Any) -> None:
    _take_role(cast, user)
    with acting_as(cast.administrator):
        appoint_person(by=cast.administrator, person=user, role="analyst", area=area)


def _take_role(cast: Any, user: Any) -> None:
    by = cast.administrator
    with acting_as(by):
        for held in Appointment.objects.filter(user=user):
            end_appointment(by=by, appointment=held)


def _events(by: Any, verb: str) -> list[AuditEvent]:
    with acting_as(by):
        return list(AuditEvent.objects.filter(actor_id=by.id, verb=verb).order_by("created_at"))
