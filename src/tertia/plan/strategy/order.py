"""Which measure waits for which: a circle is found and told, and the order in which they can begin. No Django."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["circle", "in_order"]


def circle(waits: Iterable[tuple[int, int]]) -> list[int]:
    """A circle among (measure, the one that it waits for), from one of its measures back to it; empty where there is none."""
    before: dict[int, list[int]] = {}
    for one, other in waits:
        before.setdefault(one, []).append(other)
    done: set[int] = set()
    for start in sorted(before):
        path: list[int] = []
        on_path: set[int] = set()
        stack: list[tuple[int, int]] = [(start, 0)]
        while stack:
            node, at = stack.pop()
            if at == 0:
                if node in done:
                    continue
                path.append(node)
                on_path.add(node)
            following = before.get(node, [])
            if at < len(following):
                stack.append((node, at + 1))
                nxt = following[at]
                if nxt in on_path:
                    return [*path[path.index(nxt) :], nxt]
                if nxt not in done:
                    stack.append((nxt, 0))
            else:
                path.pop()
                on_path.discard(node)
                done.add(node)
    return []


def in_order(nodes: Iterable[int], waits: Iterable[tuple[int, int]]) -> list[int]:
    """Nodes so that each stands behind what it waits for. Raises ValueError where there is a circle."""
    pairs = list(waits)
    if circle(pairs):
        raise ValueError("a circle")
    rank: dict[int, int] = {}
    before: dict[int, list[int]] = {}
    for one, other in pairs:
        before.setdefault(one, []).append(other)

    def depth(node: int) -> int:
        stack = [node]
        while stack:
            top = stack[-1]
            missing = [n for n in before.get(top, []) if n not in rank]
            if missing:
                stack.extend(missing)
            else:
                rank[top] = 1 + max((rank[n] for n in before.get(top, [])), default=-1)
                stack.pop()
        return rank[node]

    return sorted(nodes, key=lambda n: depth(n))
