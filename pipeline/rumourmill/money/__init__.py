"""Money in raw text: where it stands, what it is worth, what it is for.

`find` knows nothing of spaCy or of the article around it; `kinds` and `terms` read the words beside an amount, `rates`
turns it into pounds. The component `fees` puts them together.
"""

from rumourmill.money.amount import Amount
from rumourmill.money.detection import find

__all__ = ["Amount", "find"]
