"""The spaCy pipeline: building, loading, Doc extensions and matchers."""
