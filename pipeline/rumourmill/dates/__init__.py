"""Expressions of calendar time: detection, first and last day, the football calendar, tense."""
