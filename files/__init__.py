"""Stored evidence: content kept once under its checksum, named where it is used."""
