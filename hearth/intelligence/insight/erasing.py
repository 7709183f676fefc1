"""Takes one person out of what was found of them: families of concern, decisions on them, and every file of a run."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import refuse
from hearth.intelligence.feeds.erasing import why_not_erase


@action
def forget_concern(*, by: Any, scheme: str, value: str, why: str) -> int:
    """Erase what stands of somebody by a number, with their household's flags; gives how many families of concern went.

    Who works with them, when they were in care and how their touchpoints stand, by rows of feeds that have the number, goes too.
    Files of runs go whole, as each may hold them: the next run reads everything again.
    """
    refuse(why_not_erase(by, scheme, value, why))
    with connection.cursor() as cursor:
        cursor.execute("select hearth_forget_concern(%s)", [f"{scheme}:{value}"])
        gone = int(cursor.fetchone()[0])
        cursor.execute("select hearth_forget_involvement(%s)", [f"{scheme}:{value}"])
        involvements = int(cursor.fetchone()[0])
        cursor.execute("select hearth_forget_care(%s)", [f"{scheme}:{value}"])
        in_care = int(cursor.fetchone()[0])
        cursor.execute("select hearth_forget_touchpoints(%s)", [f"{scheme}:{value}"])
        touchpoints = int(cursor.fetchone()[0])
    shutil.rmtree(Path(settings.FEEDS_FOLDER) / "insight", ignore_errors=True)
    record(
        "insight.person_erased",
        scheme=scheme,
        families=gone,
        involvements=involvements,
        touchpoints=touchpoints,
        in_care=in_care,
    )
    return gone
