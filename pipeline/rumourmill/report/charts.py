"""Bar charts as SVG files for light and dark screens, drawn by Altair and vl-convert without a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert

from rumourmill.report.formatting import truncate
from rumourmill.report.site import Site

__all__ = ["Chart", "bar_chart", "write_chart"]

WIDTH = 440  # pixels, labels included
BAR_HEIGHT, LEGEND_HEIGHT = 20, 70  # pixels; the second of legend and axis together
MAX_LABEL, LETTER_WIDTH = 24, 7.3  # characters, and pixels of one: browsers render wider letters than vl-convert
FONT = "system-ui, sans-serif"
THEMES = {
    "light": {"ink": "#33302b", "grid": "#ddd8cd", "colours": ["#1f6f5c", "#c2571a", "#6a5acd", "#a33b6c"]},
    "dark": {"ink": "#d8d4ca", "grid": "#3c3a36", "colours": ["#5cc2a6", "#f0945a", "#a99cf5", "#e78bb4"]},
}


@dataclass(frozen=True)
class Chart:
    """The data of a bar chart, in display order; the group of a bar determines its colour."""

    name: str  # of the files
    title: str
    unit: str  # title of the value axis
    rows: Sequence[tuple[str, str, float]]  # label, group, value
    vertical: bool = False

    @property
    def groups(self) -> list[str]:
        """The groups in display order."""
        return list(dict.fromkeys(group for _, group, _ in self.rows))

    @property
    def labels(self) -> list[str]:
        """The labels in display order."""
        return list(dict.fromkeys(label for label, _, _ in self.rows))

    @property
    def files(self) -> dict[str, str]:
        """The path of the file for each theme, relative to the root of the site."""
        return {theme: f"charts/{self.name}-{theme}.svg" for theme in THEMES}

    def value(self, label: str, group: str) -> float:
        """Return one value; 0 if there is none."""
        return sum(value for a, b, value in self.rows if (a, b) == (label, group))


def write_chart(site: Site, chart: Chart) -> None:
    """Write the SVG files of a chart."""
    for theme, path in chart.files.items():
        site.write_file(path, vl_convert.vegalite_to_svg(bar_chart(chart, theme).to_dict()))


def bar_chart(chart: Chart, theme: str) -> alt.Chart:
    """Return the Altair chart in the colours of a theme."""
    look: dict[str, Any] = THEMES[theme]
    values = [
        {"label": truncate(label, MAX_LABEL), "group": group, "value": value} for label, group, value in chart.rows
    ]
    labels = [truncate(label, MAX_LABEL) for label in chart.labels]
    label_axis, value_axis = (alt.X, alt.Y) if chart.vertical else (alt.Y, alt.X)
    label_width = 0 if chart.vertical else LETTER_WIDTH * max(map(len, labels))
    axis = alt.Axis(labelLimit=0, labelOverlap=chart.vertical, minExtent=label_width)
    colours = alt.Scale(domain=chart.groups, range=look["colours"][: len(chart.groups)])
    legend = alt.Legend(title=None, orient="top") if len(chart.groups) > 1 else None
    result: alt.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar()
        .encode(
            label_axis("label:N", sort=labels, title=None, axis=axis),
            value_axis("value:Q", title=chart.unit, axis=alt.Axis(tickCount=5, format="~s")),
            alt.Color("group:N", scale=colours, sort=chart.groups, legend=legend),
        )
        .properties(
            width=WIDTH,
            height=300 if chart.vertical else BAR_HEIGHT * len(chart.labels) + LEGEND_HEIGHT,
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
    return result
