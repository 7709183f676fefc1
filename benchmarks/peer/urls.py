"""The product's addresses, and the two it is measured against."""

from django.urls import include, path

from benchmarks.peer import views
from hearth.config.urls import handler400, handler403, handler404, handler500

urlpatterns = [
    path("benchmark/list/", views.peer_list, name="peer_list"),
    path("benchmark/word/", views.word, name="word"),
    path("", include("hearth.config.urls")),
]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
