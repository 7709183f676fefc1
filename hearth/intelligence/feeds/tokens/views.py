"""Pages of tokens: which there are, making one, and withdrawing it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.intelligence.feeds import queries as loads
from hearth.intelligence.feeds import rules as feeds_rules
from hearth.intelligence.feeds.tokens import actions, forms, queries, rules


def feed_tokens(request: HttpRequest) -> HttpResponse:
    """Machines that may send files: which, of what, until when, and when each last did."""
    refuse(feeds_rules.why_not_load_feeds(request.user))
    context = {"page": queries.tokens(request.user, request.GET.get("page")), "feeds": loads.feeds_by_code()}
    return render(request, "feeds/feed_tokens.html", context)


def make_feed_token(request: HttpRequest) -> HttpResponseBase:
    """Make a token. Its secret is on the page that answers, and never again."""
    refuse(feeds_rules.why_not_load_feeds(request.user))
    feeds = loads.feeds_by_code()

    def shown(made: Any) -> HttpResponse:
        token, secret = made
        context = {"token": token, "secret": secret, "layout": feeds[token.feed]}
        return render(request, "feeds/feed_token_made.html", context)

    return form_page(
        request, "feeds/make_feed_token.html", forms.MakeFeedTokenForm,
        do=lambda form: actions.make_feed_token(by=request.user, **form.cleaned_data), then=shown,
        form_kwargs={"feeds": feeds, "senders": loads.senders()},
    )  # fmt: skip


def withdraw_feed_token(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Withdraw a token."""
    token = queries.token_of(request.user, reference)
    refuse(rules.why_not_withdraw(request.user, token))
    return form_page(
        request, "feeds/withdraw_feed_token.html", forms.WithdrawFeedTokenForm,
        do=lambda form: actions.withdraw_feed_token(by=request.user, token=token, **form.cleaned_data),
        then=reverse("feed_tokens"), said="The token is withdrawn. Nothing can be sent with it.",
        context={"token": token, "feeds": loads.feeds_by_code()},
    )  # fmt: skip
