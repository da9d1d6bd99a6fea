"""Routes of the portal: health, language, the home page, then the pages of each app."""

from django.urls import include, path

from mentorship_portal import health, views

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("language/", views.LanguageSwitch.as_view(), name="set_language"),
    path("appearance/", views.AppearancePage.as_view(), name="appearance"),
    path("places/", views.Places.as_view(), name="places"),
    path("search/", views.Search.as_view(), name="search"),
    path("help/", views.HelpPage.as_view(), name="help"),
    path("help/glossary/", views.GlossaryPage.as_view(), name="glossary"),
    path("dictionaries/", views.DictionaryList.as_view(), name="dictionaries"),
    path("dictionaries/<slug:kind>/", views.DictionaryValues.as_view(), name="dictionary"),
    path("dictionaries/<slug:kind>/add/", views.DictionaryValueAdd.as_view(), name="dictionary-value-add"),
    path(
        "dictionaries/<slug:kind>/<int:pk>/",
        views.DictionaryValueEdit.as_view(),
        name="dictionary-value-edit",
    ),
    path("journal/", views.Journal.as_view(), name="journal"),
    path("journal/changes.csv", views.ChangesExport.as_view(), name="journal-changes-csv"),
    path("journal/access/", views.AccessJournal.as_view(), name="journal-access"),
    path("journal/access.csv", views.AccessJournalExport.as_view(), name="journal-access-csv"),
    path("", include("accounts.urls")),
    path("", include("orgs.urls")),
    path("", include("exchange.urls")),
    path("", include("mentors.urls")),
    path("", include("surveys.urls")),
    path("", include("checklists.urls")),
    path("", include("monitoring.urls")),
]

handler400 = "mentorship_portal.errors.bad_request"
handler403 = "mentorship_portal.errors.permission_denied"
handler404 = "mentorship_portal.errors.page_not_found"
handler500 = "mentorship_portal.errors.server_error"
