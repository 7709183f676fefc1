"""In which areas a reader may make exports."""

from typing import Any

from django.db.models import QuerySet

from hearth.foundation.accounts.models import Area
from hearth.oversight.performance.exports.models import MAKES
from hearth.records.people.reach import areas


def districts_of(user: Any) -> QuerySet[Area]:
    """Districts whose families the reader may put into a file, by name. A locality is its districts."""
    return Area.objects.filter(pk__one_of=areas(user, MAKES), children=None).order_by("name")
