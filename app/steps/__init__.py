"""One iteration as data: the order of its operations, its numbers, and where each number came from."""
