"""What is answered to somebody who is signed out, or only half signed in."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from hearth.foundation.accounts.sign_in import sitting
from hearth.foundation.ui.errors import page_before, wants_json
from hearth.foundation.ui.kept import keep_typing
from hearth.foundation.ui.page import render
from hearth.foundation.ui.rendering import wants_part

SIGNED_OUT = "You have been signed out. Sign in again to go on."
SECOND_STEP_NEEDED = "Set up your second step first. It takes two minutes."


def sign_in_address(came_for: str) -> str:
    """The sign-in page, which goes on to `came_for`."""
    return reverse("account_login", query={"next": came_for})


def ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """A page asked for goes to sign-in and back. A form sent is kept, and answered 401: it was not done."""
    if wants_json(request):
        return JsonResponse({"code": "accounts.signed_out", "sentence": SIGNED_OUT}, status=401)
    if wants_part(request):
        # Never a redirect: the page that asked may be full of typing. Its script asks there, or goes (ui/hearth.js).
        return HttpResponse(status=401, headers={"X-Hearth-Sign-In": sign_in_address(_page_of(request))})
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(sign_in_address(request.get_full_path()))
    author = sitting.whose(request)
    is_kept = bool(author) and keep_typing(request, uuid.UUID(author))
    came_for = request.path if is_kept else _page_of(request)
    context = {
        "is_kept": is_kept,
        "files": bool(request.FILES),
        "sign_in": sign_in_address(came_for),
        "known": bool(author),
    }
    return render(request, "accounts/signed_out.html", context, status=401)


def ask_for_second_step(request: HttpRequest) -> HttpResponseBase:
    """Somebody without a second step goes where it is set up, and nowhere else."""
    if wants_json(request):
        return JsonResponse({"code": "accounts.second_step", "sentence": SECOND_STEP_NEEDED}, status=403)
    if wants_part(request):
        return HttpResponse(status=403, headers={"HX-Redirect": reverse("set_up_second_step")})
    return HttpResponseRedirect(reverse("set_up_second_step"))


def _page_of(request: HttpRequest) -> str:
    """The page that sent this request, when it is ours: a small button's own address has no page to come back to."""
    return page_before(request) or request.path
