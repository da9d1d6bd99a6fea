"""Registers and cards of people, pairs and programmes."""

from django.urls import path

from mentors import pair_urls, people_urls, views

urlpatterns = [
    *people_urls.urlpatterns,
    *pair_urls.urlpatterns,
    path("changes/", views.BulkChanges.as_view(), name="bulk-changes"),
    path("changes/<int:pk>/undo/", views.BulkUndo.as_view(), name="bulk-undo"),
    path("mentors/bulk/", views.MentorBulkPage.as_view(), name="mentors-bulk"),
    path("mentors/export/", views.MentorExport.as_view(), name="mentors-export"),
    path("mentees/bulk/", views.MenteeBulkPage.as_view(), name="mentees-bulk"),
    path("mentees/export/", views.MenteeExport.as_view(), name="mentees-export"),
    path("pairs/bulk/", views.PairBulkPage.as_view(), name="pairs-bulk"),
    path("pairs/export/", views.PairExport.as_view(), name="pairs-export"),
    path("programs/export/", views.ProgramExport.as_view(), name="programs-export"),
    path("mentors/", views.MentorRegisterPage.as_view(), name="mentors"),
    path("mentors/<int:pk>/", views.MentorCard.as_view(), name="mentor"),
    path("mentees/", views.MenteeRegisterPage.as_view(), name="mentees"),
    path("mentees/<int:pk>/", views.MenteeCard.as_view(), name="mentee"),
    path("pairs/", views.PairRegisterPage.as_view(), name="pairs"),
    path("pairs/<int:pk>/", views.PairCard.as_view(), name="pair"),
    path("programs/", views.ProgramRegisterPage.as_view(), name="programs"),
    path("programs/<int:pk>/", views.ProgramCard.as_view(), name="program"),
]
