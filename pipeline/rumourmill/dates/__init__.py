"""Expressions of calendar time: detection, first and last day, the football calendar, tense.

- `detection`: finds expressions in raw text with the regular expressions of `patterns`.
- `values`: resolves an expression to its first and last day.
- `calendar`: seasons, quarters of the year, transfer deadline days, holidays.
- `tense`: whether the clause around a date is past or future.

The component `dates` applies them to a Doc.
"""

from rumourmill.dates.calendar import Period
from rumourmill.dates.detection import DateExpression, find_expressions, lowercase_ascii
from rumourmill.dates.tense import Tense, detect_tense
from rumourmill.dates.values import DateContext, DateValue, resolve_expression

__all__ = [
    "DateContext",
    "DateExpression",
    "DateValue",
    "Period",
    "Tense",
    "detect_tense",
    "find_expressions",
    "lowercase_ascii",
    "resolve_expression",
]
