"""Money in raw text: where it stands, what it is worth, what it is for.

`find` knows nothing of spaCy or of the article around it; `kinds` and `terms` read the words beside an amount, `rates`
turns it into pounds. The component `fees` puts them together.
"""

from pipeline.money.amount import Amount
from pipeline.money.find import find

__all__ = ["Amount", "find"]
