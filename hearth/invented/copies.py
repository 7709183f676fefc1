"""Makes an invented authority large: copies told families whole, row for row, with keys, references and names of their own.

What the actions left for a few hundred families is copied as it is (every row keeps its shape, so that every invariant
holds), spread over all districts and over practitioners of about 25 cases each. History and audit rows are not copied
(docs/adr/0007).
"""

import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections, models, transaction

from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import Appointment, Area, Organisation, Team, User
from hearth.foundation.core.pack import pack
from hearth.foundation.core.text import fold
from hearth.invented.cast import HELD_FOR
from hearth.invented.names import any_community
from hearth.invented.renaming import OLDER, Words, filled, nhs_numbers
from hearth.invented.told import (
    OWNER,
    Marks,
    copied_models,
    first_free_number,
    is_folded,
    reference_letters,
    remember,
    stories,
    words_of,
)
from hearth.records.people.models import Family, Identifier, Person, PersonName

CASES_EACH = 25
AT_A_TIME = 10  # copies of every told family in one transaction
Say = Callable[[str], None]


@dataclass
class Copying:
    """What all copies are made from."""

    cursor: Any
    marks: Marks
    references: dict[str, tuple[int, int]]  # of each table: how many were told, and the number copies begin with
    areas: list[Any]
    teams: list[Any]  # of each area, one
    workers: int  # a whole number for each area


