"""What tests of casework as a feed ask for: the worker's role, and linking and working out as the tests of the family view do it."""

from hearth.intelligence.insight.involvement.tests.conftest import (  # noqa: F401
    as_the_worker,
    commit,
    council,
    link,
    own_folder,
    reasons,
    send,
    view,
    work_out,
    worked_out,
    worker,
)
from hearth.intelligence.insight.tests.conftest import analyst_reads  # noqa: F401
