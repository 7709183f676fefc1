"""The places on a meeting's list that are taken, whoever may open what stands there."""

from django.db import connection

from hearth.casework.panels.models import PanelMeeting


def taken_numbers(meeting: PanelMeeting, *, waiting: bool = False) -> list[int]:
    """Numbers of all items of a meeting, or of those still to be heard: the database answers with numbers alone.

    Whoever asks next waits until this transaction is over, so that two never take the same place.
    """
    with connection.cursor() as cursor:
        cursor.execute("select hearth_panel_numbers(%s, %s)", [meeting.id, waiting])
        (numbers,) = cursor.fetchone()
    return list(numbers)
