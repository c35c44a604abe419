"""The commands of `rumourmill`: options in, messages out. Each command calls the module that does the work."""

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

GazetteerOption = Annotated[
    Path | None,
    typer.Option(
        readable=False,
        help="Folder with your own clubs.csv, nicknames.csv, outlets.csv, cues.csv or public_figures.csv.",
    ),
]
DatasetArgument = Annotated[Path, typer.Argument(metavar="OUT", readable=False, help="Folder of the tables.")]

app = typer.Typer(
    help="Extract tables of players, clubs, fees, dates, quotes and moves from football transfer news.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
EXIT_REJECTS, EXIT_INTERRUPTED = 1, 130


def main() -> None:
    """Run the command line interface; entry point of the console script."""
    app(prog_name="rumourmill")


def _print_version(requested: bool) -> None:
    if requested:
        from rumourmill.runner.fingerprint import model_version
        from rumourmill.schema import SCHEMA_VERSION

        typer.echo(f"rumourmill {__version__}, model {model_version()}, schema {SCHEMA_VERSION}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the versions of package, model and schema."
        ),
    ] = False,
) -> None:
    """Extract tables of players, clubs, fees, dates, quotes and moves from football transfer news."""


@app.command()
def extract(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="Path or URL of articles (.txt, .txt.gz) or tables (.parquet, .jsonl, .jsonl.gz): folder or table.",
        ),
    ],
    out: Annotated[str, typer.Argument(metavar="OUT", help="Folder for the tables, created if missing; path or URL.")],
    workers: Annotated[int, typer.Option(min=1, help="Number of worker processes.")] = 1,
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Run on the cluster of this Dask scheduler, e.g. tcp://host:8786."),
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete the rows of articles whose file no longer exists.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Process at most this many new or changed files.")] = None,
    text_column: Annotated[str, typer.Option(help="Column with the text of the article.")] = "text",
    date_column: Annotated[
        str | None, typer.Option(help="Column with the day of publication. Default: date, if it exists.")
    ] = None,
    id_column: Annotated[str, typer.Option(help="Column with the id, which becomes article_id.")] = "id",
    gazetteer: GazetteerOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if a file was rejected.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print errors only.")] = False,
) -> None:
    """Extract the articles in IN to Parquet tables in OUT. Unchanged articles are skipped."""
    with _report_errors():
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
            from rumourmill.cli.display import print_summary

            print_summary(summary, open_file_system(out), Console())
    if strict and summary.rejected:
        _print_error(f"{summary.rejected:,} files were rejected: see the table {out}/rejects for the reasons")
        raise typer.Exit(EXIT_REJECTS)


@app.command()
def show(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="Text file of one article; - for standard input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the rows as JSON lines.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Print why each move was extracted.")] = False,
    gazetteer: GazetteerOption = None,
) -> None:
    """Show one article with highlighted entities and its rows."""
    with _report_errors():
        from rumourmill.cli.display import article_view, json_lines, reason_lines
        from rumourmill.resources import user_lists
        from rumourmill.runner.worker import read_one

        with read_one(file, user_lists.read_user_lists(gazetteer), ["reasons"] if why else []) as (doc, article):
            if as_json:
                typer.echo("\n".join(json_lines(doc, article)))
            elif why:
                typer.echo("\n".join(reason_lines(doc)))
            else:
                Console().print(article_view(doc, article), highlight=False)


@app.command()
def tables(out: Annotated[str, typer.Argument(metavar="OUT", help="Folder of the tables, or its URL.")]) -> None:
    """Show the tables of a dataset: number of rows, columns and descriptions."""
    with _report_errors():
        from rumourmill.cli.display import table_view
        from rumourmill.dataset import row_counts

        console = Console()
        for name, rows in row_counts(out).items():
            console.print(table_view(name, rows))


