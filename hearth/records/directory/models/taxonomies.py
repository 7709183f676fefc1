"""Words by which services are found: needs and circumstances of the practice pack, and taxonomies of other directories."""

import uuid

import pghistory
from django.db import models

from hearth.foundation.core.models import Record
from hearth.records.directory.models.entries import Service


def taxonomy_key(code: str) -> uuid.UUID:
    """The key of a taxonomy of ours: the same in every installation."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"hearth taxonomy {code}")


def term_key(taxonomy: str, code: str) -> uuid.UUID:
    """The key of a term of ours."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"hearth taxonomy {taxonomy} {code}")


class Taxonomy(Record):
    """A list of terms. Those with a code are the practice pack's own."""

    code = models.CharField(max_length=40, blank=True, help_text="needs or circumstances; empty: another directory's")
    name = models.CharField(max_length=200)
    description = models.TextField()
    uri = models.CharField(max_length=500, blank=True)
    version = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "taxonomy"
        verbose_name_plural = "taxonomies"

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(Record):
    """A term of a taxonomy, such as a need."""

    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.PROTECT, related_name="terms")
    code = models.CharField(max_length=100, help_text="the pack's code, or what the other directory calls it")
    name = models.CharField(max_length=300)
    description = models.TextField()
    parent_id_given = models.CharField(max_length=40, blank=True, help_text="the key of the term above it, as told")
    term_uri = models.CharField(max_length=500, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        verbose_name = "taxonomy term"

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class ServiceTerm(Record):
    """A service is about a term."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="terms")
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.PROTECT, related_name="services")
    link_type = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = "service term"
        constraints = [models.UniqueConstraint(fields=["service", "term"], name="service_term_once")]
