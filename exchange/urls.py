"""Upload from Excel and reports."""

from django.urls import path

from exchange import views

urlpatterns = [
    path("imports/", views.ImportRegister.as_view(), name="imports"),
    path("imports/new/", views.ImportNew.as_view(), name="import-new"),
    path("imports/templates/<slug:kind>.xlsx", views.TemplateWorkbook.as_view(), name="import-template"),
    path("imports/incomplete/<slug:kind>.xlsx", views.IncompleteRows.as_view(), name="import-incomplete"),
    path("imports/<uuid:pk>/", views.ImportPage.as_view(), name="import"),
    path("imports/<uuid:pk>/columns/", views.ImportColumns.as_view(), name="import-columns"),
    path("imports/<uuid:pk>/correct/", views.ImportCorrect.as_view(), name="import-correct"),
    path("imports/<uuid:pk>/confirm/", views.ImportConfirm.as_view(), name="import-confirm"),
    path("imports/<uuid:pk>/cancel/", views.ImportCancel.as_view(), name="import-cancel"),
    path("imports/<uuid:pk>/repeat/", views.ImportRepeat.as_view(), name="import-repeat"),
    path("imports/<uuid:pk>/resume/", views.ImportResume.as_view(), name="import-resume"),
    path("imports/<uuid:pk>/undo/", views.ImportUndo.as_view(), name="import-undo"),
    path("imports/<uuid:pk>/changes/", views.ImportChanges.as_view(), name="import-changes"),
    path("imports/<uuid:pk>/report/", views.ImportReport.as_view(), name="import-report"),
    path("imports/<uuid:pk>/returned/", views.ReturnedRows.as_view(), name="import-returned"),
    path("reports/", views.Reports.as_view(), name="reports"),
    path("reports/<uuid:pk>/", views.ReportPage.as_view(), name="report"),
    path("reports/<uuid:pk>/file/", views.ReportFile.as_view(), name="report-file"),
    path("reports/<uuid:pk>/cancel/", views.ReportCancel.as_view(), name="report-cancel"),
    path("reports/<uuid:pk>/repeat/", views.ReportRepeat.as_view(), name="report-repeat"),
]
