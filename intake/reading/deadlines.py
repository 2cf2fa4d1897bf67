"""The grammar of deadlines: what is printed, the day it means, how exactly."""

import calendar
import re
import unicodedata
from datetime import date, timedelta

from intake.reading.model import Deadline, Milestone

DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
CHINESE_YEAR = re.compile(r"[二一][〇零○一二三四五六七八九]{3}(?=年)")
NUMBERS = {
    **{character: value for value, character in enumerate("一二三四五六七八九十", 1)},
    "十一": 11,
    "十二": 12,
}
STANDING = re.compile(r"长期|持续|常态|立行立改|始终|经常|随时|全年")
RECURRING = re.compile(r"每(?:年|季度?|月|半年|周|旬)")
RANGE = re.compile(r"[-—–－~～至到]+")
YEAR = r"(?P<year>(?:19|20)\d\d)"
END = r"(?:底|末|年底|年末)?(?:之?前|以前|完成)*"
DAY_FORMS = (
    re.compile(rf"^{YEAR}年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日{END}$"),
    re.compile(rf"^{YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){END}$"),
    re.compile(rf"^{YEAR}(?P<month>\d\d)(?P<day>\d\d)$"),
)
MONTH_FORMS = (
    re.compile(rf"^{YEAR}年(?P<month>\d{{1,2}})月(?:份)?{END}$"),
    re.compile(rf"^{YEAR}[-/.](?P<month>\d{{1,2}}){END}$"),
)
HALF_FORM = re.compile(rf"^{YEAR}年(?P<half>上|下)半年{END}$")
QUARTER_FORMS = (
    re.compile(rf"^{YEAR}年?第?(?P<quarter>[一二三四1-4])季度{END}$"),
    re.compile(rf"^{YEAR}年?Q(?P<quarter>[1-4]){END}$", re.IGNORECASE),
    re.compile(rf"^Q(?P<quarter>[1-4]){YEAR}{END}$", re.IGNORECASE),
)
YEAR_FORM = re.compile(rf"^{YEAR}年?(?:度)?{END}$")
SERIAL_DAY = re.compile(r"^(?:3[5-9]|4\d|5\d)\d{3}$")
EXCEL_EPOCH = date(1899, 12, 30)
NEEDS_YEAR = re.compile(
    r"^(?:本?年|\d{1,2}月|第?[一二三四1-4]季度|Q[1-4]|[上下]半年)", re.IGNORECASE
)
PROPOSAL = re.compile(r"节(?:日)?前|中旬|上旬|下旬|汛期|旱季|入冬")


def read_deadline(raw: str, *, year: int | None = None) -> Deadline:
    """Read a deadline; ``year`` is the document's, for texts that print none.

    A doubt is given wherever the day rests on more than the text itself.
    """
    raw = raw.strip()
    text = normal(raw)
    if not text or text in "—-/无":
        return Deadline(raw=raw)
    return (
        exact(raw, text)
        or serial_day(raw, text)
        or span(raw, text, year)
        or recurring(raw, text)
        or standing(raw, text)
        or with_year(raw, text, year)
        or Deadline(raw=raw, doubt="读不出日期，请填写")
    )


def normal(raw: str) -> str:
    """Return the text in half-width digits, without blanks, 二〇二五 as 2025."""
    text = unicodedata.normalize("NFKC", raw)
    text = re.sub(r"\s+", "", text)
    text = CHINESE_YEAR.sub(lambda found: found[0].translate(DIGITS), text)
    text = re.sub(
        r"(十[一二]?|[一二三四五六七八九])(?=月)",
        lambda found: str(NUMBERS[found[0]]),
        text,
    )
    return text.strip("。.;；,，()（）")


def exact(raw: str, text: str) -> Deadline | None:
    """Read a text that says all: a day, month, quarter, half or year with its year."""
    for form in DAY_FORMS:
        if found := form.match(text):
            day = day_of(*(int(found[part]) for part in ("year", "month", "day")))
            return Deadline(raw, day, "day") if day else None
    for form in MONTH_FORMS:
        if found := form.match(text):
            day = end_of_month(int(found["year"]), int(found["month"]))
            return Deadline(raw, day, "month") if day else None
    if found := HALF_FORM.match(text):
        month = 6 if found["half"] == "上" else 12
        return Deadline(raw, end_of_month(int(found["year"]), month), "half")
    for form in QUARTER_FORMS:
        if found := form.match(text):
            month = quarter_number(found["quarter"]) * 3
            return Deadline(raw, end_of_month(int(found["year"]), month), "quarter")
    if found := YEAR_FORM.match(text):
        return Deadline(raw, date(int(found["year"]), 12, 31), "year")
    return None


