"""Extract players, clubs, fees, dates, quotes and transfers from football transfer news into tables.

`extract` writes the tables of a folder of articles, `read` returns a table, `load` returns the spaCy pipeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rumourmill.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd
    from spacy.language import Language

    from rumourmill.runner.batch import Progress, Summary

__all__ = ["__version__", "extract", "load", "read"]

# Imports are local to the functions so that `import rumourmill` and `--help` do not import spaCy and pandas.


def load(*, gazetteer: str | Path | None = None) -> Language:
    """Load the spaCy pipeline. It annotates a text with rows per table (`doc._.fees` ...).

    Global state of the process does not change, except that the extension attributes of `Doc` are registered.

    Args:
        gazetteer: folder of your own clubs, nicknames, outlets, cues or public figures; their lines replace the shipped
            ones. They are a setting of the pipeline: `nlp.config` and `nlp.to_disk` keep them, and pipelines with
            different lists can be used side by side.

    Returns:
        The pipeline.

    Raises:
        UsageError: a file of the folder is invalid.
        ModelError: a file of model or gazetteer is missing or modified.
    """
    from rumourmill.nlp import language
    from rumourmill.resources import checksums, read_user_lists

    checksums.check()
    lists = read_user_lists(gazetteer)
    return language.load(user_lists=lists.setting if lists else None)


def extract(
    source: str | Path,
    out: str | Path,
    *,
    workers: int = 1,
    dask: str | None = None,
    prune: bool = False,
    limit: int | None = None,
    text_column: str = "text",
    date_column: str | None = None,
    id_column: str = "id",
    gazetteer: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Extract the tables of a folder of articles. Articles that have not changed since the last run are skipped.

    Args:
        source: folder of `.txt` and `.txt.gz` files, or of tables of articles (`.parquet`, `.jsonl`, `.jsonl.gz`), or
            one table; sub-folders are included, hidden files are not. URLs (`s3://`, `gs://`, `memory://`) need the
            extra `cluster`.
        out: folder or URL of the dataset; created if it is missing.
        workers: number of worker processes.
        dask: address of the scheduler of a Dask cluster to use instead of processes; needs the extra `cluster`.
        prune: delete the rows of articles whose file no longer exists.
        limit: maximum number of new or changed articles to process.
        text_column: column of a table with the text.
        date_column: column with the day of publication; `date` by default, if there is one.
        id_column: column with the id, which becomes `article_id`.
        gazetteer: folder of your own lists, as for `load`. If they changed, all articles are processed again.
        progress: called after each batch.

    Returns:
        Numbers of articles read, unchanged and rejected, and of the rows of each table.

    Raises:
        UsageError: a folder or option is invalid; nothing was written.
        OutputError: `out` cannot be written or is in use; batches committed before are complete.
        ModelError: a file of model or gazetteer is missing or modified.
    """
    from rumourmill.runner import batch
    from rumourmill.sources import Columns

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


def read(out: str | Path, table: str) -> pd.DataFrame:
    """Read a table of a dataset. The rows are a consistent snapshot, also during a run.

    Args:
        out: folder of the dataset.
        table: `articles`, `players`, `clubs`, `fees`, `dates`, `quotes`, `transfers` or `rejects`.

    Returns:
        The rows ordered by article_id and start. Days are `datetime64`, enumerations are categories in the order of
        the schema, offsets that may be missing are nullable `Int32`.

    Raises:
        UsageError: there is no such table, or no dataset in the folder.
    """
    from rumourmill import dataset

    return dataset.read(out, table)
