"""What is let go of takes no memory from then on; the garbage collector looks seldom, and cannot be waited for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from .client import Client

LESSON: tuple[tuple[str, str, object], ...] = (
    *((("POST", "/step?view=step", {"granularity": "layer"}),) * 3),
    ("GET", "", None),
    ("GET", "/tape/0", None),
    ("GET", "/explanations/W1?index=0,0", None),
    ("POST", "/train?view=step", {"iterations": 40}),
    ("PATCH", "/spec?view=step", {"l2": 0.01}),
    ("PUT", "/position?view=step", {"iteration": 20}),
    ("POST", "/branches", {"name": "x"}),
    ("POST", "/undo", {}),
    ("GET", "/metrics", None),
    ("GET", "/diagnosis", None),
    ("GET", "/plane", None),
    ("GET", "/file", None),
)


@pytest.fixture
def uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
def test_a_session_that_is_deleted_is_gone_from_memory_at_once(client: Client) -> None:
    """So nothing in it may refer back to it: thousands would lie about in a day."""
    path = client.session({"preset": "xor"})
    for method, rest, body in LESSON:
        assert client.request(method, path + rest, body).is_success, rest
    saved = client.app.state.desk._on[path.rsplit("/", 1)[1]]
    session, later = ref(saved.session), saved.later
    del saved
    assert client.request("DELETE", path).status_code == 204
    if later is not None:  # what was to be saved soon is looked at once more

        async def over() -> None:
            await later

        client.run(over())
        del later, over
    assert session() is None
