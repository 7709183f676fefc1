"""Addresses, one line a room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hearth.foundation.accounts.urls")),
    path("", include("hearth.foundation.messages.urls")),
    path("", include("hearth.foundation.ui.urls")),
    path("", include("hearth.records.people.urls")),
    path("", include("hearth.records.directory.urls")),
    path("", include("hearth.records.money.urls")),
    path("", include("hearth.records.sharing.urls")),
    path("", include("hearth.intelligence.feeds.urls")),
    path("", include("hearth.intelligence.insight.urls")),
    path("", include("hearth.intelligence.matching.urls")),
    path("", include("hearth.desk.urls")),
    path("", include("hearth.desk.counts.urls")),
    path("", include("hearth.desk.buying.urls")),
    path("", include("hearth.desk.answering.urls")),
    path("", include("hearth.desk.concerns.urls")),
    path("", include("hearth.desk.deciding.urls")),
    path("", include("hearth.desk.imports.urls")),
    path("", include("hearth.desk.panel.urls")),
    path("", include("hearth.doorstep.urls")),
    path("", include("hearth.doorstep.pathways.urls")),
    path("", include("hearth.doorstep.finding.urls")),
    path("", include("hearth.doorstep.calls.urls")),
    path("", include("hearth.commissioning.needs.urls")),
    path("", include("hearth.commissioning.procurement.urls")),
    path("", include("hearth.commissioning.procurement.grants.urls")),
    path("", include("hearth.commissioning.contracts.urls")),
    path("", include("hearth.commissioning.contracts.returns.urls")),
    path("", include("hearth.commissioning.value.urls")),
    path("", include("hearth.oversight.programmes.urls")),
    path("", include("hearth.oversight.governance.urls")),
    path("", include("hearth.oversight.performance.exports.urls")),
    path("", include("hearth.oversight.quality.urls")),
    path("", include("hearth.oversight.performance.urls")),
    path("", include("hearth.casework.front_door.urls")),
    path("", include("hearth.casework.cases.urls")),
    path("", include("hearth.casework.assessments.urls")),
    path("", include("hearth.casework.plans.urls")),
    path("", include("hearth.casework.panels.urls")),
    path("", include("hearth.casework.cases.notes.urls")),
    path("", include("hearth.casework.cases.steps.urls")),
    path("", include("hearth.desk.pathway.urls")),
    path("", include("hearth.desk.stepping.urls")),
    path("", include("hearth.casework.universal.urls")),
    path("", include("hearth.casework.panels.unmet.urls")),
]
handler400 = "hearth.foundation.ui.errors.bad_request"
handler403 = "hearth.foundation.ui.errors.forbidden"
handler404 = "hearth.foundation.ui.errors.not_found"
handler500 = "hearth.foundation.ui.errors.server_error"
