"""Migrates in a fraction of the time, with the same result: less is drawn again that has not changed.

While Django migrates it keeps every model, as it is at that moment, as a class; after each operation it draws anew all
that are related to the one that changed, and all that are related to those. Here everything is related to people and
families, so half a minute went into drawing a hundred classes hundreds of times over. A new model, to which nothing
points yet, is drawn alone; a constraint, an index or a trigger is written onto the class that is there; and where a
field is added, its own model alone is drawn again: the statements that make tables read no more of its neighbours than
their names and keys. A migration that runs code is given all of them drawn anew, as Django does for what it calls delayed.
tests/commands/test_setup.py holds that the database has every one of them afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger


def _add_model(self: Any, model_state: ModelState) -> None:
    """Draw the new model alone."""
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        with self.apps.bulk_update():
            self.apps.render_multiple([model_state])


def _append_option(self: Any, app_label: str, model_name: str, option_name: str, added: Any) -> None:
    """Write a constraint or an index onto the class that is drawn already."""
    options = self.models[app_label, model_name].options
    options[option_name] = [*options[option_name], added]
    if "apps" in self.__dict__:
        setattr(self.apps.get_model(app_label, model_name)._meta, option_name, list(options[option_name]))


def _add_trigger(self: AddTrigger, app_label: str, state: ProjectState) -> None:
    """Note the trigger; no class needs to know it."""
    options = state.models[app_label, self.model_name].options
    options["triggers"] = [*options.get("triggers", []), self.trigger]


def _remove_trigger(self: RemoveTrigger, app_label: str, state: ProjectState) -> None:
    """Forget the trigger; no class knew it."""
    options = state.models[app_label, self.model_name].options
    options["triggers"] = [trigger for trigger in options.get("triggers", []) if trigger.name != self.name]


def _alone(self: Any, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
    """What is drawn again: the model itself. All others are, before code runs."""
    self.is_delayed = True
    return {(app_label, model_name)}


_add_field_and_draw = ProjectState.add_field


def _add_field(self: Any, *field: Any) -> None:
    """Draw the model of the field alone, whatever the field points at."""
    with patch.object(ProjectState, "_find_reload_model", _alone):
        _add_field_and_draw(self, *field)


@contextmanager
def quickly() -> Iterator[None]:
    """Migrations inside this are quick."""
    with (
        patch.object(ProjectState, "add_model", _add_model),
        patch.object(ProjectState, "_append_option", _append_option),
        patch.object(ProjectState, "add_field", _add_field),
        patch.object(AddTrigger, "state_forwards", _add_trigger),
        patch.object(RemoveTrigger, "state_forwards", _remove_trigger),
    ):
        yield
