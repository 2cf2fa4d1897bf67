"""The nouns of hearing: inboxes, reminders, the lease of the tick."""

from notifications.models.inbox import InboxHead, InboxItem
from notifications.models.leases import Lease
from notifications.models.reminders import Reminder

__all__ = ["InboxHead", "InboxItem", "Lease", "Reminder"]
