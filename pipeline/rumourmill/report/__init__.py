"""Report: a static web site of a dataset that opens from disk, without a server.

Modules:
    build: `build_report`, which calls the others.
    article_rows: reads the dataset article by article.
    articles, highlighting, cells: the page of an article; its highlighted text; its rows.
    subject_entries, subjects: entries of players and clubs, stored on disk; their pages and timelines.
    overview, charts: the overview page and its bar charts.
    lists: lists of all articles, players, clubs and rejects.
    search: the search index.
    addresses: the path of every page.
    site: renders templates to files.
    formatting: values as text.

Templates escape all text from the dataset. Only `highlighting` writes HTML itself.
"""

from rumourmill.errors import UsageError

try:
    from rumourmill.report.build import build_report
    from rumourmill.report.site import ReportSummary
except ModuleNotFoundError as error:
    raise UsageError(f"a report needs {error.name}: pip install '.[report]' in the checkout") from error

__all__ = ["ReportSummary", "build_report"]
