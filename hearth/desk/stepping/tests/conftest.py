"""Steps that wait, were accepted and come back, as the room of steps plants them."""

from hearth.casework.cases.steps.tests.conftest import accepted, asked, down, up  # noqa: F401
