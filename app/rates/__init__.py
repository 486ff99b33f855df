"""Rates: how often something may happen, at one server or at all of them together."""
