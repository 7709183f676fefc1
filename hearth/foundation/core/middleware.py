"""The outermost layers of a request: is the product ready, and one transaction around everything."""

from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


class HealthMiddleware:
    """`/health` answers before sessions, hosts or sign-in are looked at."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path != "/health":
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("select 1")
        except Exception:
            return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
        return HttpResponse("ready\n", content_type="text/plain")


class TransactionMiddleware:
    """One transaction a request, undone when the answer is a server error.

    The reader's context is local to it, so a pooled connection can never carry one person's sight to the next.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response
