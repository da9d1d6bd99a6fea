"""Routes of the portal: health, language, the home page, then the pages of each app."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from mentorship_portal import health, views

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("language/", login_not_required(set_language), name="set_language"),
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
