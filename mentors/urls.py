"""Registers and cards of people, pairs and programmes."""

from django.urls import path

from mentors import views

urlpatterns = [
    path("mentors/", views.MentorRegisterPage.as_view(), name="mentors"),
    path("mentors/<int:pk>/", views.MentorCard.as_view(), name="mentor"),
    path("mentees/", views.MenteeRegisterPage.as_view(), name="mentees"),
    path("mentees/<int:pk>/", views.MenteeCard.as_view(), name="mentee"),
    path("pairs/", views.PairRegisterPage.as_view(), name="pairs"),
    path("pairs/<int:pk>/", views.PairCard.as_view(), name="pair"),
    path("programs/", views.ProgramRegisterPage.as_view(), name="programs"),
    path("programs/<int:pk>/", views.ProgramCard.as_view(), name="program"),
]
