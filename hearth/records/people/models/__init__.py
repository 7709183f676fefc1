"""Families and the people in them."""

from hearth.records.people.models.access import Access
from hearth.records.people.models.facts import Address, Identifier, MissingAnswer, Relationship
from hearth.records.people.models.families import Family, FamilyQuerySet
from hearth.records.people.models.links import Link
from hearth.records.people.models.look_up import LookUpEntry, NameCount
from hearth.records.people.models.persons import (
    KINDS_OF_NAME,
    BirthPrecision,
    FamilyRole,
    Membership,
    NameToken,
    Person,
    PersonName,
    PersonQuerySet,
    Sex,
    may_see_person,
)
from hearth.records.people.models.restrictions import RestrictedAccess, RestrictedSearch, Restriction

__all__ = [
    "KINDS_OF_NAME", "Access", "Address", "BirthPrecision", "Family", "FamilyQuerySet", "FamilyRole", "Identifier", "Link", "LookUpEntry",
    "Membership", "MissingAnswer", "NameCount", "NameToken", "Person", "PersonName", "PersonQuerySet", "Relationship", "RestrictedAccess",
    "RestrictedSearch", "Restriction", "Sex",
    "may_see_person",
]  # fmt: skip
