"""The Jinja2 environment: strict for our own templates, forgiving only for the GOV.UK macros, which rely on it."""

from collections.abc import Mapping, MutableMapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.module_loading import import_string
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    Undefined,
)

from hearth.foundation.core.pack import pack
from hearth.foundation.ui import filters
from hearth.foundation.ui.kit import Kit, field

MACROS = "govuk_frontend_jinja"


class HearthEnvironment(Environment):
    """Finds GOV.UK macros in a forgiving twin of itself: they test for parameters that nobody gave.

    In our own templates a name that is not there stays an error, never an empty space.
    """

    forgiving: Environment | None = None

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Our template, or one of GOV.UK's from the twin."""
        if self.forgiving is not None and isinstance(name, str) and name.startswith(MACROS + "/"):
            return self.forgiving.get_template(name, parent, globals)
        return super().get_template(name, parent, globals)


def template_folders() -> list[Path]:
    """The `templates` folder of each of our rooms that has one."""
    rooms = [config for config in apps.get_app_configs() if config.name.startswith("hearth.")]
    return [folder for config in rooms if (folder := Path(config.path) / "templates").is_dir()]


def url(name: str, *args: Any, query: Mapping[str, Any] | None = None, **kwargs: Any) -> str:
    """The address of the slice called `name`."""
    return reverse(name, args=args or None, kwargs=kwargs or None, query=query)


def static(file: str) -> str:
    """The address of a static file, with its digest once files have been collected."""
    if getattr(staticfiles_storage, "manifest_strict", False) and not staticfiles_storage.hashed_files:  # type: ignore[attr-defined]
        return f"{settings.STATIC_URL}{file}"  # tests: nothing was collected
    return _collected(file)


@cache
def _collected(file: str) -> str:
    """A page names seven files, and what was collected stays for as long as a process runs."""
    return staticfiles_storage.url(file)


def environment(**options: Any) -> Environment:
    """Django's Jinja2 engine calls this once in each process; compiled templates stay in memory."""
    govuk: BaseLoader = PrefixLoader({MACROS: PackageLoader(MACROS)})
    made = HearthEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=ChoiceLoader([FileSystemLoader(template_folders()), govuk]),
        auto_reload=bool(options.get("auto_reload")),
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters.FILTERS)
    made.globals.update(url=url, static=static, field=field, ui=Kit(made), pack=pack)
    made.globals.update({name: import_string(path) for name, path in settings.TEMPLATE_FUNCTIONS.items()})
    made.forgiving = made.overlay(undefined=Undefined, loader=govuk)
    made.forgiving.forgiving = None
    return made


def macros_folder() -> Path:
    """Where the GOV.UK macros are installed, for tests that compare versions."""
    return Path(str(files(MACROS)))
