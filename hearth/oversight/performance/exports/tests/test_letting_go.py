"""A file goes after its last day; that it was made, for whom and why, stays."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance.exports.jobs import let_go_of_old_exports
from hearth.oversight.performance.exports.models import Export, ExportFile, ExportGap, HandingOver
from hearth.records.documents.tests.conftest import worker  # noqa: F401


def test_the_file_and_what_was_missing_go_and_the_account_stays(
    worker: None,  # noqa: F811
    told: Any,
    export_of: Any,
    cast: Any,
) -> None:
    told(ethnicity="NOBT")
    made, by = export_of(), cast.information_governance
    assert let_go_of_old_exports() == 0
    with clock.frozen(made.export.until_on):
        assert let_go_of_old_exports() == 0
    with clock.frozen(made.export.until_on + dt.timedelta(days=1)):
        assert let_go_of_old_exports() == 1
        assert let_go_of_old_exports() == 0, "once"
    with acting_as(by):
        kept = Export.objects.get(pk=made.export.pk)
        assert (kept.state, kept.digest, kept.statement) == ("let_go", made.export.digest, made.export.statement)
        assert (kept.purpose, kept.goes_to, kept.rows) == (made.export.purpose, made.export.goes_to, made.export.rows)
        assert not ExportFile.objects.exists()
        assert not ExportGap.objects.exists()
        assert not HandingOver.objects.exists()


def test_nobody_but_the_night_lets_a_file_go(told: Any, export_of: Any, cast: Any) -> None:
    export_of()
    with (
        acting_as(cast.information_governance),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        cursor.execute("select hearth_let_go_of_exports('2999-01-01')")
