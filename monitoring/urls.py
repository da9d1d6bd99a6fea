"""Indicators and the roadmap."""

from django.urls import path

from monitoring import views

urlpatterns = [
    path("indicators/", views.IndicatorList.as_view(), name="indicators"),
    path("indicators/<slug:code>/", views.IndicatorDetail.as_view(), name="indicator"),
    path("roadmap/", views.RoadmapPage.as_view(), name="roadmap"),
]