def copy_families(wanted: int, seed: int, progress: Say) -> None:
    """Copy everybody told until about `wanted` families are on record, with the requests that led to none beside them."""
    told = Family.objects.using(OWNER).count()
    copies = max(0, -(-(wanted - told) // told)) if told else 0
    if not copies:
        return
    areas = _areas()
    each = -(-wanted // CASES_EACH // len(areas))
    _hire(each * len(areas), areas, seed)
    known = stories()
    words = words_of(known)
    numbers = nhs_numbers(set(Identifier.objects.using(OWNER).filter(kind="nhs").values_list("value", flat=True)))
    with connections[OWNER].cursor() as cursor:
        work = Copying(cursor, remember(cursor, known, words), _references(copies), areas, _teams(areas), each)
        for first in range(1, copies + 1, AT_A_TIME):
            last = min(first + AT_A_TIME - 1, copies)
            with transaction.atomic(using=OWNER):
                _name(cursor, words, range(first, last + 1), seed, numbers)
                _copy(work, first, last)
            progress(f"{told * (last + 1):,} of {told * (copies + 1):,} families")
        _name_leads(cursor)
        progress("Counting what is there, so that the database plans well.")
        cursor.execute("select hearth_fill_look_up()")  # copies were written past the triggers that enter them
        cursor.execute("vacuum (analyze)")


def _name(cursor: Any, words: dict[int, Words], copies: range, seed: int, numbers: Iterator[str]) -> None:
    """What each story's own words are in these copies; and how many days earlier its people were born."""
    cursor.execute("create temporary table if not exists renamed"
                   " (story int, copy int, words text[], folded text[], older int)")  # fmt: skip
    cursor.execute("truncate renamed")
    with cursor.copy("copy renamed from stdin") as rows:
        for copy in copies:
            for story, said in words.items():
                dice = random.Random(f"{seed} {story} {copy}")
                names = said.renamed(dice, numbers)
                rows.write_row((story, copy, names, [fold(name) for name in names], dice.randint(0, OLDER)))
    cursor.execute("analyze renamed")


def _copy(work: Copying, first: int, last: int) -> None:
    # No triggers (every row is a copy), but for those that keep the words of names for the search.
    named = [model._meta.db_table for model in (Person, PersonName)]
    work.cursor.execute("set local session_replication_role = replica")
    for table in named:
        work.cursor.execute(f"alter table {table} enable always trigger tokens_added")
    for model in copied_models():
        table, columns = model._meta.db_table, dict(_columns(work, model))
        names = ", ".join(f'"{name}"' for name in columns)
        work.cursor.execute(
            f"insert into {table} ({names}) select {', '.join(columns.values())} from told_{table} t"
            f" join renamed w on w.story = t.of_story where w.copy between {first} and {last} order by w.copy, t.at_place"
        )
    for table in named:
        work.cursor.execute(f"alter table {table} enable trigger tokens_added")


def _name_leads(cursor: Any) -> None:
    """A copied case is led by somebody else than the one that it was copied from: their name, as lists are sorted by it."""
    named = Case.objects.using(OWNER).filter(lead__isnull=False).values_list("lead_id", "lead__full_name").distinct()
    leads = list(named)  # read before the copying, which has the connection to itself
    with transaction.atomic(using=OWNER):
        cursor.execute("create temporary table led (id uuid primary key, name text) on commit drop")
        with cursor.copy("copy led from stdin") as rows:
            for who, name in leads:
                rows.write_row((who, fold(name)))
        cursor.execute("set local session_replication_role = replica")  # history begins with what people do
        cursor.execute(
            "update cases_case c set lead_folded_name = led.name from led"
            " where led.id = c.lead_id and c.lead_folded_name is distinct from led.name"
        )


def _columns(work: Copying, model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Each column of a table with the SQL of its copy."""
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.AutoField):  # those the database counts on
            yield str(field.column), _copied(work, model, field)


def _copied(work: Copying, model: type[models.Model], field: Any) -> str:
    column, table = f't."{field.column}"', model._meta.db_table
    if field.name == "reference":
        told, start = work.references[table]
        letters = reference_letters(f"(w.copy - 1) * {told}::bigint + t.at_place", start)
        return f"split_part({column}, '-', 1) || '-' || {letters}"
    if field.name == "born_on":
        return f"case when t.birth_precision = 'full' then {column} - w.older else {column} end"
    if marks := work.marks.get((table, field.column)):
        text = filled(f"{column}::text", marks, is_folded(field.column))
        return f"({text})::{field.db_type(connections[OWNER])}"
    if isinstance(field, models.ForeignKey) and field.related_model not in copied_models():
        return _elsewhere(work, field, column)
    is_key = isinstance(field, models.UUIDField | models.ForeignKey)
    return f"md5({column}::text || w.copy)::uuid" if is_key else column


def _references(copies: int) -> dict[str, tuple[int, int]]:
    """References of copies are numbered: of so many, chance would give two the same."""
    found = {}
    for model in copied_models():
        if any(field.name == "reference" for field in model._meta.concrete_fields):
            held = list(model._default_manager.using(OWNER).values_list("reference", flat=True))
            found[model._meta.db_table] = (len(held), first_free_number(held, len(held) * copies))
    return found


def _elsewhere(work: Copying, field: Any, column: str) -> str:
    """A key to a row that is not copied: districts and the families' own workers are spread, everything else stays."""
    if field.related_model in (Area, Team):
        there = work.areas if field.related_model is Area else work.teams
        ids = ", ".join(f"'{each}'::uuid" for each in there)
        return f"case when {column} is null then null else (array[{ids}])[1 + w.copy % {len(there)}] end"
    if field.related_model is User:
        # By story, so that a case, its team, access and work stay with one practitioner, who works in that district.
        place = f"(abs(hashtext(t.of_story || ' ' || w.copy)) % {work.workers}) * {len(work.areas)} + w.copy % {len(work.areas)}"
        mine = "select id from accounts_user where email like 'joanne.pickup@%' or email like 'kofi.mensah@%'"
        return f"case when {column} in ({mine}) then md5('worker' || ({place}))::uuid else {column} end"
    return column


def _teams(areas: list[Any]) -> list[Any]:
    """A team of each district, to hold its cases: they have no managers of their own."""
    council = Organisation.objects.using(OWNER).get(is_authority=True)
    named = Area.objects.using(OWNER).in_bulk(areas)
    return [
        Team.objects.using(OWNER).get_or_create(
            organisation=council, name=f"Family support, {named[area].name}", defaults={"area_id": area}
        )[0].pk
        for area in areas
    ]  # fmt: skip


def _hire(count: int, areas: list[Any], seed: int) -> None:
    """Practitioners of the authority, spread over the districts; nobody can sign in as them."""
    council = Organisation.objects.using(OWNER).get(is_authority=True)
    made, begun = [], []
    for number in range(count):
        dice = random.Random(f"{seed} worker {number}")
        names, sex = any_community(dice), dice.choice("FFFM")
        who = User(
            id=_mapped("worker", number), email=f"worker{number}@council.example.org",
            full_name=f"{names.given(sex, adult=True).pick(dice)} {names.surnames.pick(dice)}",
            job_title="Family support worker", organisation=council, password="!",  # noqa: S106 - no password fits it
        )  # fmt: skip
        who.search_text = who.searchable()
        made.append(who)
        begun.append(
            Appointment(
                id=_mapped("appointment", number), user_id=who.id, role="practitioner", area_id=areas[number % len(areas)],
                from_on=who.created_at.date() - HELD_FOR,
            )
        )  # fmt: skip
    User.objects.using(OWNER).bulk_create(made, ignore_conflicts=True)
    Appointment.objects.using(OWNER).bulk_create(begun, ignore_conflicts=True)


def _mapped(kind: str, number: int) -> uuid.UUID:
    """What PostgreSQL's md5(kind || number)::uuid gives."""
    import hashlib

    return uuid.UUID(hashlib.md5(f"{kind}{number}".encode(), usedforsecurity=False).hexdigest())


def _areas() -> list[Any]:
    codes = [district.code for district in pack().areas.districts]
    return list(Area.objects.using(OWNER).filter(code__in=codes).order_by("code").values_list("id", flat=True))
