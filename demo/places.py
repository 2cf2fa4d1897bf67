"""The places of the demo, as the real documents name them."""

CITY = "重庆市"
# 主城区: the nine central districts, and the two new areas that go with them.
CENTRAL = (
    *("渝中区", "大渡口区", "江北区", "沙坪坝区", "九龙坡区"),
    *("南岸区", "北碚区", "渝北区", "巴南区"),
)
NEW_AREAS = ("两江新区", "高新区")
OTHERS = ("长寿区", "万盛经开区", "忠县", "潼南区", "永川区", "万州区")
DISTRICT = "黔江区"
BELOW = (*CENTRAL, *NEW_AREAS, *OTHERS, DISTRICT)
COMMITTEES = {"两江新区", "高新区", "万盛经开区"}

GROUPS = {
    "重庆市主城区政府（管委会）": (*CENTRAL, *NEW_AREAS),
    "主城各区政府": CENTRAL,
}


def government_of(place: str) -> str:
    """Return the name of the body that governs a place below the city."""
    return f"{place}管委会" if place in COMMITTEES else f"{place}政府"