@app.command()
def sagas(
    out: DatasetArgument,
    to: Annotated[
        Path | None, typer.Option("--to", help="Parquet file to write. Default: OUT/sagas/sagas.parquet.")
    ] = None,
) -> None:
    """Aggregate the moves of all articles to one row per player and club, with days, highest bid and outcome."""
    with _report_errors():
        from rumourmill.sagas import write_sagas

        rows = write_sagas(out, to)
        typer.echo(f"{rows:,} sagas written to {to or out / 'sagas'}")


@app.command()
def export(
    out: DatasetArgument,
    to: Annotated[Path, typer.Option("--to", help="A .duckdb or .sqlite file, or a folder for CSV files.")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace an existing export.")] = False,
) -> None:
    """Export all tables to one DuckDB or SQLite file, or to a folder of CSV files."""
    with _report_errors():
        from rumourmill import exports

        exports.export(out, to, replace=replace)


@app.command()
def sql(out: DatasetArgument) -> None:
    """Print SQL that creates a DuckDB view of each table: rumourmill sql out | duckdb rumours.duckdb."""
    with _report_errors():
        from rumourmill import exports

        for statement in exports.view_statements(out):
            typer.echo(f"{statement};")


@app.command()
def evaluate(
    out: DatasetArgument,
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", readable=False, help="Folder of annotated articles (NAME.txt, NAME.gold.json)."),
    ],
    errors: Annotated[str | None, typer.Option(metavar="FIGURE", help="List the errors behind one figure.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON with all digits.")] = False,
) -> None:
    """Compare the tables in OUT with manually annotated articles: precision, recall, F1 and accuracy."""
    with _report_errors():
        from rumourmill import evaluation
        from rumourmill.cli.display import evaluation_view

        if errors is not None:
            evaluation.check_figure_name(errors)
        report = evaluation.evaluate(out, gold)
        if as_json:
            typer.echo(report.to_json(errors))
        elif errors is not None:
            for error in report.errors(errors):
                typer.echo(str(error))
        else:
            Console().print(evaluation_view(report))


@app.command()
def review(
    out: DatasetArgument,
    to: Annotated[Path, typer.Option("--to", help="Folder for the drafts, created if missing.")],
    sample: Annotated[int, typer.Option(min=1, help="Number of articles.")] = 20,
    seed: Annotated[int, typer.Option(help="Seed of the random sample.")] = 0,
) -> None:
    """Write a sample of articles with their rows as drafts of gold, to be corrected by hand for `evaluate`."""
    with _report_errors():
        from rumourmill.evaluation.review import write_drafts

        drafts = write_drafts(out, to, sample, seed)
        typer.echo(
            f"{len(drafts.written):,} drafts written to {to}, {len(drafts.unchanged):,} existing ones left unchanged"
        )
        typer.echo(f"correct them (format: docs/evaluation.md), then run: rumourmill evaluate {out} {to}")


@app.command()
def report(
    out: DatasetArgument,
    to: Annotated[
        Path, typer.Option("--to", metavar="SITE", help="Folder for the pages; an existing report is replaced.")
    ] = (Path("site")),
    quiet: Annotated[bool, typer.Option("--quiet", help="Print errors only.")] = False,
) -> None:
    """Write a static web site: a page for every article, player and club, charts and a search."""
    with _report_errors():
        from rumourmill.report import build_report

        with _progress_bar(quiet, "writing") as progress:
            summary = build_report(out, to, progress=progress)
        if not quiet:
            typer.echo(f"{summary.pages:,} pages written: open {summary.index} in a browser")


@contextmanager
def _report_errors() -> Iterator[None]:
    """Print an expected error as one line on stderr and exit with its code."""
    try:
        yield
    except RumourmillError as error:
        _print_error(str(error))
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        _print_error("interrupted; committed rows are kept, and the next run continues from there")
        raise typer.Exit(EXIT_INTERRUPTED) from error


def _print_error(message: str) -> None:
    typer.echo(f"rumourmill: {message}", err=True)


@contextmanager
def _progress_bar(quiet: bool, label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Yield a function that updates a progress bar (done, total), or None if stderr is not a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
