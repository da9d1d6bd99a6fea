"""Indicators and the roadmap."""

from django.urls import path

from monitoring.views import (
    confirmations,
    data_warnings,
    files,
    heat_map,
    indicators,
    parameters,
    people,
    roadmap,
    roadmap_edit,
    round_card,
    rounds,
    targets,
)

urlpatterns = [
    path("indicators/", indicators.IndicatorList.as_view(), name="indicators"),
    path("indicators/map/", heat_map.HeatMap.as_view(), name="heat-map"),
    path("indicators/warnings/", data_warnings.WarningList.as_view(), name="data-warnings"),
    path("indicators/warnings/<slug:code>/", data_warnings.WarningRows.as_view(), name="data-warning"),
    path("indicators/close/", rounds.RoundClose.as_view(), name="round-close"),
    path("indicators/rounds/begin/", rounds.RoundBegin.as_view(), name="round-begin"),
    path("indicators/rounds/<int:pk>/", round_card.RoundCard.as_view(), name="round"),
    path("indicators/rounds/<int:pk>/edit/", rounds.RoundEdit.as_view(), name="round-edit"),
    path("indicators/rounds/<int:pk>/remind/", round_card.RoundRemind.as_view(), name="round-remind"),
    path("indicators/rounds/<int:pk>/confirm/", confirmations.RoundConfirm.as_view(), name="round-confirm"),
    path(
        "indicators/rounds/<int:pk>/take-back/", confirmations.RoundTakeBack.as_view(), name="round-take-back"
    ),
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
    path("roadmap/adopt/", roadmap_edit.RoadmapAdopt.as_view(), name="roadmap-adopt"),
    path("roadmap/<int:pk>/edit/", roadmap_edit.RoadmapEdit.as_view(), name="roadmap-edit"),
    path("roadmap/<int:pk>/sections/add/", roadmap_edit.SectionAdd.as_view(), name="section-add"),
    path("roadmap/sections/<int:pk>/edit/", roadmap_edit.SectionEdit.as_view(), name="section-edit"),
    path(
        "roadmap/sections/<int:pk>/activities/add/", roadmap_edit.ActivityAdd.as_view(), name="activity-add"
    ),
    path("roadmap/activities/<int:pk>/", roadmap.ActivityCard.as_view(), name="activity"),
    path("roadmap/activities/<int:pk>/file/", roadmap.ActivityFile.as_view(), name="activity-file"),
    path("roadmap/activities/<int:pk>/edit/", roadmap_edit.ActivityEdit.as_view(), name="activity-edit"),
    path("roadmap/activities/<int:pk>/mark/", roadmap_edit.ActivityMark.as_view(), name="activity-mark"),
    path("roadmap/activities/<int:pk>/move/", roadmap_edit.ActivityMove.as_view(), name="activity-move"),
    path(
        "roadmap/activities/<int:pk>/remove/", roadmap_edit.ActivityRemove.as_view(), name="activity-remove"
    ),
    path("targets/", targets.TargetsEdit.as_view(), name="targets"),
]
