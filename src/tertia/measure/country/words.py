"""What a check found, in the reader's language: by its code; the check's own sentence, which is English, stands below it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

__all__ = ["check_words", "hand_in_state_words", "odd_words", "problem_words"]


def problem_words(code: str) -> str:
    """What is wrong and what to do."""
    return {
        "hash": _("The figures were changed after the package was made. Make the package anew."),
        "unsigned": _("The package is not signed. Make it with the key of the university."),
        "forged": _("The signature is not by the key that it names. Hand in the package that you made yourself."),
        "malformed": _("The signature cannot be read. Sign the package again."),
        "altered": _("The package was changed after it was signed. Make it anew."),
        "unknown-key": _("The key is not registered for this university on that day. Send the ministry your public key first."),
        "foreign": _("The package is signed by another organisation than the one whose figures it holds."),
        "organisation": _("The package is of another university. Choose its university, or hand in your own."),
        "below-threshold": _("A count of fewer than five people is shown. Hide it; tertia package make does it by itself."),
        "rebuildable": _("A hidden count can be found out from what is shown. Hide one figure more."),
        "period": _("The year that is asked for is not in it. Make the package from the facts of today."),
        "twice": _("This was handed in before; there is nothing new in it."),
        "older": _("It is older than the version in force. Hand in the newest one."),
        "replaces": _("It says that it corrects another version than the one in force."),
        "indicator": _("The catalogue has no such indicator. Correct its short name."),
        "unit": _("The unit is another than the catalogue’s."),
        "version": _("The definition has no such version. Compute the figure anew."),
        "number": _("This is no number. Write it in digits."),
        "counts": _("A count is missing. A value can be checked by its counts only."),
        "arithmetic": _("The counts do not give the value."),
        "share": _("A share is above 100 percent."),
        "state": _("The state is not known. Write value, missing or not-applicable."),
        "value": _("State and value do not fit each other."),
        "negative": _("A number is below zero."),
        "breakdown": _("The breakdown is not written as dimension=value."),
        "cells": _("A row has too few or too many cells."),
        "columns": _("The columns are not those of the form."),
        "empty": _("It holds no figures. Fill in the counts."),
        "no-head": _("Columns are missing. Take the form of this page and fill it in."),
    }.get(code, _("The file cannot be taken. The sentence of the check says why."))


def check_words(state: str) -> str:
    """How the check of the file ended."""
    return {
        "valid": _("whole"), "unsigned": _("not signed"), "forged": _("forged"), "unknown-key": _("unknown key"), "altered": _("altered"),
        "invalid": _("faulty"), "unreadable": _("not readable"),
    }.get(state, state)  # fmt: skip


def hand_in_state_words(state: str) -> str:
    return {
        "accepted": _("in force"), "asked": _("waits: something is odd"), "rejected": _("refused"), "replaced": _("replaced by a later version"),
    }.get(state, state)  # fmt: skip


def odd_words(why: str) -> str:
    return {
        "jump": _("more than three times what it was the year before, or less than a third"), "vanished": _("was there the year before and is missing now"),
        "far": _("far outside what the other universities hand in"),
    }.get(why, why)  # fmt: skip


def signs() -> dict[str, str]:
    return {"accepted": "done", "asked": "underway", "rejected": "declined", "replaced": "none"}


def state_row(hand_in: Any) -> tuple[str, str]:
    """Sign and words of a version's state."""
    return signs()[hand_in.state], hand_in_state_words(hand_in.state)
