"""Every measurement in turn, and the lines that tell of it."""

from statistics import median

from bench.bulk import fan_out, issue_of_a_list
from bench.lives import Bare, Ours, Stock
from bench.meter import Meter
from tests.workflow.web.scene import Scene, issued_list, scene

LIVES = 30
FAN_OUTS = (1, 10, 50)


def print_all() -> bool:
    """Measure and print; return whether every goal is met."""
    place = scene()
    met = [print_lives(place), print_statements(place)]
    met += [print_fan_out(place), print_issue(place)]
    return all(met)


def say(goal: bool | None, line: str) -> bool:
    """Print a line with its mark; return whether its goal is met (none is met)."""
    mark = {True: "✓", False: "✗", None: " "}[goal]
    print(f"{mark} {line}", flush=True)
    return goal is not False


def print_lives(place: Scene) -> bool:
    """Live each life in turn, so that all three meet the same machine."""
    ours, stock, bare = Meter(), Meter(), Meter()
    items = list(issued_list(place, rows=LIVES + 3).items.all())
    for turn, item in enumerate(items):
        warm = turn < 3
        Ours(place, item, Meter() if warm else ours).live()
        Stock(place, Meter() if warm else stock).live()
        Bare(Meter() if warm else bare).live()
    print(f"—— 一生 21 步，各 {LIVES} 次，中位数 ——")
    for name in ours.seconds:
        times = [1000 * median(m.seconds[name]) for m in (ours, stock, bare)]
        say(
            None,
            f"{name:12}本系统 {times[0]:6.2f} ms　原装 {times[1]:6.2f} ms　裸写 {times[2]:6.2f} ms",
        )
    say(
        None,
        f"每生：本系统 {ours.life * 1000:.0f} ms，原装 {stock.life * 1000:.0f} ms，裸写 {bare.life * 1000:.0f} ms",
    )
    ratio = stock.life / ours.life
    good = say(ratio >= 1.3, f"act() 是原装 viewflow 的 {ratio:.2f} 倍速（目标 ≥1.3）")
    say(None, f"act() 是裸 UPDATE+INSERT 用时的 {ours.life / bare.life:.2f} 倍")
    return good


def print_statements(place: Scene) -> bool:
    """Count the statements of each step, once."""
    ours, stock = Meter(counting=True), Meter(counting=True)
    Ours(place, issued_list(place, rows=1).items.get(), ours).live()
    Stock(place, stock).live()
    print("—— 每步语句数（最多） ——")
    for name, counts in ours.statements.items():
        say(
            None,
            f"{name:12}本系统 {max(counts):3}　原装 {max(stock.statements[name]):3}",
        )
    total = [sum(map(sum, m.statements.values())) for m in (ours, stock)]
    say(None, f"一生合计：本系统 {total[0]}，原装 {total[1]}")
    return True


def print_fan_out(place: Scene) -> bool:
    """Dispatch to more and more units."""
    print("—— 分办给 N 个单位 ——")
    found = fan_out(place, FAN_OUTS)
    for size, (statements, milliseconds) in found.items():
        say(None, f"N={size:<3} {statements} 条语句，{milliseconds:.1f} ms")
    constant = len({statements for statements, _ in found.values()}) == 1
    return say(constant, "语句数不随 N 变化（目标：不变）")


def print_issue(place: Scene) -> bool:
    """Issue a whole list, beside a bare insert of as many rows."""
    ours, bare, statements = issue_of_a_list(place, turns=9)
    print("—— 交办 111 行 ——")
    say(
        None,
        f"本系统 {ours * 1000:.1f} ms（{statements} 条语句），裸插入 {bare * 1000:.1f} ms",
    )
    return say(
        ours / bare <= 10, f"交办是裸插入用时的 {ours / bare:.1f} 倍（目标 ≤10）"
    )
