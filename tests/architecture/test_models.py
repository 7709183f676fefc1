"""Tables: keys point down, every table about people has a policy, and the web role owns nothing."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connections, models

from hearth.foundation.core.reader import read_as
from tests.architecture.rooms import ROOT, floor_of

OURS = [model for model in apps.get_models() if model.__module__.startswith("hearth.")]
NOUNS = [model for model in OURS if not hasattr(model, "pgh_tracked_model")]

# Tables that say nothing about anybody. Whoever adds one says why here.
ABOUT_NOBODY = {
    "accounts_area": "districts, from the practice pack",
    "accounts_rolepermission": "roles, from code",
    "assessments_formversion": "questions of a form, from the practice pack",
}


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_foreign_key_points_down_or_stays(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey):
            target: Any = field.related_model
            if target.__module__.startswith("hearth."):
                assert floor_of(target.__module__) <= floor_of(model.__module__), f"{field.name} points up"


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connections["default"].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


READERS = "('hearth_web', 'hearth_worker')"
CASEWORK = (
    "people",
    "sharing",
    "cases",
    "notes",
    "steps",
    "front_door",
    "assessments",
    "plans",
    "universal",
    "unmet",
)


def test_every_table_about_people_has_row_security_and_a_policy(db: None) -> None:
    rows = _rows(
        "select c.relname from pg_class c join pg_policies p on p.tablename = c.relname where c.relrowsecurity"
    )
    assert {m._meta.db_table for m in OURS} - {name for (name,) in rows} - set(ABOUT_NOBODY) == set()


def test_history_can_be_added_to_and_never_rewritten(db: None) -> None:
    for model in OURS:
        if hasattr(model, "pgh_tracked_model"):
            for right in ("update", "delete", "truncate"):
                table = model._meta.db_table
                assert _rows(f"select has_table_privilege('hearth_web', '{table}', '{right}')") == [(False,)], table


def test_the_web_role_owns_nothing_and_cannot_pass_a_policy(db: None) -> None:
    assert _rows("select current_user::text") == [("hearth_web",)]
    owned = f"select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in {READERS}"
    assert _rows(owned) == [(0,)]
    powers = f"select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname in {READERS}"
    assert _rows(powers) == [(False,), (False,)]


def test_every_function_that_runs_as_another_has_a_fixed_search_path_and_an_owner_who_cannot_sign_in(db: None) -> None:
    rows = _rows(
        "select p.proname, r.rolcanlogin, coalesce(array_to_string(p.proconfig, ','), '') from pg_proc p"
        " join pg_roles r on r.oid = p.proowner join pg_namespace n on n.oid = p.pronamespace"
        " where p.prosecdef and n.nspname = 'public'"
    )
    assert rows
    for name, can_sign_in, config in rows:
        assert not can_sign_in, name
        assert "search_path=" in config, name


def test_with_no_reader_there_are_no_rows(db: None, case: Any) -> None:
    read_as(None)
    about_people = [m for m in OURS if m._meta.app_label in CASEWORK and m._meta.db_table not in ABOUT_NOBODY]
    assert len(about_people) > 20
    for model in about_people:
        assert not model._default_manager.exists(), model._meta.label


@pytest.mark.parametrize("model", NOUNS, ids=lambda m: m._meta.label)
def test_every_noun_is_in_the_glossary(model: type[models.Model]) -> None:
    words = str(model._meta.verbose_name).lower()
    glossary = (ROOT / "docs" / "glossary.md").read_text().lower()
    assert f"**{words}**" in glossary
