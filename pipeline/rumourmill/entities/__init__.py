"""People and clubs of an article.

- `names`: clusters the mentions of one person.
- `roles`: role words, demonyms and clubs beside a name.
- `context_features`: the words around a person as features of a linear model.
- `public_figures`: names that the gazetteer lists as footballers, managers and others.
- `person_classifier`: player or not, from all of these.
- `club_lexicon`: names, forms and nicknames of clubs, and the club that a nickname means.
"""

from rumourmill.entities.club_lexicon import ClubLexicon
from rumourmill.entities.context_features import ContextScorer, DocContext, extract_features
from rumourmill.entities.names import Cluster, clean_mention, cluster_mentions
from rumourmill.entities.person_classifier import score_player
from rumourmill.entities.public_figures import ListedPerson, PublicFigures, is_surname
from rumourmill.entities.roles import DocTraits, MentionContext, TraitMatcher

__all__ = [
    "ClubLexicon",
    "Cluster",
    "ContextScorer",
    "DocContext",
    "DocTraits",
    "ListedPerson",
    "MentionContext",
    "PublicFigures",
    "TraitMatcher",
    "clean_mention",
    "cluster_mentions",
    "extract_features",
    "is_surname",
    "score_player",
]
