"""Addresses of quarterly returns."""

from django.urls import path

from hearth.commissioning.contracts.returns import views
from hearth.commissioning.contracts.returns.asking import views as asking
from hearth.commissioning.contracts.returns.people import views as people
from hearth.commissioning.contracts.returns.progress import views as progress

urlpatterns = [
    path("returns/", views.quarterly_returns, name="quarterly_returns"),
    path("returns/download/", views.download_returns, name="download_returns"),
    path("returns/progress/", progress.returns_progress, name="returns_progress"),
    path("returns/progress/<str:reference>/", progress.contract_progress, name="contract_progress"),
    path("returns/erase/", people.erase_listed, name="erase_listed"),
    path("returns/<str:reference>/", views.quarterly_return, name="quarterly_return"),
    path("returns/<str:reference>/write/", views.write_return, name="write_return"),
    path("returns/<str:reference>/send/", views.send_return, name="send_return"),
    path("returns/<str:reference>/correct/", views.correct_return, name="correct_return"),
    path("returns/<str:reference>/query/", asking.query_return, name="query_return"),
    path("returns/<str:reference>/queries/<int:number>/", asking.answer_query, name="answer_query"),
    path("returns/<str:reference>/certify/", asking.certify_return, name="certify_return"),
    path("returns/<str:reference>/people/", people.return_people, name="return_people"),
    path("returns/<str:reference>/people/send/", people.send_people, name="send_people"),
    path("returns/<str:reference>/people/add/", people.add_person_to_list, name="add_person_to_list"),
    path("returns/<str:reference>/people/<int:number>/off/", people.take_off_list, name="take_off_list"),
    path("returns/<str:reference>/people/<str:side>/", people.return_matches, name="return_matches"),
]