def quarter_number(text: str) -> int:
    """Return 1 to 4 for 一 to 四 or a digit."""
    return NUMBERS.get(text) or int(text)


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def end_of_month(year: int, month: int) -> date | None:
    """Return the last day of the month, or None where there is no such month."""
    if not 1 <= month <= 12:
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def serial_day(raw: str, text: str) -> Deadline | None:
    """Read a spreadsheet's day number, and show what was read."""
    if not SERIAL_DAY.match(text):
        return None
    day = EXCEL_EPOCH + timedelta(days=int(text))
    return Deadline(raw, day, "day", doubt=f"表格日期序号，读作{day.isoformat()}")


def span(raw: str, text: str, year: int | None) -> Deadline | None:
    """Read a range: due at its end, its start kept."""
    parts = RANGE.split(text)
    if len(parts) != 2 or not all(parts) or re.match(r"^\d{4}-\d\d?$", text):
        return None
    first, last = parts
    if re.fullmatch(r"(?:19|20)\d\d", first):
        first += "年"
    end = exact(raw, last) or with_year(raw, last, year_in(first) or year)
    if end is None or end.date is None:
        return None
    start = exact(raw, first) or with_year(raw, first, end.date.year)
    began = beginning(start) if start else None
    return Deadline(raw, end.date, "range", began, end.doubt or "区间，以截止时间为准")


def year_in(text: str) -> int | None:
    """Return the year a text names, if any."""
    found = re.search(r"(?:19|20)\d\d", text)
    return int(found[0]) if found else None


def beginning(deadline: Deadline) -> date | None:
    """Return the first day of what the deadline's text names."""
    day = deadline.date
    if day is None or deadline.precision == "day":
        return day
    return date(day.year, 1 if deadline.precision == "year" else day.month, 1)


def recurring(raw: str, text: str) -> Deadline | None:
    """Read 每季度末, 每年4月: no single day; a person says from when to when."""
    if not RECURRING.search(text):
        return None
    return Deadline(raw, None, "recurring", doubt="周期性任务，请确认起止时间")


def standing(raw: str, text: str) -> Deadline | None:
    """Read 长期坚持 and the like: no day, a review interval instead."""
    if not STANDING.search(text):
        return None
    return Deadline(raw, None, "standing", doubt="长期任务，请确认检查周期")


def with_year(raw: str, text: str, year: int | None) -> Deadline | None:
    """Read a text without a year by the document's; always to be confirmed."""
    if PROPOSAL.search(text):
        return Deadline(raw, None, "none", doubt="时间表述不是确定日期，请填写")
    if not NEEDS_YEAR.match(text):
        return None
    if year is None:
        return Deadline(raw, None, "none", doubt="没有写年份，请填写")
    if re.match(rf"^本?年{END}$", text) or re.match(rf"^年{END}$", text):
        found: Deadline | None = Deadline(raw, date(year, 12, 31), "year")
    else:
        found = exact(raw, f"{year}年{text.removeprefix('本年')}")
    if found is None:
        return None
    found.doubt = f"没有写年份，按文件年份{year}年读取"
    return found


QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕|“[^”]*”|[（(][^（）()]*[）)]")
PROMISE = re.compile(
    r"(?P<before>自|从|于)?(?P<to>到|至|在)?(?P<date>(?:19|20)\d\d年(?:\d{1,2}月)?)"
    r"(?P<end>(?:年?底|年?末)?(?:之?前|以前)?)(?P<after>[，,]|起|以来|版|修)?"
)


def promises(content: str) -> list[Milestone]:
    """Return the dated promises of a text: 2022年底前，完成2个绿色矿山建设.

    A year inside 《》 or brackets, or after 自, is none.
    """
    text = unicodedata.normalize("NFKC", QUOTED.sub(blank, content))
    found = []
    for match in PROMISE.finditer(text):
        if match["before"] or match["after"] in ("起", "以来", "版", "修"):
            continue
        if not (match["to"] or match["end"] or match["after"]):
            continue
        deadline = exact(match["date"], match["date"])
        if deadline and deadline.date:
            sentence = re.split(r"[。；;]", content[match.start() :])[0]
            found.append(Milestone(deadline.date, sentence.strip()))
    return found


def blank(match: "re.Match[str]") -> str:
    """Return as many blanks as the match is long, so that places stay."""
    return "　" * len(match[0])
