"""The units of a row as a page shows them: by role, long sets folded."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from workflow.models import Participation
from workflow.states import Role

# A set of more units than this under one printed name is folded.
FOLDED_FROM = 3


@dataclass(slots=True)
class Named:
    """Units under the words they were read from; no units while unresolved."""

    raw_text: str
    units: list[str] = field(default_factory=list)

    @property
    def folded(self) -> bool:
        """Whether the units are a long set that the page shows as one name."""
        return len(self.units) >= FOLDED_FROM

    @property
    def first_words(self) -> str:
        """The name of the set without what it excludes."""
        return self.raw_text.split("，")[0].split("（不含")[0]


def by_role(
    parts: Iterable[Participation], *, ended: bool = False
) -> dict[str, list[Named]]:
    """Return the open parts by role, in the printed order; needs ``unit`` loaded.

    ``ended`` takes the others too: closing a row ends all its parts.
    """
    found: dict[str, dict[str, Named]] = {role.value: {} for role in Role}
    for part in sorted(parts, key=lambda one: (one.position, one.pk)):
        if part.open or ended:
            named = found[part.role].setdefault(part.raw_text, Named(part.raw_text))
            if part.unit:
                named.units.append(part.unit.name)
    return {role: list(names.values()) for role, names in found.items()}
