"""Indicators and the roadmap."""

from django.urls import path

from monitoring.views import indicators, roadmap

urlpatterns = [
    path("indicators/", indicators.IndicatorList.as_view(), name="indicators"),
    path("indicators/<slug:code>/", indicators.IndicatorDetail.as_view(), name="indicator"),
    path("roadmap/", roadmap.RoadmapPage.as_view(), name="roadmap"),
]
