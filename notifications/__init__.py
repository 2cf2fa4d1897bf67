"""Who hears: the inbox, the sockets, the reminders."""
