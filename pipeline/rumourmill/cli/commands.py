"""The commands: options in, messages out. The work is done by the modules behind them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from rumourmill.errors import RumourmillError
from rumourmill.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["app", "main"]

Gazetteer = Annotated[
    Path | None,
    typer.Option(readable=False, help="Folder of your own clubs.csv, nicknames.csv, outlets.csv, cues.csv ..."),
]

app = typer.Typer(
    help="Football transfer news becomes tables: players, clubs, fees, dates, quotes and moves.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
WITH_REJECTS, INTERRUPTED = 1, 130


def main() -> None:
    """Run the command that the command line names."""
    app(prog_name="rumourmill")


def _show_version(wanted: bool) -> None:
    if wanted:
        from rumourmill.runner.fingerprint import model_version
        from rumourmill.schema import SCHEMA_VERSION

        typer.echo(f"rumourmill {__version__}, model {model_version()}, schema {SCHEMA_VERSION}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the versions of code, model and schema."
        ),
    ] = False,
) -> None:
    """Football transfer news becomes tables: players, clubs, fees, dates, quotes and moves."""


@app.command()
def extract(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="Folder of articles (.txt, .txt.gz) or tables (.parquet, .jsonl, .jsonl.gz), or one table; or a URL.",
        ),
    ],
    out: Annotated[
        str, typer.Argument(metavar="OUT", help="Folder of the tables, made when it is missing; or its URL.")
    ],
    workers: Annotated[int, typer.Option(min=1, help="Processes that read.")] = 1,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Read on the cluster of this Dask scheduler: tcp://host:8786.")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Drop the rows of articles whose file is gone.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Read at most so many new or changed files.")] = None,
    text_column: Annotated[str, typer.Option(help="Column of a table that holds the text.")] = "text",
    date_column: Annotated[
        str | None, typer.Option(help="Column that holds the day of publication: date, if there is one.")
    ] = None,
    id_column: Annotated[str, typer.Option(help="Column that holds the id, which becomes article_id.")] = "id",
    gazetteer: Gazetteer = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a file was rejected.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print errors only.")] = False,
) -> None:
    """Read the articles below IN into the tables below OUT; what is unchanged is not read again."""
    with _failures_told():
        from rumourmill.filesystem import open_file_system
        from rumourmill.runner import batch
        from rumourmill.sources import Columns

        columns = Columns(text_column, id_column, date_column)
        with _progress_bar(quiet, "reading") as bar:
            summary = batch.extract(
                source,
                out,
                workers=workers,
                dask=dask,
                prune=prune,
                limit=limit,
                columns=columns,
                gazetteer=gazetteer,
                progress=(lambda state: bar(state.done, state.total)) if bar else None,
            )
        if not quiet:
            from rumourmill.cli.display import summary_lines

            summary_lines(summary, open_file_system(out), Console())
    if strict and summary.rejected:
        _tell(f"{summary.rejected:,} files were rejected; {out}/rejects tells which and why")
        raise typer.Exit(WITH_REJECTS)


@app.command()
def show(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="One article; - is what standard input holds.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the records instead, one JSON object a line.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Print what made each move instead.")] = False,
    gazetteer: Gazetteer = None,
) -> None:
    """Show one article in the terminal: its text with coloured spans, its records below."""
    with _failures_told():
        from rumourmill.cli.display import article_view, reasons, record_lines
        from rumourmill.resources import user_lists
        from rumourmill.runner.worker import read_one

        with read_one(file, user_lists.read_user_lists(gazetteer), ["reasons"] if why else []) as (doc, article):
            if as_json:
                typer.echo("\n".join(record_lines(doc, article)))
            elif why:
                typer.echo("\n".join(reasons(doc)))
            else:
                Console().print(article_view(doc, article), highlight=False)


@app.command()
def tables(out: Annotated[str, typer.Argument(metavar="OUT", help="Folder of the tables, or its URL.")]) -> None:
    """Show the tables of a dataset: rows, columns and their meanings."""
    with _failures_told():
        from rumourmill.cli.display import table_view
        from rumourmill.dataset import row_counts

        console = Console()
        for name, rows in row_counts(out).items():
            console.print(table_view(name, rows))


@app.command()
def sagas(
    out: Annotated[Path, typer.Argument(metavar="OUT", readable=False, help="Folder of the tables.")],
    to: Annotated[
        Path | None, typer.Option("--to", help="The Parquet file; OUT/sagas/sagas.parquet by default.")
    ] = None,
) -> None:
    """Join the moves of all articles into one row per player and club: first day, last day, highest bid, outcome."""
    with _failures_told():
        from rumourmill.sagas import write

        rows = write(out, to)
        typer.echo(f"{rows:,} sagas written to {to or out / 'sagas'}")


@app.command()
def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", readable=False, help="Folder of the tables.")],
    to: Annotated[Path, typer.Option("--to", help="A .duckdb or .sqlite file, or a folder for CSV files.")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace what has that name.")] = False,
) -> None:
    """Write all tables into one DuckDB or SQLite file, or as CSV files for spreadsheets."""
    with _failures_told():
        from rumourmill import exports

        exports.export(out, to, replace=replace)


@app.command()
def sql(out: Annotated[Path, typer.Argument(metavar="OUT", readable=False, help="Folder of the tables.")]) -> None:
    """Print SQL that makes a DuckDB view of each table: rumourmill sql out | duckdb rumours.duckdb."""
    with _failures_told():
        from rumourmill import exports

        for statement in exports.views(out):
            typer.echo(f"{statement};")


@app.command()
def evaluate(
    out: Annotated[Path, typer.Argument(metavar="OUT", readable=False, help="Folder of the tables.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", readable=False, help="Folder of the annotated articles.")],
    errors: Annotated[
        str | None, typer.Option(metavar="FIGURE", help="List what went wrong with one figure instead.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with all digits.")] = False,
) -> None:
    """Hold the tables of OUT against annotated articles (NAME.txt beside NAME.gold.json)."""
    with _failures_told():
        from rumourmill import evaluation
        from rumourmill.evaluation import view

        if errors is not None:
            evaluation.check_figure(errors)
        report = evaluation.evaluate(out, gold)
        if as_json:
            typer.echo(view.as_json(report, errors))
        elif errors is not None:
            for mistake in report.mistakes(errors):
                typer.echo(str(mistake))
        else:
            Console().print(view.tables(report))


@app.command()
def review(
    out: Annotated[Path, typer.Argument(metavar="OUT", readable=False, help="Folder of the tables.")],
    to: Annotated[Path, typer.Option("--to", help="Folder of the drafts; made when it is missing.")],
    sample: Annotated[int, typer.Option(min=1, help="How many articles to draw.")] = 20,
    seed: Annotated[int, typer.Option(help="Another seed draws other articles.")] = 0,
) -> None:
    """Write some articles with their records as drafts of gold: correct them, and `evaluate` measures on them."""
    with _failures_told():
        from rumourmill.evaluation.review import review as draw

        drafts = draw(out, to, sample, seed)
        typer.echo(f"{len(drafts.written):,} drafts written to {to}, {len(drafts.kept):,} that were there already left")
        typer.echo(f"correct them (docs/evaluation.md tells the format), then: rumourmill evaluate {out} {to}")


@app.command()
def report(
    out: Annotated[Path, typer.Argument(metavar="OUT", readable=False, help="Folder of the tables.")],
    to: Annotated[
        Path, typer.Option("--to", metavar="SITE", help="Folder of the pages; a report there is replaced.")
    ] = (Path("site")),
    quiet: Annotated[bool, typer.Option("--quiet", help="Print errors only.")] = False,
) -> None:
    """Make web pages of the tables that open from the disk: every article, player and club, and a search."""
    with _failures_told():
        from rumourmill.report import build

        with _progress_bar(quiet, "writing") as progress:
            made = build(out, to, progress=progress)
        if not quiet:
            typer.echo(f"{made.pages:,} pages: open {made.index} in a browser")


@contextmanager
def _failures_told() -> Iterator[None]:
    """Errors as one line on stderr, and their exit code."""
    try:
        yield
    except RumourmillError as error:
        _tell(str(error))
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        _tell("stopped; what was committed stays, and the next run goes on from there")
        raise typer.Exit(INTERRUPTED) from error


def _tell(message: str) -> None:
    typer.echo(f"rumourmill: {message}", err=True)


@contextmanager
def _progress_bar(quiet: bool, what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar for long work, where there is a terminal to draw it on."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
