"""What the doorstep's tests may ask for: a charity that is listed, and entries of it."""

from hearth.records.directory.tests.conftest import charity, offered

__all__ = ["charity", "offered"]
