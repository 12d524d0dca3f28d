"""Caps on what one form may cost: a hostile or mistaken form ends in a message and not in a frozen program."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps of one form and of its sessions; each passes with a message, never with a crash.

    Attributes:
        repeat_instances: instances of one repeat inside one parent.
        nodes: elements of the live instance.
        depth: nested groups and repeats of a form.
        steps: steps of one evaluation of one expression.
        resource_bytes: size of one CSV, XML or GeoJSON file of the form.
        resource_rows: rows of one such file.
        resource_cells: cells or elements of one such file.
        reads: how many fields all expressions of a form read together.
    """

    repeat_instances: int = 2_000
    nodes: int = 200_000
    depth: int = 64
    steps: int = 1_000_000
    resource_bytes: int = 64 * 1024 * 1024
    resource_rows: int = 500_000
    resource_cells: int = 2_000_000
    reads: int = 200_000
