"""Every write of volunteering."""

from tertia.act.volunteering.actions.lists import check_in, close_list, enter, walk_in
from tertia.act.volunteering.actions.plans import (
    add_shifts,
    call_off_shift,
    change_opportunity,
    close_opportunity,
    copy_opportunity,
    make_desk,
    move_shift,
    offer_help_wanted,
    open_opportunity,
    reopen_opportunity,
    withdraw_opportunity,
)
from tertia.act.volunteering.actions.safety import check_host, close_incident, lift_suspension, name_keeper, report_incident, suspend_host
from tertia.act.volunteering.actions.sign_ups import (
    answer_choice,
    ask_consent,
    forget_search,
    give_consent,
    refuse_consent,
    remind,
    save_search,
    sign_up,
    step_back,
    tell_finds,
    write_profile,
)

__all__ = [
    "check_host",
    "close_incident",
    "lift_suspension",
    "name_keeper",
    "report_incident",
    "suspend_host",
    "add_shifts", "answer_choice", "ask_consent", "call_off_shift", "change_opportunity", "check_in", "close_list", "close_opportunity",
    "copy_opportunity", "enter", "forget_search", "give_consent", "make_desk", "move_shift", "offer_help_wanted", "open_opportunity",
    "refuse_consent", "remind", "reopen_opportunity", "save_search", "sign_up", "step_back", "tell_finds", "walk_in", "withdraw_opportunity",
    "write_profile",
]  # fmt: skip
