"""Lists and model files on disk, loaded and validated.

- `gazetteer`: the lists of models/gazetteer by name; `Gazetteer` puts a user's lists over the shipped ones.
- `lists`: parses and validates a CSV list; folds names.
- `user_lists`: reads a user's lists from a folder.
- `checksums`: verifies that model and gazetteer are the shipped files.
"""
