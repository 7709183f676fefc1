"""What tests of these pages ask for: a small child of the Ashworths, and what health visitors sent of her."""

from hearth.intelligence.insight.touchpoints.tests.conftest import (  # noqa: F401
    agreed,
    analyst_reads,
    as_the_worker,
    commit,
    council,
    held,
    hold,
    link,
    own_folder,
    police,
    send,
    sent,
    una,
    work_out,
    worked_out,
    worker,
)
