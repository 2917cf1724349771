"""Targets: baseline, plan and fact of a figure for a university or a unit and a period, with a forecast to its end."""
