"""The forms of unit cells and deadlines: printed in any legal way, read back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.reading.deadlines import end_of_month, promises, read_deadline
from intake.reading.units import read_names

pytestmark = pytest.mark.once

BUREAUX = ["生态环境局", "发展改革委", "教委", "城市管理局", "商务委", "水利局"]
names = st.builds(
    lambda level, body, part: level + body + part,
    st.sampled_from(["市", "区", "黔江区", "省", ""]),
    st.sampled_from(BUREAUX),
    st.sampled_from(["", "（管委会）", "（街道、乡镇）"]),
)
lists_of_names = st.lists(names, min_size=1, max_size=6, unique=True)


@given(
    units=lists_of_names,
    excluded=st.lists(
        st.sampled_from(["渝中区", "两江新区", "高新区"]), max_size=3, unique=True
    ),
    form=st.sampled_from(["，不含{}", "（不含{}）", "，不包括{}"]),
    open_tail=st.sampled_from(["", "等", "等有关部门", "等单位"]),
    blanks=st.sampled_from(["", " ", "　"]),
)
def test_a_printed_list_is_read_back(
    units: list[str], excluded: list[str], form: str, open_tail: str, blanks: str
) -> None:
    text = "、".join(units) + open_tail
    if excluded:
        text += form.format("、".join(excluded))
    read = read_names(blanks + text + blanks)
    assert read.units == units
    assert read.exclusions == excluded
    assert read.open_ended == bool(open_tail)


@pytest.mark.parametrize(
    "cell",
    [
        "重庆市主城区政府（管委会）",
        "主城各区政府",
        "有关区政府",
        "相关乡镇（街道）",
        "区级各部门",
        "各乡镇（街道）",
        "领导小组成员单位",
        "相关企业",
        "各有关部门",
        "相关区级部门",
    ],
)
def test_collective_and_vague_names_ask_for_a_person(cell: str) -> None:
    assert read_names(cell).collective == [cell]


@pytest.mark.parametrize(
    "cell", ["万盛经开区管委会", "市环卫集团", "区教委", "正阳工业园区管委会"]
)
def test_plain_names_ask_for_nobody(cell: str) -> None:
    read = read_names(cell)
    assert (read.units, read.collective) == ([cell], [])


@pytest.mark.parametrize("cell", ["", "—", "无", "  "])
def test_a_blank_cell_names_nobody(cell: str) -> None:
    assert read_names(cell).units == []


years = st.integers(2000, 2059)
endings = st.sampled_from(["", "底", "底前", "前"])


@given(year=years, ending=endings)
def test_a_year_is_its_last_day_and_stays_a_year(year: int, ending: str) -> None:
    read = read_deadline(f"{year}年{ending}")
    assert (read.date, read.precision) == (date(year, 12, 31), "year")
    assert not read.doubt


@given(year=years, month=st.integers(1, 12), ending=endings)
def test_a_month_is_its_last_day(year: int, month: int, ending: str) -> None:
    read = read_deadline(f"{year}年{month}月{ending}")
    assert (read.date, read.precision) == (end_of_month(year, month), "month")


@given(
    day=st.dates(date(2000, 1, 1), date(2059, 12, 31)),
    form=st.sampled_from(
        [
            "{y}年{m}月{d}日",
            "{y}年{m}月{d}日前",
            "{y}-{m:02}-{d:02}",
            "{y}/{m}/{d}",
            "{y}.{m}.{d}",
        ]
    ),
    wide=st.booleans(),
)
def test_a_day_is_that_day(day: date, form: str, wide: bool) -> None:
    text = form.format(y=day.year, m=day.month, d=day.day)
    if wide:
        text = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    read = read_deadline(text)
    assert (read.date, read.precision, read.doubt) == (day, "day", "")


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2025年上半年", date(2025, 6, 30), "half"),
        ("2025年第二季度", date(2025, 6, 30), "quarter"),
        ("Q2 2025", date(2025, 6, 30), "quarter"),
        ("2025.12", date(2025, 12, 31), "month"),
        ("二〇二五年十二月底", date(2025, 12, 31), "month"),
    ],
)
def test_other_plain_forms(text: str, day: date, precision: str) -> None:
    read = read_deadline(text)
    assert (read.date, read.precision, read.doubt) == (day, precision, "")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6月底前", date(2024, 6, 30)),
        ("年底前", date(2024, 12, 31)),
        ("Q3", date(2024, 9, 30)),
        ("12月", date(2024, 12, 31)),
        ("45291", date(2023, 12, 31)),
        ("2021—2025年", date(2025, 12, 31)),
        ("2023年10月—11月", date(2023, 11, 30)),
    ],
)
def test_forms_that_rest_on_more_than_the_text_are_shown(text: str, day: date) -> None:
    read = read_deadline(text, year=2024)
    assert read.date == day
    assert read.doubt


@pytest.mark.parametrize(
    ("text", "precision"),
    [("每季度末", "recurring"), ("长期坚持", "standing"), ("立行立改", "standing")],
)
def test_what_has_no_single_day_asks(text: str, precision: str) -> None:
    read = read_deadline(text, year=2024)
    assert (read.date, read.precision) == (None, precision)
    assert read.doubt


@pytest.mark.parametrize(
    "text", ["6月底前", "春节前", "中旬", "尽快", "2025年13月", "2025年2月30日"]
)
def test_nothing_is_guessed_without_a_year_or_a_day(text: str) -> None:
    read = read_deadline(text)
    assert read.date is None
    assert read.doubt


@pytest.mark.parametrize(
    "text",
    [
        "落实《规划（2021-2025年）》",
        "自2019年1月1日起施行",
        "印发2018版标准",
        "（2021年）",
    ],
)
def test_years_that_promise_nothing(text: str) -> None:
    assert promises(text) == []


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    read_names(text)
    read_deadline(text, year=2024)
    promises(text)
