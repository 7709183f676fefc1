"""What the directory holds."""

from hearth.records.directory.models.changes import ServiceChange
from hearth.records.directory.models.entries import (
    HELD,
    PLACES,
    STATUSES,
    WAYS_IN,
    ListedOrganisation,
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceQuerySet,
)
from hearth.records.directory.models.finding import DirectoryWord, FinderCount, FinderEntry, FinderWord
from hearth.records.directory.models.reading import DirectoryFeed, DirectoryRun, QuarantinedEntry
from hearth.records.directory.models.taxonomies import ServiceTerm, Taxonomy, TaxonomyTerm

__all__ = [
    "HELD", "PLACES", "STATUSES", "WAYS_IN", "DirectoryFeed", "DirectoryRun", "DirectoryWord", "FinderCount", "FinderEntry",
    "FinderWord", "ListedOrganisation", "Location", "QuarantinedEntry", "Schedule", "Service", "ServiceAtLocation", "ServiceChange",
    "ServiceQuerySet", "ServiceTerm", "Taxonomy", "TaxonomyTerm",
]  # fmt: skip
