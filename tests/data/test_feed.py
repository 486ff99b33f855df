"""A feed gives each iteration the rows that its batch has, by whatever way one comes to it."""

from __future__ import annotations

import numpy as np
import pytest

from app.data.batches import Batches
from app.data.feed import Feed
from app.data.ready import ready_set


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("size", [1, 40, 150])
def test_a_feed_gives_the_rows_of_the_batch(size: int, shuffle: bool) -> None:
    data = ready_set("iris")
    batches = Batches(data.rows, size, shuffle, seed=3, start=7, first_epoch=2)
    feed = Feed(data, batches)
    for iteration in (7, 8, 9, 30, 8, 500):
        rows = list(batches.examples(iteration))
        inputs, targets = feed.batch(iteration)
        np.testing.assert_array_equal(inputs, data.inputs[rows])
        np.testing.assert_array_equal(targets, data.targets[rows])
