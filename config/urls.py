"""Every address of the product, gathered from the rooms that answer it."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from config.health import healthz, readyz
from orgs.web.login import Login

urlpatterns = [
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("workflow.web.urls")),
    path("units/", include("orgs.web.urls")),
    path("import/", include("intake.web.urls")),
    path("inbox/", include("notifications.web.urls")),
]
