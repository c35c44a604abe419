"""Amounts of money in text: detection, value, currency, exchange rate, kind and the player they belong to.

- `detection`: finds amounts in raw text; knows nothing of spaCy or of the article.
- `numbers`, `currencies`: the value of a number as written, the currency of a symbol, code or word.
- `kinds`, `triggers`: what an amount is (bid, fee, wage, release clause ...), from the phrases of money_cues.csv.
- `qualifiers`: "up to", "-plus", "a week".
- `player_link`: the player whose move or pay an amount is.
- `exchange_rates`: pounds at the rate of a day.

The component `fees` applies them to a Doc.
"""

from rumourmill.money.detection import Amount, AmountContext, find_amounts

__all__ = ["Amount", "AmountContext", "find_amounts"]
