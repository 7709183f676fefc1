"""The form page of something that is done under a contract, and what leads back to it: shared by the room's views."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.foundation.ui.page import form_page, say


def do_of_contract(
    request: HttpRequest, contract: Any, template: str, form: Any, do: Callable[[Any], Any], said: Any, context: Any = None, **more: Any
) -> HttpResponseBase:  # fmt: skip
    """A form, then the contract's page."""
    return form_page(
        request,
        f"contracts/{template}.html",
        form,
        do=do,
        then=reverse("contract", args=[contract.reference]),
        said=said,
        context={"contract": contract} | (context or {}),
        **more,
    )


def done_of_contract(request: HttpRequest, contract: Any, said: str) -> HttpResponseBase:
    """Back to the contract's page, with what was done."""
    say(request, said)
    return HttpResponseRedirect(reverse("contract", args=[contract.reference]))
