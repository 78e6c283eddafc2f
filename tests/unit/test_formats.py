"""Value and unit as people read them."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo import formats
from kenpo.catalog import Lang
from kenpo.formats import Era
from tests.builders import DATA, measure

D = Decimal

LANGS: st.SearchStrategy[Lang] = st.sampled_from(["ja", "en"])

# What a data package may hold: 12 digits before the point, 6 behind it.
PRINTED = st.integers(0, 6).flatmap(lambda p: st.decimals(-(10**12) + 1, 10**12 - 1, places=p))


# --- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "japanese", "english"),
    [
        pytest.param("58.0", "58.0", "58.0", id="the zero stays"),
        pytest.param("0.310", "0.310", "0.310", id="three decimals"),
        pytest.param("438120", "438,120", "438,120", id="thousands"),
        pytest.param("1234567.89", "1,234,567.89", "1,234,567.89", id="millions with decimals"),
        pytest.param("999", "999", "999", id="no separator below a thousand"),
        pytest.param("-2.8", "▲2.8", "−2.8", id="negative"),
        pytest.param("-12167", "▲12,167", "−12,167", id="negative thousands"),
        pytest.param("0.0", "0.0", "0.0", id="zero"),
        pytest.param("-0.0", "0.0", "0.0", id="zero has no sign"),
        pytest.param("0.000001", "0.000001", "0.000001", id="no exponent"),
    ],
)
def test_a_number_keeps_its_digits(value: str, japanese: str, english: str) -> None:
    assert formats.number(D(value), "ja") == japanese
    assert formats.number(D(value), "en") == english


def test_a_whole_number_may_be_an_int() -> None:
    assert formats.number(12167, "ja") == "12,167"
    assert formats.number(-12167, "en") == "−12,167"


@given(PRINTED, LANGS)
def test_a_number_never_loses_a_digit(value: Decimal, lang: Lang) -> None:
    shown = formats.number(value, lang).replace(",", "").replace("▲", "-").replace("−", "-")
    assert D(shown) == value
    assert D(shown).as_tuple().exponent == value.as_tuple().exponent


@given(PRINTED, LANGS)
def test_a_difference_never_loses_a_digit(value: Decimal, lang: Lang) -> None:
    shown = formats.signed(value, lang)
    if value:
        assert D(shown.replace(",", "").replace("▲", "-").replace("−", "-")) == value
    else:
        assert shown == "±0"


@pytest.mark.parametrize(
    ("amount", "japanese", "english"),
    [
        ("4.4", "+4.4", "+4.4"),
        ("-2.8", "▲2.8", "−2.8"),
        ("0.80", "+0.80", "+0.80"),
        ("0.0", "±0", "±0"),
        ("0", "±0", "±0"),
        ("-0.00", "±0", "±0"),
        ("13618", "+13,618", "+13,618"),
    ],
)
def test_a_difference_carries_its_sign(amount: str, japanese: str, english: str) -> None:
    assert formats.signed(D(amount), "ja") == japanese
    assert formats.signed(D(amount), "en") == english


# --- units -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "value", "japanese", "english"),
    [
        ("percent", "58.0", "58.0%", "58.0%"),
        ("persons", "438120", "438,120人", "438,120"),
        ("yen", "7135", "7,135円", "7,135 yen"),
        ("days", "6.21", "6.21日", "6.21 days"),
        ("mmHg", "124", "124mmHg", "124 mmHg"),
        ("rank", "3", "3位", "3"),
        ("count", "1514", "1,514", "1,514"),
        ("workplaces", "9024", "9,024事業所", "9,024 workplaces"),
        ("workplaces", "1", "1事業所", "1 workplace"),
        ("cases", "19", "19件", "19 cases"),
        ("cases", "0", "0件", "0 cases"),
        ("branches", "47", "47支部", "47 branches"),
        ("days", "1", "1日", "1 day"),
        ("percent", "-0.5", "▲0.5%", "−0.5%"),
    ],
)
def test_a_value_has_its_unit(unit: str, value: str, japanese: str, english: str) -> None:
    assert formats.value(D(value), measure(unit=unit), "ja") == japanese
    assert formats.value(D(value), measure(unit=unit), "en") == english


def test_no_value_is_no_text() -> None:
    assert formats.value(None, measure(), "ja") == ""
    assert formats.difference(None, measure(), "ja") == ""


def test_every_unit_of_the_data_has_a_form() -> None:
    with (DATA / "measures.csv").open(encoding="utf-8", newline="") as file:
        units = {row["unit"] for row in csv.DictReader(file)}
    assert "percent" in units
    for unit in units:
        assert formats.value(D("1"), measure(unit=unit), "ja").startswith("1")
        assert formats.value(D("1"), measure(unit=unit), "en").startswith("1")


@pytest.mark.parametrize(
    ("unit", "amount", "lang", "short", "long"),
    [
        ("percent", "4.4", "ja", "+4.4pt", "+4.4ポイント"),
        ("percent", "-2.8", "ja", "▲2.8pt", "▲2.8ポイント"),
        ("percent", "-2.8", "en", "−2.8pt", "−2.8 pt"),
        ("percent", "0.0", "ja", "±0pt", "±0ポイント"),
        ("days", "0.79", "ja", "+0.79日", "+0.79日"),
        ("days", "0.79", "en", "+0.79 days", "+0.79 days"),
        ("yen", "-474", "ja", "▲474円", "▲474円"),
        ("persons", "-12167", "ja", "▲12,167人", "▲12,167人"),
    ],
)
def test_a_difference_of_percent_is_in_points(unit: str, amount: str, lang: Lang, short: str, long: str) -> None:
    assert formats.difference(D(amount), measure(unit=unit), lang) == short
    assert formats.difference(D(amount), measure(unit=unit), lang, long=True) == long


@pytest.mark.parametrize(
    ("unit", "japanese", "english"),
    [("percent", "pt", "pt"), ("days", "日", " days"), ("persons", "人", ""), ("yen", "円", " yen")],
)
def test_the_unit_of_a_gap(unit: str, japanese: str, english: str) -> None:
    assert formats.gap_unit(measure(unit=unit), "ja") == japanese
    assert formats.gap_unit(measure(unit=unit), "en") == english


# --- years and months ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "lang", "era", "expected"),
    [
        (2024, "ja", "wareki", "令和6年度（2024）"),
        (2024, "ja", "seireki", "2024年度（令和6）"),
        (2024, "en", "seireki", "FY2024 (Reiwa 6)"),
        (2024, "en", "wareki", "Reiwa 6 (FY2024)"),
        (2019, "ja", "wareki", "令和元年度（2019）"),
        (2019, "ja", "seireki", "2019年度（令和元）"),
        (2019, "en", "wareki", "Reiwa 1 (FY2019)"),
        (2018, "ja", "wareki", "平成30年度（2018）"),
        (2018, "en", "seireki", "FY2018 (Heisei 30)"),
        (2017, "ja", "wareki", "平成29年度（2017）"),
        (2028, "ja", "wareki", "令和10年度（2028）"),
        (1989, "ja", "wareki", "平成元年度（1989）"),
    ],
)
def test_a_fiscal_year_says_both_calendars(year: int, lang: Lang, era: Era, expected: str) -> None:
    assert formats.fiscal_year(year, lang, era) == expected


@pytest.mark.parametrize(
    ("year", "lang", "era", "expected"),
    [
        (2024, "ja", "wareki", "令和6年度"),
        (2019, "ja", "wareki", "令和元年度"),
        (2018, "ja", "wareki", "平成30年度"),
        (2024, "ja", "seireki", "2024年度"),
        (2024, "en", "seireki", "FY2024"),
        (2024, "en", "wareki", "R6"),
        (2018, "en", "wareki", "H30"),
    ],
)
def test_a_fiscal_year_in_short(year: int, lang: Lang, era: Era, expected: str) -> None:
    assert formats.fiscal_year_short(year, lang, era) == expected


@pytest.mark.parametrize(
    ("year", "era", "expected"),
    [
        (2024, "wareki", "R6"),
        (2019, "wareki", "R1"),
        (2018, "wareki", "H30"),
        (2017, "wareki", "H29"),
        (2024, "seireki", "2024"),
    ],
)
def test_a_fiscal_year_as_a_letter(year: int, era: Era, expected: str) -> None:
    assert formats.fiscal_year_letter(year, era) == expected


@pytest.mark.parametrize(
    ("as_of", "lang", "era", "expected"),
    [
        pytest.param("2019-04", "ja", "wareki", "H31.4", id="the last month of 平成"),
        pytest.param("2019-05", "ja", "wareki", "R1.5", id="the first month of 令和"),
        ("2019-12", "ja", "wareki", "R1.12"),
        ("2020-01", "ja", "wareki", "R2.1"),
        ("2024-11", "ja", "wareki", "R6.11"),
        ("2024-03", "ja", "wareki", "R6.3"),
        ("2018-09", "ja", "wareki", "H30.9"),
        ("1989-01", "ja", "wareki", "H1.1"),
        ("2024-11", "en", "wareki", "R6.11"),
        ("2024-11", "ja", "seireki", "2024.11"),
        ("2024-09", "ja", "seireki", "2024.9"),
        ("2019-04", "en", "seireki", "Apr 2019"),
        ("2024-01", "en", "seireki", "Jan 2024"),
        ("2024-12", "en", "seireki", "Dec 2024"),
    ],
)
def test_a_month(as_of: str, lang: Lang, era: Era, expected: str) -> None:
    assert formats.month(as_of, lang, era) == expected


def test_the_months_have_english_names() -> None:
    names = [formats.month(f"2024-{number:02}", "en", "seireki").removesuffix(" 2024") for number in range(1, 13)]
    assert names == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def test_a_year_before_the_eras_known_here_is_an_error() -> None:
    with pytest.raises(ValueError, match="1988-12"):
        formats.month("1988-12", "ja", "wareki")


# --- numbers of a table ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "japanese", "english"),
    [
        (formats.Amount(D("64.7"), "%"), "64.7%", "64.7%"),
        (formats.Amount(D("-0.5"), "%"), "▲0.5%", "−0.5%"),
        (formats.Amount(D("12167"), "人"), "12,167人", "12,167人"),
        (formats.Amount(D("7183")), "7,183", "7,183"),
        (formats.Amount(D("6.3"), "pt", signed=True), "+6.3pt", "+6.3pt"),
        (formats.Amount(D("-2.8"), "pt", signed=True), "▲2.8pt", "−2.8pt"),
        (formats.Amount(D("0.0"), "pt", signed=True), "±0pt", "±0pt"),
        (formats.Amount(D("0.0"), "%"), "0.0%", "0.0%"),
        (formats.Amount(D("-10.0"), "pt", signed=True, approximate=True), "≈ ▲10.0pt", "≈ −10.0pt"),
        (formats.Amount(D("0.0"), "pt", signed=True, approximate=True), "≈ ±0pt", "≈ ±0pt"),
    ],
)
def test_an_amount_reads_as_on_a_page(amount: formats.Amount, japanese: str, english: str) -> None:
    assert (amount.text("ja"), amount.text("en")) == (japanese, english)


@pytest.mark.parametrize(
    ("amount", "lang", "expected"),
    [
        (formats.Amount(D("64.7"), "%"), "ja", '#,##0.0"%";"▲"#,##0.0"%";#,##0.0"%"'),
        (formats.Amount(D("64.7"), "%"), "en", '#,##0.0"%";"−"#,##0.0"%";#,##0.0"%"'),
        (formats.Amount(D("12167"), "人"), "ja", '#,##0"人";"▲"#,##0"人";#,##0"人"'),
        (formats.Amount(D("0.141")), "ja", '#,##0.000;"▲"#,##0.000;#,##0.000'),
        (formats.Amount(D("-1.74"), "pt", signed=True), "ja", '+#,##0.00"pt";"▲"#,##0.00"pt";"±0pt"'),
    ],
)
def test_a_spreadsheet_shows_an_amount_as_a_page_does(amount: formats.Amount, lang: Lang, expected: str) -> None:
    # Three forms: for positive numbers, for negative ones, for zero.
    assert amount.spreadsheet(lang) == expected


def test_a_spreadsheet_marks_what_lies_within_the_noise_as_a_page_does() -> None:
    noise = formats.Amount(D("-10.0"), "pt", signed=True, approximate=True)
    assert [part.count("≈") for part in noise.spreadsheet("ja").split(";")] == [1, 1, 1]
    assert "≈" not in formats.Amount(D("-10.0"), "pt", signed=True).spreadsheet("ja")


@pytest.mark.parametrize(
    ("unit", "amount", "gap"),
    [
        ("percent", "%", "pt"),
        ("days", " days", " days"),
        ("yen", " yen", " yen"),
        ("count", "", ""),
        ("persons", "", ""),
        ("workplaces", " workplaces", " workplaces"),
        ("cases", " cases", " cases"),
        ("branches", " branches", " branches"),
    ],
)
def test_an_amount_has_the_unit_of_its_measure(unit: str, amount: str, gap: str) -> None:
    m = measure(unit=unit)
    assert formats.amount(D("5"), m, "en") == formats.Amount(D("5"), amount)
    assert formats.gap_amount(D("5"), m, "en") == formats.Amount(D("5"), gap, signed=True)


@pytest.mark.parametrize(
    ("unit", "lang", "said", "value"),
    [
        ("workplaces", "en", "+43", "43"),
        ("workplaces", "ja", "+43事業所", "43事業所"),
        ("cases", "en", "+43", "43"),
        ("yen", "en", "+43 yen", "43 yen"),
        ("percent", "en", "+43pt", "43%"),
    ],
)
def test_a_long_english_unit_stands_once_where_room_is_short(unit: str, lang: Lang, said: str, value: str) -> None:
    m = measure(unit=unit)
    assert formats.difference(D(43), m, lang, beside=True) == said
    assert "43" + formats.unit_beside(m, lang) == value


@pytest.mark.parametrize(
    ("value", "page", "spreadsheet"),
    [("1", "1 case", '#,##0" cases"'), ("-1", "−1 case", '#,##0" cases"'), ("1.5", "1.5 cases", '#,##0.0" cases"')],
)
def test_one_of_what_is_counted_is_said_in_the_singular(value: str, page: str, spreadsheet: str) -> None:
    shown = formats.amount(D(value), measure(unit="cases"), "en")
    assert shown is not None
    assert shown.text("en") == page
    # A number format knows no singular.
    assert shown.spreadsheet("en").split(";")[0] == spreadsheet
    assert formats.difference(D(value), measure(unit="cases"), "en") == ("+" if D(value) > 0 else "") + page


def test_no_figure_is_no_amount() -> None:
    assert formats.amount(None, measure(), "ja") is None
    assert formats.gap_amount(None, measure(), "ja") is None


def test_a_figure_of_zero_is_an_amount() -> None:
    assert formats.amount(D("0.0"), measure(), "ja") == formats.Amount(D("0.0"), "%")


def test_every_cell_of_a_table_is_a_text_and_an_empty_one_a_dash() -> None:
    row = ("静岡", formats.Amount(D("-2.8"), "pt", signed=True), None, "")
    table = formats.Table("name", "title", "context", list("abcd"), [row])
    assert table.texts("ja") == [["静岡", "▲2.8pt", "—", "—"]]
    assert table.texts("en") == [["静岡", "−2.8pt", "—", "—"]]


@given(PRINTED, LANGS)
def test_an_amount_never_loses_a_digit(value: Decimal, lang: Lang) -> None:
    assert formats.Amount(value, "%").text(lang) == formats.number(value, lang) + "%"
    places = formats.Amount(value).spreadsheet(lang).split(";")[0].partition(".")[2]
    assert places == "0" * -int(value.as_tuple().exponent)
