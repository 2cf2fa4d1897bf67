"""The grammar of a cell of units: names, 等, exclusions, collective and vague names."""

import re

from intake.reading.model import Names

OPEN_BRACKETS, CLOSE_BRACKETS = "（(〔[【", "）)〕]】"
SEPARATORS = "、，,；;\n"

EXCLUSION_TAIL = re.compile(
    r"[，,；;、]?\s*(?:不含|不包括|不包含)\s*[:：]?(?P<names>.+?)$"
)
EXCLUSION_BRACKET = re.compile(
    r"[（(]\s*(?:不含|不包括|不包含|除)\s*(?P<names>[^（）()]+?)(?:除外|外)?\s*[）)]\s*$"
)
OPEN_TAIL = re.compile(
    r"等(?:\s*\d+个)?(?:(?:有关|相关|市级|区级|县级|省级|各|责任|配合)*(?:部门|单位|企业|委局|委办局)?)$"
)
# Names that stand for units a person must point out.
VAGUE = re.compile(r"^(?:各|市级|区级|县级|区县)?(?:有关|相关)|^各相关|^各有关")
WHOLE = re.compile(
    r"各(?:区县|区|县|市|乡镇|镇街|街道|部门|单位|乡|镇|责任|成员|园区|委办局|级)"
    r"|各部门|全体|所有|成员单位|主城区政府|主城各区|级部门$|级各部门$"
)
SHARED_SUFFIXES = (
    "人民政府",
    "政府（管委会）",
    "政府",
    "管委会",
    "街道办事处",
    "镇政府",
    "分局",
)
BARE = re.compile(
    r"^[\u4e00-\u9fff]{1,8}(?:区|县|市|旗|街道|镇|乡)$|^[\u4e00-\u9fff]{2,3}$"
)
PLACE_NAME = re.compile(r"(?:区|县|市|旗|新区)$")
GOVERNMENT = re.compile(r"(?:区|县|市|镇|乡)(?:人民)?政府|管委会|(?:区|县)$|办事处$")
ENTERPRISE = re.compile(r"集团|公司|厂$|企业")


def read_names(raw: str) -> Names:
    """Read one cell of units.

    The exclusion and 等 are cut before the list is split, or an excluded unit would
    become a responsible one.
    """
    text = raw.strip().strip("。.；;")
    names = Names(raw=raw.strip())
    if text in ("", "—", "-", "/", "－", "无"):
        return names
    text, names.exclusions = cut_exclusion(text)
    text, names.open_ended = cut_open_tail(text)
    names.units = split(text)
    names.resolved = share_suffix(names.units)
    names.collective = [unit for unit in names.units if is_collective(unit)]
    return names


def cut_exclusion(text: str) -> tuple[str, list[str]]:
    """Return the list without its exclusion, and the names excluded."""
    for pattern in (EXCLUSION_BRACKET, EXCLUSION_TAIL):
        if found := pattern.search(text):
            return text[: found.start()].strip(), split(found["names"])
    return text, []


def cut_open_tail(text: str) -> tuple[str, bool]:
    """Return the list without a closing 等 (with its class), and whether it had one."""
    if found := OPEN_TAIL.search(text):
        return text[: found.start()].strip(SEPARATORS + " "), True
    return text, False


def split(text: str) -> list[str]:
    """Return the names of a list, split at separators outside brackets."""
    names, depth, name = [], 0, ""
    for character in text:
        depth += character in OPEN_BRACKETS
        depth -= character in CLOSE_BRACKETS
        if character in SEPARATORS and depth <= 0:
            names.append(name)
            name = ""
        else:
            name += character
    names.append(name)
    return [trimmed for name in names if (trimmed := name.strip().strip("。"))]


def share_suffix(units: list[str]) -> dict[str, str]:
    """Return what names become when the last one's suffix is handed out.

    "九龙坡区、渝北区、巴南区政府" means three governments. Only bare place names, in an
    unbroken run before the name that carries the suffix, take part.
    """
    resolved: dict[str, str] = {}
    for index, unit in enumerate(units):
        suffix = next((end for end in SHARED_SUFFIXES if unit.endswith(end)), "")
        stem = unit.removesuffix(suffix)
        if not suffix or not stem:
            continue
        for before in reversed(units[:index]):
            if not shares(before, stem):
                break
            resolved[before] = before + suffix
    return resolved


def shares(name: str, stem: str) -> bool:
    """Return whether ``name`` is bare in the same way as ``stem`` (区 beside 区)."""
    if PLACE_NAME.search(stem):
        return bool(PLACE_NAME.search(name))
    return bool(BARE.match(name)) and not PLACE_NAME.search(name) and len(name) <= 3


def is_collective(name: str) -> bool:
    """Return whether a person must say which units the name means."""
    return bool(VAGUE.search(name) or WHOLE.search(name))


def is_vague(name: str) -> bool:
    """Return whether the name means some units, not all (有关, 相关)."""
    return bool(VAGUE.search(name))


def is_government(name: str) -> bool:
    """Return whether the name is that of a place's government."""
    return bool(GOVERNMENT.search(name))


def is_enterprise(name: str) -> bool:
    """Return whether the name is that of an enterprise."""
    return bool(ENTERPRISE.search(name))
