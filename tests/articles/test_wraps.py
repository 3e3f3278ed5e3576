"""Lines that go on in mid-sentence are told at once, and as one by one."""

from __future__ import annotations

from hypothesis import event, given, settings
from hypothesis import strategies as st

from analysis.articles import wraps
from analysis.articles.kinds import find_kinds
from analysis.articles.layout import measure_layout
from analysis.articles.lines import read_lines
from analysis.articles.sheets import lay_sheet
from analysis.articles.widths import find_full
from analysis.articles.wraps import Wrapped, find_tail, list_openings

_PLAIN = st.text("县委书记到村里调研产业项目建设会议", min_size=6, max_size=12)
_ODD = st.text("县会，。”（）(摄—？《昨今5月日# \u3000强调要求指出记者", max_size=6)
_LINES = st.one_of(
    _PLAIN, st.builds("".join, st.tuples(_ODD, _PLAIN, _ODD)), st.just(""), st.just("县委书记到村里")
)


def _lay(source: str, *, dense: bool) -> Wrapped:
    sheet = lay_sheet(source, read_lines(source))
    layout = measure_layout(sheet)._replace(wrapped=True, dense=dense)
    full = find_full(sheet)
    return Wrapped(sheet, full, find_kinds(sheet, full, layout), layout, *find_tail(sheet, full))


@settings(max_examples=300, deadline=None)
@given(printed=st.lists(_LINES, min_size=4, max_size=30), dense=st.booleans())
def test_running_lines_are_those_that_are_joined_one_by_one(printed, dense):
    page = _lay("\n".join(["县委书记", *printed]), dense=dense)
    openings = [0]
    for number in range(1, len(page.lines)):
        if not wraps._joins(page, number, openings[-1]):
            openings.append(number)
    event(f"{sum(wraps._list_running(page)) > 0} lines are told at once")
    assert list_openings(page) == openings


def test_most_lines_of_a_paragraph_are_told_at_once():
    line = "县委书记到村里走访产业项目建设情况"
    page = _lay("\n".join([line[n:] + line[:n] for n in range(12)] + ["会议召开。"]), dense=False)
    assert sum(wraps._list_running(page)) == 12
    assert list_openings(page) == [0]
