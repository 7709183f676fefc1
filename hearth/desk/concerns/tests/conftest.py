"""What tests of deciding ask for: the rooms' own fixtures, on the floor above them."""

from hearth.intelligence.feeds.tests.conftest import (  # noqa: F401
    agreed,
    analyst_reads,
    commit,
    council,
    own_folder,
    police,
    send,
)
from hearth.intelligence.insight.tests.conftest import as_the_worker, concern, flagged, hold, work_out  # noqa: F401
from hearth.records.documents.tests.conftest import worker  # noqa: F401
