"""A dataset -> a static site that opens from the disk: overview, a page per article, player and club, and a search.

It reads the tables and nothing else. `build` composes the steps:

    source      the tables, a part at a time: stories, each an article with its rows
    articles    a story -> its page: `marks` highlights the text, `cells` says each row in words
    gather      a story -> what it tells of each player and club, spooled to the disk (`spool`)
    subjects    what was spooled -> a page per player and club, with a `timeline`
    overview    the counts, charts (`charts`), biggest bids, busiest sagas, rejects
    lists       every article, player, club and reject, a page of links at a time
    search      an inverted index that the browser reads piece by piece

`addresses` knows where each page lies, `site` renders templates into files. Whatever comes from a dataset is escaped by
the templates; `marks` is the one place that makes HTML by itself.
"""

from rumourmill.errors import UsageError

try:
    from rumourmill.report.build import Summary, build
except ModuleNotFoundError as error:
    raise UsageError(f"a report needs {error.name}: pip install '.[report]' in the checkout") from error

__all__ = ["Summary", "build"]
