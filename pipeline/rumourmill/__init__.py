"""Rumourmill: football transfer news becomes tables of players, clubs, fees, dates, quotes and moves."""

from typing import TYPE_CHECKING

from rumourmill.version import __version__

# No `from __future__ import annotations` here: it would hide the module `rumourmill.nlp.extensions`.
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd
    from spacy.language import Language

    from rumourmill.runner.batch import Progress, Summary

__all__ = ["__version__", "extract", "load", "read"]

# The imports stand inside the functions: `import rumourmill` and `--help` must not wait for spaCy and pandas.


def load(*, gazetteer: "str | Path | None" = None) -> "Language":
    """The spaCy pipeline: call it on a text and find the records on the Doc (`doc._.fees` ...).

    Args:
        gazetteer: folder of your own clubs, nicknames, outlets, cues or public figures, which lie over ours. The lists
            are those of the whole process: of two pipelines with different ones, use the one loaded last.

    Raises:
        UsageError: a file of the folder cannot be used.
        ModelError: the model or the gazetteer is not as it was shipped.
    """
    from rumourmill.nlp import language
    from rumourmill.resources import checksums
    from rumourmill.resources.user_lists import read_user_lists

    checksums.check()
    lists = read_user_lists(gazetteer)
    return language.load(user_lists=lists.setting if lists else None)


def extract(
    source: "str | Path",
    out: "str | Path",
    *,
    workers: int = 1,
    dask: str | None = None,
    prune: bool = False,
    limit: int | None = None,
    text_column: str = "text",
    date_column: str | None = None,
    id_column: str = "id",
    gazetteer: "str | Path | None" = None,
    progress: "Callable[[Progress], None] | None" = None,
) -> "Summary":
    """Read the articles below a folder into the tables below another; what is unchanged is not read again.

    Args:
        source: folder of `.txt` and `.txt.gz` files, or of tables of articles (`.parquet`, `.jsonl`, `.jsonl.gz`), or
            one table; sub-folders are walked, hidden files are not. It may be a URL (`s3://`, `gs://`, `memory://`) and
            then needs the extra `cluster`.
        out: folder of the dataset, or its URL; made when it is missing.
        workers: processes that read.
        dask: address of the scheduler of a Dask cluster that reads instead; it needs the extra `cluster`.
        prune: drop the rows of articles whose file is gone.
        limit: read at most so many new or changed articles.
        text_column: column of a table that holds the text.
        date_column: column that holds the day of publication; `date`, if there is one.
        id_column: column that holds the id, which becomes `article_id`.
        gazetteer: folder of your own lists, as for `load`; other lists than the last time, and all is read again.
        progress: called after each batch.

    Returns:
        What was read, unchanged and rejected, and the rows of each table.

    Raises:
        UsageError: the folders or options cannot be used; nothing was done.
        OutputError: `out` cannot be written or is in use; what was committed before is whole.
        ModelError: the model or the gazetteer is not as it was shipped.
    """
    from rumourmill.runner import batch
    from rumourmill.sources.tables import Columns

    return batch.extract(
        source,
        out,
        workers=workers,
        dask=dask,
        prune=prune,
        limit=limit,
        columns=Columns(text_column, id_column, date_column),
        gazetteer=gazetteer,
        progress=progress,
    )


def read(out: "str | Path", table: str) -> "pd.DataFrame":
    """One table of a dataset as a whole, also while a run writes.

    Args:
        out: folder of the dataset.
        table: `articles`, `players`, `clubs`, `fees`, `dates`, `quotes`, `transfers` or `rejects`.

    Returns:
        The rows in order of article_id and start. Days are `datetime64`, enumerations are categories in the
        order of the contract, offsets that may be missing are nullable `Int32`.

    Raises:
        UsageError: there is no such table or no dataset.
    """
    from rumourmill.dataset import writer

    return writer.read(out, table)
