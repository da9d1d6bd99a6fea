"""Indicators and the roadmap."""

from django.urls import path

from monitoring.views import data_warnings, files, heat_map, indicators, parameters, people, roadmap, rounds

urlpatterns = [
    path("indicators/", indicators.IndicatorList.as_view(), name="indicators"),
    path("indicators/map/", heat_map.HeatMap.as_view(), name="heat-map"),
    path("indicators/warnings/", data_warnings.WarningList.as_view(), name="data-warnings"),
    path("indicators/warnings/<slug:code>/", data_warnings.WarningRows.as_view(), name="data-warning"),
    path("indicators/close/", rounds.RoundClose.as_view(), name="round-close"),
    path("indicators/files/<slug:what>.<slug:kind>", files.IndicatorFile.as_view(), name="indicators-file"),
    path("indicators/parameters/", parameters.ParametersList.as_view(), name="indicator-parameters-list"),
    path(
        "indicators/<slug:code>/parameters/",
        parameters.ParametersEdit.as_view(),
        name="indicator-parameters",
    ),
    path("indicators/<slug:code>/", indicators.IndicatorDetail.as_view(), name="indicator"),
    path("indicators/<slug:code>/people/", people.PeopleBehind.as_view(), name="indicator-people"),
    path("roadmap/", roadmap.RoadmapPage.as_view(), name="roadmap"),
]
