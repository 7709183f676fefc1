"""A panel of the district, a theme of unmet need there, and an intention that is agreed."""

from hearth.casework.panels.tests.conftest import panel  # noqa: F401 - a fixture
from hearth.casework.panels.unmet.tests.conftest import met, need, theme  # noqa: F401 - fixtures
from hearth.commissioning.needs.tests.conftest import agreed, draft, intention, move  # noqa: F401 - fixtures
