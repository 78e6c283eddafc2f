"""Printed forms: every one the documents print, read by hand; what they might print; and that writing is read back."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenpo import formats
from kenpo.catalog import Lang
from kenpo.printed import Month, Printed, read
from tests import builders

# --- every form of the app's own data --------------------------------------------------------------

# Digits stand as 9: the shape of a form, an example of it, its value, its comparator, against last year or not.
SHAPES: dict[str, tuple[str, str, str | None, bool]] = {
    "9": ("453", "453", None, False),
    "9%": ("58.0%", "58.0", None, False),
    "9人": ("22,490人", "22490", None, False),
    "9 人": ("175 人", "175", None, False),
    "9円": ("7,125円", "7125", None, False),
    "9件": ("19件", "19", None, False),
    "9日": ("6.10日", "6.10", None, False),
    "9社": ("88,299社", "88299", None, False),
    "9位": ("46位", "46", None, False),
    "9支部": ("47支部", "47", None, False),
    "9事業所": ("105343事業所", "105343", None, False),
    "9mmHg": ("127mmHg", "127", None, False),
    "コロナ関係 9": ("コロナ関係 1,389", "1389", None, False),
    "9%以上": ("0.110%以上", "0.110", "at_least", False),
    "9円以上": ("11,520円以上", "11520", "at_least", False),
    "9事業所以上": ("1,170事業所以上", "1170", "at_least", False),
    "9事業所(※)以上": ("1,380事業所(※)以上", "1380", "at_least", False),
    "9事業所（※）以上": ("7,140事業所（※）以上", "7140", "at_least", False),
    "9%以下": ("0.94%以下", "0.94", "at_most", False),
    "9社以下": ("320社以下", "320", "at_most", False),
    "9日以内を維持する": ("7日以内を維持する", "7", "at_most", False),
    "9%とする": ("100%とする", "100", "equal", False),
    "9%を維持する": ("100%を維持する", "100", "equal", False),
    "前年度以上": ("前年度以上", "", "at_least", True),
    "対前年度以上": ("対前年度以上", "", "at_least", True),
    "対前年度以上とする": ("対前年度以上とする", "", "at_least", True),
    "対前年度以下": ("対前年度以下", "", "at_most", True),
    "前年度（9%）以上": ("前年度（0.310%）以上", "0.310", "at_least", True),
    "対前年度（9%）以上": ("対前年度（85.38%）以上", "85.38", "at_least", True),
    "対前年度（9円）以上": ("対前年度（8,364円）以上", "8364", "at_least", True),
    "対前年度以上 [9%]": ("対前年度以上 [34.0%]", "34.0", "at_least", True),
    "前年度以上（9%以上）": ("前年度以上（70.77%以上）", "70.77", "at_least", True),
    "前年度以上（9事業所以上）": ("前年度以上（20,494事業所以上）", "20494", "at_least", True),
    "対前年度以上（9%以上）": ("対前年度以上（0.141%以上）", "0.141", "at_least", True),
    "対前年度以上（9円以上）": ("対前年度以上（7,135円以上）", "7135", "at_least", True),
    "対前年度末以上（9%以上）": ("対前年度末以上（84.2%以上）", "84.2", "at_least", True),
}
WORDS = {
    "年度末の目標値を支部ごとに設定する",
    "バイオシミラー使用促進事業を開始",
    "毎月情報発信を行う",
    "効果的な意見発信の実施",
    "効果的な意見発信を実施する",
    "医療データ等を活用した効果的な意見発信を実施する",
    "医療データ等を活用した効果的な意見発信を、全支部で実施する",
    "病床機能報告定量基準分析結果に対して意見発信",
}
VALUES = {
    "observations": (("value", "printed"),),
    "monthly": (("value", "printed"),),
    "incentive_ranks": (("rank", "printed"),),
    "benefits": (("count", "printed"), ("covid_related", "covid_printed")),
}
ON_RECORD = [
    (row[value], row[printed])
    for table, columns in VALUES.items()
    for row in builders.rows(builders.DATA / f"{table}.csv")
    for value, printed in columns
    if row[printed]
]


def shape(printed: str) -> str:
    return re.sub(r"[0-9][0-9,.]*", "9", printed)


@pytest.mark.parametrize("name", SHAPES)
def test_a_form_of_the_documents_is_read(name: str) -> None:
    printed, value, comparator, relative = SHAPES[name]
    form = read(printed)
    assert shape(printed) == name
    assert (form.digits, form.comparator, form.relative) == (value, comparator, relative)
    assert (form.month, form.year_end) == (None, False)


def test_every_form_on_record_is_one_of_these_or_words_without_a_figure() -> None:
    unknown = {printed for _, printed in ON_RECORD if shape(printed) not in SHAPES} - WORDS
    assert unknown == set()
    assert [printed for printed in WORDS if read(printed).figures] == []


def test_every_value_on_record_is_what_is_printed() -> None:
    assert len(ON_RECORD) > 1200
    assert [(value, printed) for value, printed in ON_RECORD if read(printed).digits != value] == []


def test_every_amount_of_a_budget_is_printed_in_thousands_of_yen() -> None:
    budgets = builders.rows(builders.DATA / "budgets.csv")
    assert {shape(row["printed"]) for row in budgets} == {"9千円"}
    assert [row for row in budgets if str(thousands(row["printed"])) != row["amount_thousand_yen"]] == []


# --- what a document might print -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        *((f"{sign}2.8", "-2.8") for sign in ("-", "−", "–", "―", "‐", "‑", "—", "－", "△", "▲", "マイナス", "ー")),
        ("▲ 2.8ポイント", "-2.8"),
        ("前年度比▲2.8ポイント", "-2.8"),
        ("▲1,380円", "-1380"),
        ("-¥1,380", "-1380"),
        ("（▲2.8）", "-2.8"),
        ("▲0.0", "0.0"),
        ("+2.8", "2.8"),
        ("データー2.8", "2.8"),
        ("2.8▲", "2.8"),
        ("R6 -2.8", "-2.8"),
        ("R6.2現在 -2.8", "-2.8"),
        ("マイナ保険証2.8%", "2.8"),
        # Not a minus: a span of two figures, of which neither is meant alone.
        ("58.0–60.0%", "58.0 / 60.0"),
        ("58.0% - 60.0%", "58.0 / 60.0"),
        ("58.0%～60.0%", "58.0 / 60.0"),
        ("58.0%▲2.8", "58.0 / -2.8"),
        ("58.0%マイナス2.8", "58.0 / -2.8"),
    ],
)
def test_a_sign_is_read_where_it_belongs_to_a_figure(printed: str, value: str) -> None:
    assert read(printed).digits == value


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("2.5万人", "25000", "人"),
        ("2.5 万人", "25000", "人"),
        ("1.38千社", "1380", "社"),
        ("7千円", "7000", "円"),
        ("12万5,000円", "125000", "円"),
        ("5千万円", "50000000", "円"),
        ("2千5百万円", "25000000", "円"),
        ("2.5百万円", "2500000", "円"),
        ("1億2,345万人", "123450000", "人"),
        ("1.234567万人", "12345.67", "人"),
        ("▲2.5万人", "-25000", "人"),
        ("1割", "10", "%"),
        ("1,234割", "12340", "%"),
        ("8割以上", "80", "%"),
        ("8.5割", "85", "%"),
        ("8割5分", "85", "%"),
        ("3割3分3厘", "33.3", "%"),
        ("58.0割合", "58.0", ""),
        ("5千葉", "5", ""),
        ("5.0百分率", "500", ""),
    ],
)
def test_a_multiplier_is_part_of_the_figure(printed: str, value: str, unit: str) -> None:
    figure = read(printed).figure
    assert figure is not None
    assert (figure.text, figure.unit) == (value, unit)


def thousands(printed: str) -> Decimal:
    figure = read(printed).figure
    assert figure is not None
    return figure.thousands


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("2,446千円", "2446"),
        ("2,446", "2446"),
        ("2,446千", "2446"),
        ("2,446,000円", "2446"),
        ("2,446円", "2.446"),
        ("2.5百万円", "2500"),
        ("1億円", "100000"),
        ("0千円", "0"),
    ],
)
def test_a_column_of_thousands_takes_the_unit_into_account(printed: str, amount: str) -> None:
    assert thousands(printed) == Decimal(amount)


@pytest.mark.parametrize(
    ("printed", "comparator", "relative"),
    [
        ("80%超", "above", False),
        ("80%を超える", "above", False),
        ("80%を上回る", "above", False),
        ("10%未満", "below", False),
        ("10%を下回る", "below", False),
        ("10%を超えない", "at_most", False),
        ("80%を下回らない", "at_least", False),
        ("95%以上とする", "at_least", False),
        ("95%以上を維持する", "at_least", False),
        ("95%を目標とする", None, False),
        ("7日以内", "at_most", False),
        ("80%", None, False),
        ("10%以上20%以下", None, False),
        ("40歳以上の58.0%", None, False),
        ("40歳未満の58.0%以上", "at_least", False),
        ("前年度を上回る", "above", True),
        ("前年度を下回らない", "at_least", True),
        ("昨年度以下", "at_most", True),
        ("前年度と同水準", "equal", True),
        ("前年度（70.77%）", None, True),
        # A figure of growth is no figure of last year.
        ("対前年度比105%以上", "at_least", False),
        ("前年同月比2.8%", None, False),
    ],
)
def test_a_comparator_is_read(printed: str, comparator: str | None, relative: bool) -> None:
    form = read(printed)
    assert (form.comparator, form.relative) == (comparator, relative)


@pytest.mark.parametrize(
    ("printed", "month"),
    [
        ("58.0%（R5.9）", Month(9, 2023)),
        ("58.0%（R5.9末）", Month(9, 2023)),
        ("58.0%（R5.9.30現在）", Month(9, 2023)),
        ("0.83% (R6.2現在)", Month(2, 2024)),
        ("Ｒ５．９　58.0％", Month(9, 2023)),
        ("令和5年9月末 58.0%", Month(9, 2023)),
        ("令和５年９月30日現在58.0%", Month(9, 2023)),
        ("令和元年10月 58.0%", Month(10, 2019)),
        ("平成31年3月 58.0%", Month(3, 2019)),
        ("H31.3 58.0%", Month(3, 2019)),
        ("2023年9月 58.0%", Month(9, 2023)),
        ("2023/9 58.0%", Month(9, 2023)),
        ("2023-09 58.0%", Month(9, 2023)),
        ("2023.9末 58.0%", Month(9, 2023)),
        ("9月末 58.0%", Month(9)),
        ("58.0%（12月時点）", Month(12)),
        ("4～9月 58.0%", Month(9)),
        ("4月から9月 58.0%", Month(9)),
        ("令和5年度9月末 58.0%", Month(9)),
        ("令和6年度当初 58.0%", Month(4, 2024)),
        ("年度当初 58.0%", Month(4)),
        ("58.0%", None),
        ("令和5年度 58.0%", None),
        ("R5 58.0%", None),
        ("10か月以内 58.0%", None),
        ("1月当たり 58.0%", None),
    ],
)
def test_a_month_is_read_and_is_no_figure(printed: str, month: Month | None) -> None:
    form = read(printed)
    assert form.month == month
    assert form.digits in ("58.0", "0.83")


@pytest.mark.parametrize(
    ("printed", "year_end"), [("年度末 58.0%", True), ("令和5年度末58.0%", True), ("対前年度末以上", False)]
)
def test_the_year_end_is_read(printed: str, year_end: bool) -> None:
    assert read(printed).year_end == year_end


@pytest.mark.parametrize(
    ("month", "fiscal_year", "as_of"),
    [
        (Month(4), 2023, "2023-04"),
        (Month(12), 2023, "2023-12"),
        (Month(1), 2023, "2024-01"),
        (Month(3), 2023, "2024-03"),
        (Month(9, 2022), 2023, "2022-09"),
    ],
)
def test_a_month_without_a_year_lies_in_the_fiscal_year(month: Month, fiscal_year: int, as_of: str) -> None:
    assert month.of(fiscal_year) == as_of


@pytest.mark.parametrize(
    ("printed", "as_of", "stands"),
    [
        ("58.0%", "2023-09", True),
        ("58.0%", "", True),
        ("58.0%（9月末）", "2023-09", True),
        ("58.0%（9月末）", "2023-10", False),
        ("58.0%（9月末）", "", False),
        ("58.0%（R4.9）", "2023-09", False),
        # The end of March is the end of the year, said either way.
        ("58.0%（R6.3末）", "", True),
        ("58.0%（R6.3末）", "2024-03", True),
        ("58.0%（R5.3末）", "", False),
        ("58.0%（年度末）", "", True),
        ("58.0%（年度末）", "2024-03", True),
        ("58.0%（年度末）", "2023-09", False),
        # The month of a relative target is that of last year's figure.
        ("前年度（R5.3末 58.0%）以上", "", True),
    ],
)
def test_an_as_of_is_what_the_form_says(printed: str, as_of: str, stands: bool) -> None:
    assert read(printed).stands_for(as_of, 2023) == stands


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("58.0%¹", "58.0"),
        ("58.0%※1", "58.0"),
        ("1,380事業所(※1)以上", "1380"),
        ("①58.0%", "58.0"),
        ("58.0%（注1）", "58.0"),
        ("46位（47支部中）", "46"),
        ("第5期 58.0%", "58.0"),
        (".5%", "0.5"),
        ("007", "7"),
        ("58.0% 58.0%", "58.0"),
        ("58.0% 58%", "58.0"),
        ("58.0%（58.0）", "58.0"),
        ("—", ""),
        ("-", ""),
        ("", ""),
        ("千円", ""),
    ],
)
def test_only_figures_are_figures(printed: str, value: str) -> None:
    assert read(printed).digits == value


def test_of_several_figures_none_is_the_one() -> None:
    form = read("58.0%（56.0%）")
    assert form.figure is None
    assert form.digits == "58.0 / 56.0"
    assert read("").figure is None


# --- what is written is read back ------------------------------------------------------------------

WIDE = str.maketrans("0123456789.,%-", "０１２３４５６７８９．，％－")
numbers = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False).flatmap(
    lambda number: st.integers(0, 3).map(lambda places: number.quantize(Decimal(1).scaleb(-places)))
)


@settings(deadline=None)
@given(
    number=numbers,
    sign=st.sampled_from(["", "▲", "△", "−", "–", "―", "‐", "-", "マイナス"]),
    separated=st.booleans(),
    wide=st.booleans(),
    unit=st.sampled_from(["%", "人", "円", "日", "件", "社", "事業所", "支部", "ポイント", ""]),
    comparator=st.sampled_from(
        [("", None), ("以上", "at_least"), ("以下", "at_most"), ("とする", "equal"), ("未満", "below")]
    ),
    month=st.one_of(st.none(), st.tuples(st.integers(2019, 2040), st.integers(1, 12))),
    brackets=st.sampled_from(["{}", "（{}）", "[{}]", "前年度（{}）"]),
)
def test_a_form_put_together_comes_apart_again(
    number: Decimal,
    sign: str,
    separated: bool,
    wide: bool,
    unit: str,
    comparator: tuple[str, str | None],
    month: tuple[int, int] | None,
    brackets: str,
) -> None:
    digits = f"{number:,}" if separated else f"{number:f}"
    when = f"R{month[0] - 2018}.{month[1]}現在 " if month else ""
    printed = when + brackets.format(f"{sign}{digits}{unit}") + comparator[0]
    form = read(printed.translate(WIDE) if wide else printed)
    expected = -number if sign and number else number
    assert form.digits == f"{expected:f}"
    assert form.figure is not None
    assert form.figure.unit == unit
    assert form.comparator == comparator[1]
    assert form.relative == brackets.startswith("前年度")
    assert form.month == (Month(month[1], month[0]) if month else None)


@settings(deadline=None)
@given(numbers, st.booleans(), st.sampled_from(["ja", "en"]))
def test_what_the_pages_write_is_read_back(number: Decimal, negative: bool, lang: Lang) -> None:
    value = -number if negative and number else number
    assert read(formats.number(value, lang)).digits == f"{value:f}"


@settings(deadline=None)
@given(st.integers(0, 10**7), st.sampled_from([("百", 2), ("千", 3), ("万", 4), ("億", 8)]))
def test_a_multiplier_multiplies(count: int, power: tuple[str, int]) -> None:
    assert read(f"{count:,}{power[0]}円").digits == str(count * 10 ** power[1])


@settings(deadline=None)
@given(st.text(max_size=600))
def test_any_text_can_be_read(text: str) -> None:
    form = read(text)
    assert isinstance(form, Printed)
    assert all(figure.number.is_finite() for figure in form.figures)
    assert form.stands_for("", 2023) in (True, False)
