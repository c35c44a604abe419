"""What is read: the articles below IN.

- `folder`: `ArticleFolder`, the door: lists the articles below a folder and reads them; the registry of formats
- `source`: `Source` and `Content`, and `SourceFormat`, the interface of a format
- `text_files`, `tables`: the formats: `.txt` and `.txt.gz`; Parquet and JSON lines
- `article`: `Article`: text, headline and day of publication of one article
- `publication_date`: the day of publication in a header, a file name or a dateline

A new format is a module with a `SourceFormat`, and a line in `folder.FORMATS`.
"""

from __future__ import annotations

from rumourmill.sources.article import Article, from_bytes, from_content
from rumourmill.sources.folder import ArticleFolder, article_id_of, read_file
from rumourmill.sources.source import Columns, Content, Reject, Source

__all__ = [
    "Article",
    "ArticleFolder",
    "Columns",
    "Content",
    "Reject",
    "Source",
    "article_id_of",
    "from_bytes",
    "from_content",
    "read_file",
]
