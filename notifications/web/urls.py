"""Addresses of the inbox."""

from django.urls import path

from notifications.web import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("after/<int:number>/", views.inbox_after, name="inbox-after"),
    path("mark/", views.mark, name="mark"),
    path("<int:number>/", views.follow, name="follow"),
]
