"""The nouns of reading lists in."""

from intake.models.documents import Answer, Document

__all__ = ["Answer", "Document"]
