"""The front door's own tests start where its others do."""

from hearth.casework.front_door.tests.conftest import ask, monday, request_

__all__ = ["ask", "monday", "request_"]
