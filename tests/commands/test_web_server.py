"""What the web server has before it forks: a process that follows a killed one is as quick as the one before."""

import subprocess
import sys

from hearth.config.addresses import ROOT
from hearth.config.launch import web_command

LOADED = """
import gc, sys, threading
from hearth.config.wsgi import application
from django.db import connections
from django.urls import get_resolver
from hearth.foundation.core import pack
print("hearth.casework.plans.views" in sys.modules, get_resolver()._populated, pack._pack_in.cache_info().currsize)
print([one.connection for one in connections.all()], threading.active_count())
print(gc.get_freeze_count() > 100_000)
"""


def test_it_has_read_every_page_and_the_practice_and_shares_no_connection_and_no_thread() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["True True 1", "[None, None, None] 1", "True"]
    assert "--preload" in web_command(), "and it is read before it forks, not by each process"
