"""The base of every table."""

import uuid

from django.db import models

from hearth.foundation.core import clock


class Record(models.Model):
    """A row with a key made in Python, so that access can be written before the row it opens.

    (INSERT ... RETURNING would fail under a policy that cannot see the new row yet.)
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
