"""Who may do the work of which there must be one."""

from django.db import models


class Lease(models.Model):
    """One job held by one process for a while; ``fence`` grows with each new holder."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=80)
    fence = models.BigIntegerField(default=0)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.holder}"
