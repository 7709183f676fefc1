"""Days on which something happened in an invented history, counted back from today."""

import datetime as dt

from hearth.foundation.core import clock


def ago(days: int) -> dt.datetime:
    """Eleven in the morning, so many days ago or on the working day before."""
    moment = (clock.now() - dt.timedelta(days=days)).replace(hour=11, minute=0, second=0, microsecond=0)
    while not clock.is_working_day(moment.date()):
        moment -= dt.timedelta(days=1)
    return moment
