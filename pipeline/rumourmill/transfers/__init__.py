"""Transfers: candidates, their probabilities, status, seller, price and source.

A transfer is extracted in these steps:

1. `sentences` tags the players, clubs and triggers of each sentence; `noun_chunks` joins them to noun chunks.
2. `candidates` finds the pairs of a player and a club that sentences, `frames` and `listings` relate; `pairs` has the
   data classes.
3. `pair_features`, `status_features`, `masked_templates` and `status_patterns` extract the features of a pair.
4. `linear_models` computes probabilities from features and the trained weights.
5. `assembly` makes transfers of the pairs, with seller, status and kind; `prices` assigns amounts of money to them.
6. `credits` finds the outlet or journalist that a claim is credited to.

The component `transfers` applies them to a Doc.
"""

from rumourmill.transfers.assembly import assemble_moves, explain_move
from rumourmill.transfers.candidates import CandidateExtractor
from rumourmill.transfers.credits import CreditExtractor, nearest_credit
from rumourmill.transfers.pairs import EntityPair, Move
from rumourmill.transfers.status_features import StatusFeatures

__all__ = [
    "CandidateExtractor",
    "CreditExtractor",
    "EntityPair",
    "Move",
    "StatusFeatures",
    "assemble_moves",
    "explain_move",
    "nearest_credit",
]
