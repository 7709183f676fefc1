"""What was told, made ready to be copied: each row knows its story, and its family's own words are marked in it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models

from hearth.casework.front_door.models import Request, RequestPerson
from hearth.foundation.core.references import ALPHABET, LENGTH
from hearth.invented.renaming import Words, marks_in
from hearth.records.people.models import Address, Identifier, Person

APPS = ("people", "sharing", "cases", "notes", "steps", "front_door", "assessments", "plans")
# Not a family's own; the words of names are kept by the database itself, for copies too.
KEPT = (
    "assessments.FormVersion", "sharing.Agreement", "people.Restriction", "people.RestrictedAccess", "people.Link",
    "people.NameToken", "people.LookUpEntry", "people.NameCount",
)  # fmt: skip
OWNER = "owner"


def copied_models() -> list[type[models.Model]]:
    """Tables whose rows belong to a family or a request; not history, not what is the authority's own."""
    return [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model") and model._meta.label not in KEPT
    ]


def text_fields(model: type[models.Model]) -> list[Any]:
    """Columns that somebody's name may stand in."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [f for f in model._meta.concrete_fields if isinstance(f, kinds) and f.name != "reference"]


def is_folded(column: str) -> bool:
    """Whether a column holds names as searches compare them."""
    return column.startswith("folded_")


def stories() -> dict[Any, int]:
    """The story of each row, by its key: every one began with a request, and the rest hangs together by foreign keys."""
    copied = copied_models()
    first = Request.objects.using(OWNER).order_by("created_at", "family_name", "address").values_list("pk", flat=True)
    known: dict[Any, int] = {key: number for number, key in enumerate(first)}
    loose = [keys for model in copied for keys in _keys(model, copied)]
    while loose:
        left = []
        for keys in loose:
            story = next((known[key] for key in keys if key in known), None)
            if story is None:
                left.append(keys)
            else:
                known |= dict.fromkeys(keys, story)
        if len(left) == len(loose):
            raise ValueError(f"{len(left)} rows hang from no request, so they cannot be copied with one.")
        loose = left
    return known


def _keys(model: type[models.Model], copied: list[type[models.Model]]) -> Iterable[list[Any]]:
    columns = [f.attname for f in model._meta.concrete_fields if f.primary_key or f.related_model in copied]
    for row in model._default_manager.using(OWNER).values_list(*columns):
        yield [key for key in row if key is not None]


def words_of(known: dict[Any, int]) -> dict[int, Words]:
    """Each story's own words."""
    found: dict[int, Words] = defaultdict(Words)
    typed = ("family_name", "address", "postcode")
    for pk, surname, address, postcode in Request.objects.using(OWNER).values_list("pk", *typed):
        for kind, word in (("surname", surname), ("address", address), ("postcode", postcode)):
            found[known[pk]].add(kind, word)
    named = ("pk", "given_name", "family_name", "sex")
    for pk, given, surname, sex, role in (
        RequestPerson.objects.using(OWNER).order_by("place").values_list(*named, "role")
    ):
        found[known[pk]].add_person(given, surname, sex, adult=role != "child")
    children = set(Person.objects.using(OWNER).filter(memberships__role="child").values_list("pk", flat=True))
    for pk, given, surname, sex in Person.objects.using(OWNER).values_list(*named):
        found[known[pk]].add_person(given, surname, sex, adult=pk not in children)
    for pk, lines, postcode in Address.objects.using(OWNER).values_list("pk", "lines", "postcode"):
        found[known[pk]].add("address", lines)
        found[known[pk]].add("postcode", postcode)
    for pk, number in Identifier.objects.using(OWNER).filter(kind="nhs").values_list("pk", "value"):
        found[known[pk]].add("nhs", number)
    return found


Marks = dict[tuple[str, str], set[int]]


def remember(cursor: Any, known: dict[Any, int], words: dict[int, Words]) -> Marks:
    """Keep every told row aside, marked; give which marks stand in which column of which table."""
    marks: Marks = defaultdict(set)
    for model in copied_models():
        _remember(cursor, model, known, words, marks)
    return marks


def _remember(
    cursor: Any, model: type[models.Model], known: dict[Any, int], words: dict[int, Words], marks: Marks
) -> None:
    table, key = model._meta.db_table, model._meta.pk
    assert key is not None  # noqa: S101 - every table has one
    texts = text_fields(model)
    cursor.execute(f"drop table if exists told_{table}")
    cursor.execute(f"create temporary table told_{table} as select t.*, 0 as of_story, 0 as at_place from {table} t")
    cursor.execute(f'create unique index on told_{table} ("{key.column}")')
    read = "".join(f', "{field.column}"::text' for field in texts)
    cursor.execute(f'select "{key.column}"{read} from told_{table} order by 1')
    rows = []
    for number, (pk, *values) in enumerate(cursor.fetchall()):
        marked = [_marked(words[known[pk]], f.column, value) for f, value in zip(texts, values, strict=True)]
        for field, value in zip(texts, marked, strict=True):
            marks[table, field.column] |= marks_in(value or "")
        rows.append((known[pk], number, *marked, pk))
    set_ = "".join(f', "{f.column}" = %s::{f.db_type(cursor.db)}' for f in texts)
    cursor.executemany(f'update told_{table} set of_story = %s, at_place = %s{set_} where "{key.column}" = %s', rows)


def _marked(words: Words, column: str, value: str | None) -> str | None:
    return value and words.marked(value, is_folded(column))


SPACE = len(ALPHABET) ** LENGTH
STEP = 1_640_531_527  # shares no factor with SPACE, so that each number gives a reference of its own


def first_free_number(references: Iterable[str], wanted: int) -> int:
    """A number from which `wanted` references in a row are none of these."""
    back = pow(STEP, -1, SPACE)
    taken = [_place(reference) for reference in references]
    start = 1
    while any((place - start) * back % SPACE < wanted for place in taken):
        start += 1
    return start


def _place(reference: str) -> int:
    place = 0
    for letter in reversed(reference.split("-")[1]):
        place = place * len(ALPHABET) + ALPHABET.index(letter)
    return place


def reference_letters(number: str, start: int) -> str:
    """The SQL of the letters of a reference with that number: no two numbers give the same."""
    place = f"(({number}) * {STEP}::bigint + {start}) % {SPACE}"
    return " || ".join(
        f"substr('{ALPHABET}', (1 + ({place}) / {len(ALPHABET) ** power} % {len(ALPHABET)})::int, 1)"
        for power in range(LENGTH)
    )
