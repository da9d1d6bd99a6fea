"""Register, card and forms of organizations."""

from django.urls import include, path

from orgs import views
from orgs.registers import setting_pages

urlpatterns = [
    path(
        "registers/<slug:code>/settings/", setting_pages.RegisterSettings.as_view(), name="register-settings"
    ),
    path("registers/<slug:code>/views/", setting_pages.SaveView.as_view(), name="register-view-save"),
    path(
        "registers/<slug:code>/views/remove/", setting_pages.RemoveView.as_view(), name="register-view-remove"
    ),
    path("", include("orgs.users.urls")),
    path("", include("orgs.invitations.urls")),
    path("organizations/", views.OrganizationRegisterPage.as_view(), name="organizations"),
    path("organizations/export/", views.OrganizationExport.as_view(), name="organizations-export"),
    path("organizations/add/", views.OrganizationAdd.as_view(), name="organization-add"),
    path("organizations/<int:pk>/", views.OrganizationCard.as_view(), name="organization"),
    path("organizations/<int:pk>/edit/", views.OrganizationEdit.as_view(), name="organization-edit"),
    path("organizations/<int:pk>/close/", views.OrganizationClose.as_view(), name="organization-close"),
    path("organizations/<int:pk>/headcounts/add/", views.HeadcountAdd.as_view(), name="headcount-add"),
    path(
        "organizations/<int:pk>/headcounts/<int:headcount>/",
        views.HeadcountEdit.as_view(),
        name="headcount-edit",
    ),
    path("organizations/<int:pk>/documents/add/", views.DocumentAdd.as_view(), name="document-add"),
    path(
        "organizations/<int:pk>/documents/<int:document>/", views.DocumentEdit.as_view(), name="document-edit"
    ),
    path(
        "organizations/<int:pk>/documents/<int:document>/remove/",
        views.DocumentRemove.as_view(),
        name="document-remove",
    ),
    path(
        "organizations/<int:pk>/documents/<int:document>/file/",
        views.DocumentFile.as_view(),
        name="document-file",
    ),
]
