"""Addresses of units and people."""

from django.urls import path

from orgs.web import views

app_name = "orgs"
urlpatterns = [
    path("", views.unit_index, name="unit-index"),
    path("<int:pk>/", views.unit_detail, name="unit-detail"),
    path("<int:pk>/people/", views.appointment_create, name="appointment-create"),
    path("<int:pk>/people/end/", views.appointment_end, name="appointment-end"),
    path("<int:pk>/names/", views.alias_create, name="alias-create"),
]
