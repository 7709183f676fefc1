"""What the directory's tests may ask for: a charity and a school that are listed, and entries of theirs."""

from collections.abc import Callable
from typing import Any

import pytest

from hearth.foundation.core.reader import acting_as
from hearth.records.directory.actions import list_organisation, write_service
from hearth.records.directory.models import ListedOrganisation, Service

PLACE: dict[str, Any] = {
    "id": "",
    "name": "The Old Library",
    "address_1": "1 Mill Street",
    "city": "Burnley",
    "county": "Lancashire",
    "postcode": "BB11 1AA",
    "latitude": 53.789,
    "longitude": -2.24,
    "accessibility": ["step_free"],
    "accessibility_words": "Ring the bell.",
}
SESSION = {"days": ["TU", "TH"], "opens_at": "09:30", "closes_at": "11:30", "description": "In school terms."}
ENTRY: dict[str, Any] = {
    "name": "Stay and play",
    "description": "Songs and messy play.",
    "needs": ["speech_and_play"],
    "circumstances": ["new_to_area"],
    "minimum_age": 0,
    "maximum_age": 5,
    "is_free": True,
    "url": "https://lantern.example.org/stay",
    "email": "hello@lantern.example.org",
    "languages": ["ur"],
    "places": [PLACE],
    "sessions": [SESSION],
}


@pytest.fixture
def charity(cast: Any) -> ListedOrganisation:
    """Lantern, whose entries `provider` and `charity_manager` keep."""
    return _listed(cast.commissioner, cast.provider.organisation)


@pytest.fixture
def school(cast: Any) -> ListedOrganisation:
    """A school, of which nobody in the cast keeps entries."""
    return _listed(cast.commissioner, cast.practitioner.organisation)


def _listed(by: Any, agency: Any) -> ListedOrganisation:
    with acting_as(by):
        return list_organisation(by=by, name=agency.name, description="Stands by families.", agency=agency)


@pytest.fixture
def offered(cast: Any) -> Callable[..., Service]:
    """`offered(charity, name="Pantry")` is an entry, as a steward wrote it."""

    def make(organisation: ListedOrganisation, **told: Any) -> Service:
        by = cast.commissioner
        with acting_as(by):
            return write_service(by=by, organisation=organisation, entry=ENTRY | told)

    return make
