"""The spaCy components, one per table and named as the table, in the order in which they run."""
