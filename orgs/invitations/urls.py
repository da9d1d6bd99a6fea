"""Invitations: the administrator's side, and the public pages of a link."""

from django.urls import path

from orgs.invitations import views_accept, views_actions, views_curators, views_register

urlpatterns = [
    path("invitations/", views_register.InvitationRegisterPage.as_view(), name="invitations"),
    path("invitations/bulk/", views_register.InvitationBulkPage.as_view(), name="invitations-bulk"),
    path("invitations/export/", views_register.InvitationExport.as_view(), name="invitations-export"),
    path("invitations/new/", views_actions.InvitationNew.as_view(), name="invitation-new"),
    path("invitations/curators/", views_curators.InviteCurators.as_view(), name="invitations-curators"),
    path("invitations/<int:pk>/resend/", views_actions.InvitationResend.as_view(), name="invitation-resend"),
    path(
        "invitations/<int:pk>/withdraw/",
        views_actions.InvitationWithdraw.as_view(),
        name="invitation-withdraw",
    ),
    path("invitations/<int:pk>/link/", views_actions.InvitationLink.as_view(), name="invitation-link"),
    path("invitation/", views_accept.InvitationAccept.as_view(), name="invitation-accept"),
    path("invitation/<str:token>/", views_accept.InvitationOpen.as_view(), name="invitation-open"),
]
