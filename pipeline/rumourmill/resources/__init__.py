"""Lists and model files on disk, loaded and validated.

- `gazetteer`: the lists of models/gazetteer by name; `Gazetteer` puts a user's lists over the shipped ones.
- `lists`: parses and validates a CSV list; folds names.
- `user_lists`: reads a user's lists from a folder.
- `checksums`: verifies that model and gazetteer are the shipped files.
"""

from rumourmill.resources.gazetteer import Gazetteer
from rumourmill.resources.lists import GazetteerError, fold, models_dir
from rumourmill.resources.user_lists import UserLists, read_user_lists

__all__ = ["Gazetteer", "GazetteerError", "UserLists", "fold", "models_dir", "read_user_lists"]
