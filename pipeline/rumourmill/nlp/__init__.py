"""The spaCy side of the package.

- `language`: builds and loads the pipeline, and runs it on articles.
- `extensions`: the extension attributes of a Doc (`doc._.fees` ...).
- `tokens`: text and words of a Doc as plain strings, cached.
- `phrase_matcher`: a phrase matcher for large lists that is fast to create.
- `noise`: leaves out text that is not prose.

The package imports none of them, since `tokens` and `noise` are also used where spaCy is not loaded.
"""
