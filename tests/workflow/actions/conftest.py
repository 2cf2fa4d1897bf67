"""The place, its people, and one row at the stage a test is about."""

import pytest

from tests.workflow.actions.row import Row
from tests.workflow.web.scene import Scene, issued_list
from tests.workflow.web.scene import scene as make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    """Give the place with everybody in it."""
    return make_scene()


@pytest.fixture
def row(scene: Scene) -> Row:
    """Give a row that was just issued."""
    return Row(scene, issued_list(scene, rows=1).items.get())
