"""Which searches are counted as unmet need: somebody's first for it, in a browser. Nothing of them is kept but a mark, for an hour."""

import hashlib
import hmac

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from hearth.doorstep.finding.forms import FOLDED, FindHelpForm
from hearth.foundation.core import clock

HOUR = 3600
NARROWS = tuple(name for name in FOLDED if name != "needs")


def is_first_ask(request: HttpRequest, form: FindHelpForm) -> bool:
    """Not another page of it, nor a choice that narrows it, nor a tick on its list, nor what a browser fetches ahead, nor a robot's."""
    fetched_ahead = "prefetch" in request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    agent = request.headers.get("User-Agent", "")
    robot = "Mozilla" not in agent or any(word in agent.lower() for word in ("bot", "crawl", "spider", "preview"))
    asked_again = request.GET.get("page") or request.GET.getlist("keep") or any(request.GET.get(n) for n in NARROWS)
    return form.is_valid() and not (fetched_ahead or robot or asked_again)


def is_again(request: HttpRequest, *asked: str) -> bool:
    """Whether the same was counted within this hour from the same address, or of the same worker. The mark tells neither which nor what."""
    user = request.user
    who = f"worker {user.pk}" if user.is_authenticated else f"address {get_adapter().get_client_ip(request)}"
    said = "\n".join([clock.now().strftime("%Y%m%d%H"), who, *asked])
    mark = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:32]
    return not cache.add(f"finder-counted:{mark}", 1, timeout=HOUR)
