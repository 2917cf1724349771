"""A measured network as files: GraphML for programs that draw networks, CSV for tables."""

from __future__ import annotations

import csv
import io
from typing import Any

from tertia.core.files.cells import harmless

__all__ = ["edges_csv", "graphml", "nodes_csv"]

_G = "http://graphml.graphdrawing.org/xmlns"
_NODE_KEYS = (
    ("name", "string"),
    ("kind", "string"),
    ("degree", "int"),
    ("betweenness", "double"),
    ("constraint", "double"),
    ("community", "int"),
)


def graphml(body: dict[str, Any], names: dict[int, str]) -> bytes:
    """GraphML (Brandes, Eiglsperger, Lerner 2001): nodes with measures, undirected edges with weights. What is not defined is left out."""
    from lxml import etree  # slow library

    root = etree.Element(f"{{{_G}}}graphml", nsmap={None: _G})
    for name, kind in _NODE_KEYS:
        etree.SubElement(root, f"{{{_G}}}key", {"id": name, "for": "node", "attr.name": name, "attr.type": kind})
    etree.SubElement(root, f"{{{_G}}}key", {"id": "weight", "for": "edge", "attr.name": "weight", "attr.type": "double"})
    graph = etree.SubElement(root, f"{{{_G}}}graph", {"id": "network", "edgedefault": "undirected"})
    for row in body["nodes"]:
        node = etree.SubElement(graph, f"{{{_G}}}node", {"id": f"n{row['id']}"})
        for name, _kind in _NODE_KEYS:
            value = names.get(row["id"], "") if name == "name" else row.get(name)
            if value is not None:
                etree.SubElement(node, f"{{{_G}}}data", {"key": name}).text = str(value)
    for a, b, weight, _why in body["ties"]:
        edge = etree.SubElement(graph, f"{{{_G}}}edge", {"source": f"n{a}", "target": f"n{b}"})
        etree.SubElement(edge, f"{{{_G}}}data", {"key": "weight"}).text = f"{weight:g}"
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


def edges_csv(body: dict[str, Any], names: dict[int, str]) -> str:
    """`source,target,weight` as `tertia network measure` reads it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["source", "target", "weight"])
    writer.writerows([harmless(names.get(a, str(a))), harmless(names.get(b, str(b))), f"{w:g}"] for a, b, w, _why in body["ties"])
    return out.getvalue()


def nodes_csv(body: dict[str, Any], names: dict[int, str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["name", "kind", "ties", "degree", "betweenness", "constraint", "community"])
    for row in body["nodes"]:
        writer.writerow(
            [
                harmless(names.get(row["id"], "")),
                row["kind"],
                f"{row['weight']:g}",
                row["degree"],
                row["betweenness"],
                row["constraint"],
                row["community"],
            ]
        )
    return out.getvalue()
