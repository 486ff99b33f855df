"""Data to learn from: ready sets and a person's own, and the batches in which they come."""
