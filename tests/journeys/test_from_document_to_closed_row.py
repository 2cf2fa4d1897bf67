"""The whole way, as people walk it: a Word file becomes a closed row."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.person import PHONE, WIDE, Someone

pytestmark = pytest.mark.browser

DOCUMENT = Path(__file__).resolve().parents[2] / "demo" / "documents" / "003.docx"
TITLE = "浏览器导入的任务清单"
# Row 87: led by 市生态环境局, supported by 市科技局 and 市财政局, nobody else.
CONTENT = "开展油基钻屑、生活垃圾焚烧飞灰"


def import_document(office: Someone) -> None:
    """Upload the file, answer everything that is asked, register."""
    page = office.page
    office.open("/import/")
    page.set_input_files("input[type=file]", str(DOCUMENT))
    page.locator("form:has(input[type=file]) button.btn-primary").click()
    counter = page.locator(".review-counters .counter strong").first
    expect(counter).to_be_visible()
    answer_everything(office)
    title = page.locator("input[name=title]")
    expect(title).to_be_visible()
    title.fill(TITLE)
    page.get_by_role("button", name=re.compile("立项（111 项任务）")).click()
    expect(page.locator("h1")).to_have_text(TITLE)


def answer_everything(office: Someone) -> None:
    """Agree to what is offered, one question after the other, down to none."""
    page = office.page
    counter = page.locator(".review-counters .counter strong").first
    left = int(counter.inner_text())
    assert left > 0
    while left:
        page.locator(
            "#asks .ask:not(.ask-done) button.btn-primary:visible"
        ).first.click()
        expect(counter).not_to_have_text(str(left))
        left = int(counter.inner_text())


def open_row(person: Someone, row: str) -> None:
    person.open(row)
    expect(person.page.locator("main")).to_contain_text(CONTENT)


def carry_out(person: Someone, row: str, words: str) -> None:
    """Claim, report with a figure, submit."""
    open_row(person, row)
    person.do("claim")
    form = person.form("report")
    form.locator("[name=figure_name]").first.fill("完成点位")
    form.locator("[name=figure_value]").first.fill("12")
    form.locator("[name=figure_unit]").first.fill("处")
    form.locator("input[type=file]").set_input_files(
        {"name": "台账.txt", "mimeType": "text/plain", "buffer": "台账".encode()}
    )
    person.do("report", progress=words, percent="100")
    person.do("submit")


def write_conclusion(lead: Someone, row: str) -> None:
    open_row(lead, row)
    lead.do("claim")
    lead.do("report", progress="全部完成，已汇总核实。", percent="100")


def test_a_word_file_becomes_a_closed_row(demo: str, browser: Browser) -> None:
    office = Someone(browser, demo, "office")
    lead = Someone(browser, demo, "shengtai")
    science = Someone(browser, demo, "shikejiju", PHONE)
    finance = Someone(browser, demo, "shicaizhengju")

    import_document(office)
    office.page.get_by_role("button", name=re.compile("交办全部 111 项")).click()
    office.page.locator("#confirm[open] button[value=yes]").click()

    # The lead's open page hears of the list, and of deadlines long gone, by itself.
    lead.expect_news(f"《{TITLE}》已交办")
    lead.expect_news("已逾期")
    expect(lead.page.locator("[data-inbox-badge]").first).to_be_visible()

    lead.open(f"/lists/?q={CONTENT}&stage=dispatching")
    link = lead.page.locator("td.task a").first
    row = str(link.get_attribute("href"))
    open_row(lead, row)
    lead.do("claim")
    lead.do("dispatch")
    lead.expect_stage("承办中")

    # Duties arrive on the supports' open pages.
    science.expect_news("市科技局：待承办")
    finance.expect_news("市财政局：待承办")
    expect(science.page.locator(".duty").filter(has_text=CONTENT)).to_be_visible()
    assert science.fits()

    carry_out(science, row, "完成技术研发方案。")
    carry_out(finance, row, "落实专项经费。")
    carry_out(lead, row, "组织验收。")
    lead.expect_stage("待办结")
    write_conclusion(lead, row)
    for support in (science, finance):
        open_row(support, row)
        support.do("countersign", opinion="同意。")
    open_row(lead, row)
    lead.do("conclude")
    lead.expect_stage("审核中")

    # The office sends one unit back; it hears why, and rejoins.
    finance.open("/")
    open_row(office, row)
    back = office.form("return")
    back.locator("[name=to][value=units]").check()
    back.get_by_label("市财政局").check()
    office.do("return", reason="请补充经费下达文件。")
    office.expect_stage("承办中")
    finance.expect_news("市财政局：退回，待承办")
    carry_out(finance, row, "已补充经费下达文件。")
    write_conclusion(lead, row)
    lead.do("conclude", override_reason="仅市财政局补充材料，其余单位已会签。")

    reviewer = Someone(browser, demo, "office2")
    leader = Someone(browser, demo, "leader", PHONE)
    open_row(reviewer, row)
    reviewer.do("accept", opinion="同意办结。")
    reviewer.expect_stage("待销号")
    leader.expect_news("待核查销号")
    open_row(leader, row)
    assert leader.fits()
    leader.do("sign_off", opinion="同意销号。")
    leader.expect_stage("已销号")

    open_row(lead, row)
    timeline = lead.page.locator("ol.timeline")
    expect(timeline).to_contain_text("请补充经费下达文件。")
    expect(timeline).to_contain_text("仅市财政局补充材料")
    for person in (office, lead, science, finance, reviewer, leader):
        person.leave()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
def test_every_page_fits_and_has_no_fault_axe_can_find(
    demo: str, browser: Browser, size: tuple[int, int]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    office = Someone(browser, demo, "office", size)
    leader = Someone(browser, demo, "leader", size)
    pages = ["/", "/lists/", "/lists/1/", "/items/16/", "/import/", "/import/1/"]
    pages += ["/leader/", "/units/", "/units/5/", "/inbox/"]
    for person, paths in ((office, pages), (leader, ["/", "/leader/"])):
        for path in paths:
            person.open(path)
            assert person.fits(), path
            found = Axe().run(person.page, options=ONLY_AA)
            assert found.violations_count == 0, (path, found.generate_report())
    office.leave()
    leader.leave()


ONLY_AA = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
}


def test_a_page_that_was_offline_gets_exactly_what_it_missed(
    demo: str, browser: Browser
) -> None:
    lead = Someone(browser, demo, "shengtai")
    office = Someone(browser, demo, "office")
    lead.context.set_offline(True)
    import_document(office)
    office.page.get_by_role("button", name=re.compile("交办全部 111 项")).click()
    office.page.locator("#confirm[open] button[value=yes]").click()
    expect(office.page.locator("main")).to_contain_text("已交办")
    lead.context.set_offline(False)
    lead.expect_news(f"《{TITLE}》已交办")
    news = lead.page.locator("[data-inbox-feed] .news")
    numbers = [int(str(one.get_attribute("data-number"))) for one in news.all()]
    assert numbers == sorted(set(numbers), reverse=True)
    told = news.filter(has_text=f"《{TITLE}》已交办")
    expect(told).to_have_count(1)
    office.leave()
    lead.context.close()
