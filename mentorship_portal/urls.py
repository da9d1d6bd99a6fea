"""Routes of the portal. An app's pages are included as soon as the app has a ``urls`` module."""

from importlib.util import find_spec

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from mentorship_portal import health, views

APPS_WITH_PAGES = ("accounts", "orgs", "exchange", "mentors", "surveys", "checklists", "monitoring")

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("language/", login_not_required(set_language), name="set_language"),
    *(path("", include(f"{app}.urls")) for app in APPS_WITH_PAGES if find_spec(f"{app}.urls")),
]

handler400 = "mentorship_portal.errors.bad_request"
handler403 = "mentorship_portal.errors.permission_denied"
handler404 = "mentorship_portal.errors.page_not_found"
handler500 = "mentorship_portal.errors.server_error"
