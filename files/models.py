"""Content and the names it was given."""

from django.db import models


class Blob(models.Model):
    """One content, kept once whoever sent it; its key is its SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(help_text="字节")

    def __str__(self) -> str:
        return self.sha256[:12]


class StoredFile(models.Model):
    """A content as somebody sent it: under a name, at a moment."""

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    # A plain number: files lie below the people who send them.
    sender = models.BigIntegerField()
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
