"""Notices as a Django app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Drains the outbox into inboxes and tells open pages."""

    name = "notifications"
    verbose_name = "消息提醒"
