"""SQL keeps to its floor: a room's policies, functions and queries name tables and functions of its own floor and below.

import-linter cannot see into SQL, so this reads it: what each migration runs, as it is run, and every text in a room's code, with
the pieces of those that are put together. A policy on a table below is the SQL of whoever gives it: rooms above let their readers
in there, as people does to the trail.
"""

import ast
import re
from collections.abc import Iterator

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL

from tests.architecture.rooms import HEARTH, ROOT, floor_of, room_of
from tests.architecture.test_models import OURS

MADE = re.compile(r"create\s+(?:or\s+replace\s+)?function\s+(?:public\.)?(\w+)\s*\(", re.IGNORECASE)
WORD = re.compile(r"\b[a-z][a-z0-9_]*\b")
# Rooms that stand beside one another and know of each other in SQL alone, each with the decision that says why.
BESIDE = {
    ("hearth.foundation.messages", "hearth.foundation.accounts"): "0021-messages-know-addresses-in-sql.md",
    (
        "hearth.oversight.governance",
        "hearth.oversight.programmes",
    ): "0022-what-hangs-from-a-record-is-read-from-its-keys.md",
}
TABLES = {model._meta.db_table: room_of(model.__module__) for model in OURS}


def _migrated() -> Iterator[tuple[str, str, str]]:
    """Each piece of SQL of our migrations, as it is run: the room, the migration and the text."""
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        module = apps.get_app_config(label).name
        if module.startswith("hearth."):
            for operation in migration.operations:
                if isinstance(operation, RunSQL):
                    yield from ((room_of(module), f"{label}.{name}", text) for text in _texts(operation))


def _texts(operation: RunSQL) -> Iterator[str]:
    for sql in (operation.sql, operation.reverse_sql):
        for part in [sql] if isinstance(sql, str) else sql or []:
            yield part if isinstance(part, str) else part[0]


MIGRATED = list(_migrated())
FUNCTIONS: dict[str, set[str]] = {}
for _room, _, _text in MIGRATED:
    for _function in MADE.findall(_text):
        FUNCTIONS.setdefault(_function, set()).add(_room)


def _stands_under(room: str, above: str) -> bool:
    """Whether SQL of `above` may name what is `room`'s: its own, or of a floor below; not of a room beside it."""
    return room == above or floor_of(room) < floor_of(above) or (above, room) in BESIDE


def _named(text: str) -> list[tuple[str, str]]:
    """Our tables and functions that a text names, each with its room."""
    words = set(WORD.findall(text.lower()))
    return sorted(
        (word, owner) for word in words for owner in {TABLES.get(word, ""), *FUNCTIONS.get(word, ())} if owner
    )


def _owners(text: str) -> set[str]:
    return {owner for _, owner in _named(text)}


def out_of_reach(room: str, text: str) -> list[str]:
    """What a room's SQL names that it may not know."""
    return [f"{word} of {owner}" for word, owner in _named(text) if not _stands_under(owner, room)]


def test_the_reading_finds_what_a_room_may_not_name() -> None:
    people, cases, plans = "hearth.records.people", "hearth.casework.cases", "hearth.casework.plans"
    assert out_of_reach(people, "select 1 from cases_case c") == [f"cases_case of {cases}"]
    assert out_of_reach(plans, "exists (select 1 from people_family f join cases_case c)") == []
    assert out_of_reach("hearth.casework.assessments", "from front_door_request") == [
        "front_door_request of hearth.casework.front_door"
    ]
    assert out_of_reach(people, "hearth_basis(one, other)") == ["hearth_basis of hearth.records.sharing"]
    assert out_of_reach(people, "from cases_caseevent") == [f"cases_caseevent of {cases}"]


def test_what_stands_beside_is_named_in_sql_only_where_a_decision_says_so() -> None:
    named = {(room, owner) for room, _, text in MIGRATED for owner in _owners(text)}
    for (above, room), decision in BESIDE.items():
        assert floor_of(above) == floor_of(room), "nobody is excused from naming what stands above"
        assert (above, room) in named, "an excuse that is not used goes"
        assert (ROOT / "docs" / "adr" / decision).is_file()


def test_every_function_is_one_rooms() -> None:
    assert len(FUNCTIONS) > 80 and len(MIGRATED) > 300
    assert {name: rooms for name, rooms in FUNCTIONS.items() if len(rooms) > 1} == {}


def test_what_migrations_run_names_nothing_above_their_room() -> None:
    wrong = [(where, names) for room, where, text in MIGRATED if (names := out_of_reach(room, text))]
    assert wrong == []


def test_no_text_in_a_file_names_a_table_or_function_above_its_room() -> None:
    wrong = []
    for path in sorted(HEARTH.rglob("*.py")):
        if "tests" in path.parts or path.name == "conftest.py":
            continue
        name = path.relative_to(ROOT)
        room = room_of(".".join(name.with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                wrong += [(f"{name}:{node.lineno}", names) for names in out_of_reach(room, node.value)]
    assert wrong == []
