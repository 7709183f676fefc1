"""The product's settings with two more addresses, so that all are served by the same processes."""

from pathlib import Path

from hearth.config.settings import *  # noqa: F403
from hearth.config.settings import TEMPLATES

ROOT_URLCONF = "benchmarks.peer.urls"
TEMPLATES[1]["DIRS"] = [Path(__file__).parent / "templates"]  # the stock engine; its loader keeps what it has compiled
