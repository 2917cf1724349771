"""The drawing of a network as SVG lengths: ties by strength, nodes by community, the largest with their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Dot", "NetworkPicture", "picture_of"]

WIDTH, HEIGHT, EDGE = 1100, 640, 70
#: how many nodes bear their names, and how many ties are drawn
NAMED, MOST_TIES = 26, 4000


@dataclass(frozen=True)
class Dot:
    """A node: place, radius, which of five shades, square for own units, its name where there is room."""

    id: int
    x: float
    y: float
    r: float
    shade: int
    own: bool
    label: str
    anchor: str

    @property
    def half(self) -> float:
        return -0.9 * self.r

    @property
    def before(self) -> float:
        return -self.r - 4

    @property
    def after(self) -> float:
        return self.r + 4


@dataclass
class NetworkPicture:
    """`ties`: one path for each of three strengths, so that a thousand ties are three elements."""

    width: int = WIDTH
    height: int = HEIGHT
    ties: list[tuple[str, str]] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    more: int = 0


def picture_of(body: dict[str, Any], names: dict[int, str], only: set[int] | None = None) -> NetworkPicture:
    """Draw the nodes that have places; `only` limits it to a neighbourhood."""
    spots = {int(k): v for k, v in body["places"].items() if only is None or int(k) in only}
    found = NetworkPicture(more=len(body["nodes"]) - len(spots) if only is None else 0)
    if not spots:
        return found
    xs, ys = [v[0] for v in spots.values()], [v[1] for v in spots.values()]
    wide, high = (max(xs) - min(xs)) or 1, (max(ys) - min(ys)) or 1
    at = {k: (EDGE + (x - min(xs)) / wide * (WIDTH - 2 * EDGE), 30 + (y - min(ys)) / high * (HEIGHT - 60)) for k, (x, y) in spots.items()}
    ties = sorted((t for t in body["ties"] if t[0] in at and t[1] in at), key=lambda t: -t[2])[:MOST_TIES]
    heaviest = ties[0][2] if ties else 1
    for css, low, up in (("s-edge net-1", 0, 0.15), ("s-edge net-2", 0.15, 0.5), ("s-accent net-3", 0.5, 9)):
        path = "".join(
            f"M{at[a][0]:.0f} {at[a][1]:.0f}L{at[b][0]:.0f} {at[b][1]:.0f}" for a, b, w, _why in ties if low <= w / heaviest < up
        )
        if path:
            found.ties.append((css, path))
    rows = sorted((n for n in body["nodes"] if n["id"] in at), key=lambda n: -n["weight"])
    most = rows[0]["weight"] or 1
    named = _apart([(n["id"], *at[n["id"]]) for n in rows], names)
    for row in reversed(rows):
        x, y = at[row["id"]]
        found.dots.append(
            Dot(
                row["id"],
                x,
                y,
                4 + 12 * (row["weight"] / most) ** 0.5,
                (row["community"] - 1) % 5 + 1,
                row["own"],
                named.get(row["id"], ""),
                "end" if x > WIDTH * 0.72 else "start",
            )  # fmt: skip
        )
    return found


def _apart(rows: list[tuple[int, float, float]], names: dict[int, str]) -> dict[int, str]:
    """Names that do not lie on each other, the strongest first."""
    taken: list[tuple[float, float, float]] = []
    told: dict[int, str] = {}
    for pk, x, y in rows:
        name = names.get(pk, "")
        words = name if len(name) <= 34 else f"{name[:33].rstrip()}…"
        length = len(words) * 7.2
        left = x - length if x > WIDTH * 0.72 else x
        if all(abs(y - oy) > 17 or left + length < ox or left > ox + ol for ox, oy, ol in taken):
            taken.append((left, y, length))
            told[pk] = words
        if len(told) == NAMED:
            break
    return told
