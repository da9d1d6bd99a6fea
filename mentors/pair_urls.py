"""Addresses of pairs, groups, meetings and programmes: the pages by which they are written."""

from django.urls import path

from mentors.views import groups, meeting_forms, pair_forms, plan_forms, program_forms, programs

urlpatterns = [
    path("pairs/add/", pair_forms.PairAdd.as_view(), name="pair-add"),
    path("pairs/candidates/", pair_forms.PairCandidates.as_view(), name="pair-candidates"),
    path("pairs/<int:pk>/edit/", pair_forms.PairEdit.as_view(), name="pair-edit"),
    path("pairs/<int:pk>/close/", pair_forms.PairClose.as_view(), name="pair-close"),
    path("pairs/<int:pk>/reopen/", pair_forms.PairReopen.as_view(), name="pair-reopen"),
    path("pairs/<int:pk>/stage/", pair_forms.PairStage.as_view(), name="pair-stage"),
    path("pairs/<int:pk>/meetings/add/", meeting_forms.MeetingAdd.as_view(), name="meeting-add"),
    path("pairs/meetings/<int:pk>/edit/", meeting_forms.MeetingEdit.as_view(), name="meeting-edit"),
    path("pairs/meetings/<int:pk>/remove/", meeting_forms.MeetingRemove.as_view(), name="meeting-remove"),
    path("pairs/groups/<int:pk>/", groups.GroupCard.as_view(), name="group"),
    path("pairs/groups/<int:pk>/edit/", groups.GroupEdit.as_view(), name="group-edit"),
    path(
        "pairs/groups/<int:pk>/meetings/add/",
        meeting_forms.GroupMeetingAdd.as_view(),
        name="group-meeting-add",
    ),
    path("pairs/groups/of/<int:pk>/add/", groups.GroupAdd.as_view(), name="group-add"),
    path("programs/add/", program_forms.ProgramAdd.as_view(), name="program-add"),
    path("programs/<int:pk>/edit/", program_forms.ProgramEdit.as_view(), name="program-edit"),
    path("programs/<int:pk>/move/", program_forms.ProgramMove.as_view(), name="program-move"),
    path("programs/<int:pk>/print/", programs.ProgramPrint.as_view(), name="program-print"),
    path("programs/<int:pk>/steps/add/", plan_forms.StepAdd.as_view(), name="step-add"),
    path("programs/<int:pk>/paste/", plan_forms.PlanPaste.as_view(), name="program-paste"),
    path("programs/steps/<int:pk>/edit/", plan_forms.StepEdit.as_view(), name="step-edit"),
    path("programs/steps/<int:pk>/done/", plan_forms.StepDone.as_view(), name="step-done"),
    path("programs/steps/<int:pk>/up/", plan_forms.StepUp.as_view(), name="step-up"),
    path("programs/steps/<int:pk>/down/", plan_forms.StepDown.as_view(), name="step-down"),
    path("programs/steps/<int:pk>/remove/", plan_forms.StepRemove.as_view(), name="step-remove"),
]
