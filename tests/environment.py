"""Loaded by pytest before Django: every run has data of its own and plain settings."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "QINGDAN_DATA" not in os.environ:
    os.environ["QINGDAN_DATA"] = tempfile.mkdtemp(prefix="qingdan-test-")
    atexit.register(shutil.rmtree, os.environ["QINGDAN_DATA"], ignore_errors=True)

# Whitenoise warns of a folder that is not there, and warnings are errors.
Path(os.environ["QINGDAN_DATA"], "static").mkdir(parents=True, exist_ok=True)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# A pool would keep the test database from being dropped; a test of its own uses one.
os.environ.setdefault("DATABASE_POOL", "0")
# playwright's loop runs in the test's thread; the tests' own queries are its equals.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
