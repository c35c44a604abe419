"""Loads and validates models/gazetteer and a user's own lists."""
