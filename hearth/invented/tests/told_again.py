"""What an invented authority says, without what chance gives each making of it: keys, references and the hours of writing."""

import hashlib
import json
import re
from collections import Counter
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from hearth.foundation.accounts.models import Area, Organisation, User
from hearth.foundation.core.references import ALPHABET, LENGTH
from hearth.invented.told import APPS, KEPT, OWNER
from hearth.records.people.models import Family, Person

# A reference of three letters at most, and a key as PostgreSQL writes it: by chance, also where they stand in a text.
CHANCE = re.compile(rf"\b[A-Z]{{1,3}}-[{ALPHABET}]{{{LENGTH}}}\b|\b[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}\b")
NAMED_BY = {
    User: ("email",), Area: ("code",), Organisation: ("name",), Family: ("name",),
    Person: ("given_name", "family_name", "born_on"),
}  # fmt: skip


def said() -> dict[str, Counter[str]]:
    """Of each table, its rows in words: who and which family by their names, days, and everything that was written."""
    names = {
        model: {
            key: " ".join(map(str, rest)) for key, *rest in model._default_manager.using(OWNER).values_list("pk", *by)
        }
        for model, by in NAMED_BY.items()
    }
    tables = [
        model for label in APPS for model in apps.get_app_config(label).get_models() if model._meta.label not in KEPT
    ]
    return {model._meta.label: _rows(model, names) for model in tables}


def digest_of(rows: dict[str, Counter[str]]) -> str:
    """One word for all of it."""
    plain = {table: sorted(found.items()) for table, found in sorted(rows.items())}
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def _rows(model: type[models.Model], names: dict[Any, dict[Any, str]]) -> Counter[str]:
    fields = [field for field in model._meta.concrete_fields if _is_said(field)]
    rows = model._default_manager.using(OWNER).values_list(*(field.attname for field in fields))
    return Counter(
        "|".join(
            f"{field.name}={_word(field, value, names)}"
            for field, value in zip(fields, row, strict=True)
            if value is not None
        )
        for row in rows.iterator()
    )


def _is_said(field: Any) -> bool:
    if isinstance(field, models.ForeignKey):
        return field.related_model in NAMED_BY
    inner = field.base_field if isinstance(field, ArrayField) else field
    by_chance = isinstance(inner, models.UUIDField | models.AutoField | models.BinaryField)
    return not by_chance and field.name not in ("reference", "digest", "pgh_created_at")


def _word(field: Any, value: Any, names: dict[Any, dict[Any, str]]) -> str:
    if isinstance(field, models.ForeignKey):
        return names[field.related_model][value]
    return CHANCE.sub("*", json.dumps(value, default=str, sort_keys=True, ensure_ascii=False))
