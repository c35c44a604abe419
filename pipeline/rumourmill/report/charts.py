"""Charts as SVG files, one for light and one for dark screens, drawn by Altair and vl-convert without a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert

from rumourmill.report.site import Site
from rumourmill.report.wording import clip

__all__ = ["Chart", "bars", "draw"]

WIDTH = 440  # of a file, labels and all
BAR, LEGEND = 20, 70  # heights: of one bar, and of what stands above and below them
LABEL, LETTER = 24, 7.3  # the longest label, and the width of its letters: in browsers they are wider than here
FONT = "system-ui, sans-serif"
THEMES = {
    "light": {"ink": "#33302b", "grid": "#ddd8cd", "colours": ["#1f6f5c", "#c2571a", "#6a5acd", "#a33b6c"]},
    "dark": {"ink": "#d8d4ca", "grid": "#3c3a36", "colours": ["#5cc2a6", "#f0945a", "#a99cf5", "#e78bb4"]},
}


@dataclass(frozen=True)
class Chart:
    """Figures to be drawn, each with the group that tells its colour, in the order in which they are shown."""

    name: str  # of its files
    title: str
    what: str  # what is counted
    rows: Sequence[tuple[str, str, float]]  # label, group, figure
    upright: bool = False  # bars that stand: labels go from left to right

    @property
    def groups(self) -> list[str]:
        """The groups in their order."""
        return list(dict.fromkeys(group for _, group, _ in self.rows))

    @property
    def labels(self) -> list[str]:
        """The labels in their order."""
        return list(dict.fromkeys(label for label, _, _ in self.rows))

    @property
    def files(self) -> dict[str, str]:
        """Its files by theme, from the root of the site."""
        return {theme: f"charts/{self.name}-{theme}.svg" for theme in THEMES}

    def figure(self, label: str, group: str) -> float:
        """One figure; 0 where there is none."""
        return sum(value for a, b, value in self.rows if (a, b) == (label, group))


def draw(site: Site, chart: Chart) -> None:
    """Write the files of a chart."""
    for theme, path in chart.files.items():
        site.file(path, vl_convert.vegalite_to_svg(bars(chart, theme).to_dict()))


def bars(chart: Chart, theme: str) -> alt.Chart:
    """The bars of a chart in the colours of a theme."""
    look: dict[str, Any] = THEMES[theme]
    values = [{"label": clip(label, LABEL), "group": group, "value": value} for label, group, value in chart.rows]
    labels = [clip(label, LABEL) for label in chart.labels]
    along, size = (alt.X, alt.Y) if chart.upright else (alt.Y, alt.X)
    room = 0 if chart.upright else LETTER * max(map(len, labels))
    axis = alt.Axis(labelLimit=0, labelOverlap=chart.upright, minExtent=room)
    colours = alt.Scale(domain=chart.groups, range=look["colours"][: len(chart.groups)])
    legend = alt.Legend(title=None, orient="top") if len(chart.groups) > 1 else None
    drawn: alt.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar()
        .encode(
            along("label:N", sort=labels, title=None, axis=axis),
            size("value:Q", title=chart.what, axis=alt.Axis(tickCount=5, format="~s")),
            alt.Color("group:N", scale=colours, sort=chart.groups, legend=legend),
        )
        .properties(
            width=WIDTH,
            height=300 if chart.upright else BAR * len(chart.labels) + LEGEND,
            background="transparent",
            autosize={"type": "fit", "contains": "padding"},
        )
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=look["ink"], titleColor=look["ink"], gridColor=look["grid"], domainColor=look["grid"],
            tickColor=look["grid"], labelFontSize=12, titleFontSize=12, titleFontWeight="normal",
        )
        .configure_legend(labelColor=look["ink"], labelFontSize=12, columnPadding=25)
    )  # fmt: skip
    return drawn
