"""What must be changed by one at a time, and is no single row."""

from django.db import connection

_CLUSTERS = 712_010  # the advisory lock's own number


def hold_clusters() -> None:
    """Wait for whoever links, parts, restricts or frees anybody, until the transaction ends.

    Who is hidden follows from links and restrictions together. Two at once, each of whom could not see what the other
    was writing, would leave open the very record that was to be closed.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_CLUSTERS])
