"""The base of every table."""

import uuid
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import models

from hearth.foundation.core import clock
from hearth.foundation.core.references import Drawn, until_free
from hearth.foundation.core.refusals import Refusal, Refused

GONE = Refusal(
    "core.gone", "Somebody else took this away, or closed it to you, while you had it open. Look at how it is now."
)


class Record(models.Model):
    """A row with a key made in Python, so that access can be written before the row it opens.

    (INSERT ... RETURNING would fail under a policy that cannot see the new row yet.)
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; a new row whose reference chance drew is given another where that is taken."""
        if kwargs.get("force_insert") and isinstance(getattr(self, "reference", None), Drawn):
            until_free(self, partial(super().save, *args, **kwargs), kwargs.get("using"))
        else:
            super().save(*args, **kwargs)

    def hold(self) -> None:
        """Read the row again, held until the transaction ends: of two who change it, the second sees what the first did.

        Whoever may not change a row cannot hold it either. They read it as it is now, for the rule to refuse.
        """
        rows = type(self)._default_manager
        for found in (rows.select_for_update(no_key=True, of=("self",)), rows.all()):
            try:
                return self.refresh_from_db(from_queryset=found)
            except type(self).DoesNotExist:
                continue
        raise Refused(GONE)


def hold_each(rows: Iterable[Record]) -> None:
    """Hold several rows of one kind, always in the order of their keys: two who hold the same never wait for each other.

    Kinds have an order too, for the same reason: request, step, case, plan or assessment, family, person, and last
    whatever hangs from one of them.
    """
    for row in sorted(rows, key=lambda each: each.id):
        row.hold()
