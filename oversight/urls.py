"""Addresses of the trail."""

from django.urls import path

from oversight import views

app_name = "oversight"
urlpatterns = [
    path("trail/", views.heads, name="heads"),
    path("trail/heads.txt", views.head_documents, name="head-documents"),
    path("trail/heads/<str:sha256>/", views.head_document, name="head-document"),
]
