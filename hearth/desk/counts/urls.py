"""Addresses of the counts."""

from django.urls import path

from hearth.desk.counts import views
from hearth.desk.counts.assessed import views as assessed
from hearth.desk.counts.early_years import views as early_years
from hearth.desk.counts.heard import views as heard

urlpatterns = [
    path("counts/", views.counts, name="counts"),
    path("counts/assessments/", assessed.assessment_counts, name="assessment_counts"),
    path("counts/assessments/download/", assessed.download_assessment_counts, name="download_assessment_counts"),
    path("counts/assessments/opened/", assessed.counted_assessments, name="counted_assessments"),
    path("counts/panels/", heard.panel_times, name="panel_times"),
    path("counts/panels/download/", heard.download_panel_times, name="download_panel_times"),
    path("counts/panels/opened/", heard.counted_panel_items, name="counted_panel_items"),
    path("counts/referrals/opened/", assessed.counted_referrals, name="counted_referrals"),
    path("counts/early-years/", early_years.early_years_places, name="early_years_places"),
    path("counts/early-years/download/", early_years.download_early_years_places, name="download_early_years_places"),
]
