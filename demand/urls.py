"""Addresses of demand."""

from django.urls import path

from demand import views

app_name = "demand"

urlpatterns = [
    path("demand/", views.windows, name="windows"),
    path("demand/open/", views.open_window, name="open-window"),
    path("demand/<str:reference>/", views.window, name="window"),
    path("demand/<str:reference>/report/", views.report_demand, name="report-demand"),
    path("demand/<str:reference>/export.<str:kind>", views.export_demand, name="export-demand"),
    path("demand/<str:reference>/lock/", views.lock_demand, name="lock-demand"),
    path("demand/<str:reference>/unlock/", views.unlock_demand, name="unlock-demand"),
]
