"""What the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
application = get_wsgi_application()


def _read_ahead() -> None:
    """Every page's code and the practice pack, before the web server forks: nobody's first page waits for them."""
    from hearth.foundation.core.pack import pack

    get_resolver().reverse_dict  # noqa: B018 - it imports all views on the way
    pack()
    gc.collect()
    gc.freeze()  # what is read once stays: no collection looks through it again, and processes share its memory


_read_ahead()
