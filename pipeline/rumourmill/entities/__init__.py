"""People and clubs of an article.

- `names`: clusters the mentions of one person.
- `roles`: role words, demonyms and clubs beside a name.
- `context_features`: the words around a person as features of a linear model.
- `public_figures`: names that the gazetteer lists as footballers, managers and others.
- `person_classifier`: player or not, from all of these.
- `club_lexicon`: names, forms and nicknames of clubs, and the club that a nickname means.
"""
