"""Addresses of demand."""

from django.urls import path

from demand import mandate_views, views

app_name = "demand"

urlpatterns = [
    path("demand/", views.windows, name="windows"),
    path("demand/open/", views.open_window, name="open-window"),
    path("demand/<str:reference>/", views.window, name="window"),
    path("demand/<str:reference>/report/", views.report_demand, name="report-demand"),
    path("demand/<str:reference>/export.<str:kind>", views.export_demand, name="export-demand"),
    path("demand/<str:reference>/lock/", views.lock_demand, name="lock-demand"),
    path("demand/<str:reference>/unlock/", views.unlock_demand, name="unlock-demand"),
    path("mandates/", mandate_views.mandates, name="mandates"),
    path("mandates/give/", mandate_views.give_mandate, name="give-mandate"),
    path("mandates/sign/", mandate_views.sign_mandates, name="sign-mandates"),
    path("mandates/<str:reference>/", mandate_views.mandate, name="mandate"),
    path("mandates/<str:reference>/document/", mandate_views.mandate_document, name="mandate-document"),
    path("mandates/<str:reference>/withdraw/", mandate_views.withdraw_mandate, name="withdraw-mandate"),
    path("mandates/<str:reference>/revoke/", mandate_views.revoke_mandate, name="revoke-mandate"),
]
