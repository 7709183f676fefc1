"""What set-up leaves behind: a database that is as the models say, and a mark that it need not be done again."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.db.models import UniqueConstraint

from hearth.config import stamps
from hearth.config.environment import SettingError
from hearth.config.setup import _refuse_a_mix_up

MODELS = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


def names(question: str) -> set[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}


def test_every_index_of_a_model_is_in_the_database(db: None) -> None:
    there = names("select indexname from pg_indexes where schemaname = 'public'")
    assert {index.name for model in MODELS for index in model._meta.indexes} - there == set()


def test_every_constraint_of_a_model_is_in_the_database(db: None) -> None:
    there = names("select conname from pg_constraint union select indexname from pg_indexes")  # some are unique indexes
    wanted = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    assert any(isinstance(constraint, UniqueConstraint) for model in MODELS for constraint in model._meta.constraints)
    assert wanted - there == set()


def test_every_trigger_of_a_model_is_in_the_database_and_armed(db: None) -> None:
    there = names("select tgname from pg_trigger where not tgisinternal and tgenabled = 'O'")
    wanted = {trigger.get_pgid(model) for model in MODELS for trigger in getattr(model._meta, "triggers", [])}
    assert wanted
    assert wanted - there == set()


def test_every_column_of_a_model_is_in_the_database(db: None) -> None:
    there = names(
        "select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'"
    )
    wanted = {
        f"{model._meta.db_table}.{field.column}" for model in MODELS for field in model._meta.local_concrete_fields
    }
    assert wanted - there == set()


def test_no_model_has_changed_since_its_last_migration(db: None) -> None:
    from django.core.management import call_command

    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail("A model has no migration for what was changed: .venv/bin/hearth django makemigrations")


def test_the_cache_has_its_table(db: None) -> None:
    from django.core.cache import cache

    cache.set("warm", "yes", 5)
    assert cache.get("warm") == "yes"


def test_a_mark_is_believed_only_while_the_migrations_are_as_they_were(db: None) -> None:
    stamps.write(practice="lancashire", demonstration=True)
    assert stamps.read()["practice"] == "lancashire"
    with connections["owner"].cursor() as cursor:
        cursor.execute("insert into django_migrations (app, name, applied) values ('elsewhere', '0001', now())")
        try:
            assert stamps.read() == {}
        finally:
            cursor.execute("delete from django_migrations where app = 'elsewhere'")
    assert stamps.read() != {}


@pytest.mark.parametrize(
    ("stamp", "demonstration", "sentence"),
    [
        ({"practice": "essex"}, True, "This database holds essex"),
        ({"practice": "lancashire", "demonstration": False}, True, "in real use"),
        ({"practice": "lancashire", "demonstration": True}, False, "holds invented people"),
    ],
)
def test_a_mix_up_is_refused(stamp: dict[str, Any], demonstration: bool, sentence: str) -> None:
    with pytest.raises(SettingError, match=sentence):
        _refuse_a_mix_up(stamp, demonstration)


@pytest.mark.parametrize("stamp", [{}, {"practice": "lancashire", "demonstration": True}])
def test_what_fits_is_not_refused(stamp: dict[str, Any]) -> None:
    _refuse_a_mix_up(stamp, True)


def test_the_digest_of_files_follows_their_content_and_their_names(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    (tmp_path / "one.py").write_text("a")
    first = stamps.digest(["*.py"])
    assert stamps.digest(["*.py"]) == first
    (tmp_path / "one.py").write_text("b")
    second = stamps.digest(["*.py"])
    (tmp_path / "one.py").rename(tmp_path / "two.py")
    assert len({first, second, stamps.digest(["*.py"]), stamps.digest(["*.py"], "more")}) == 4
