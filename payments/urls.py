"""Addresses of what is owed and paid."""

from django.urls import path

from payments import views

app_name = "payments"

urlpatterns = [
    path("payables/", views.payables, name="payables"),
    path("payments/", views.payments, name="payments"),
    path("payments/choose/", views.choose_payables, name="choose-payables"),
    path("payments/record/", views.record_payments, name="record-payments"),
    path("payments/record/<str:credit_code>/", views.record_payment, name="record-payment"),
    path("payments/<str:reference>/", views.payment, name="payment"),
]
