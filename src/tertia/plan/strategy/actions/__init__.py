from tertia.plan.strategy.actions.approving import adopt_strategy, approve_step, begin_review, open_again, return_step
from tertia.plan.strategy.actions.measures import (
    ask_for_news,
    change_measure,
    move_measure,
    plan_measure,
    say_news,
    wait_for,
)
from tertia.plan.strategy.actions.writing import (
    choose_need,
    choose_partner,
    drop_choice,
    keep_read_measures,
    set_priorities,
    take_measure,
    withdraw_strategy,
    write_strategy,
)

__all__ = [
    "adopt_strategy",
    "approve_step",
    "ask_for_news",
    "begin_review",
    "change_measure",
    "choose_need",
    "choose_partner",
    "drop_choice",
    "keep_read_measures",
    "move_measure",
    "open_again",
    "plan_measure",
    "return_step",
    "say_news",
    "set_priorities",
    "take_measure",
    "wait_for",
    "withdraw_strategy",
    "write_strategy",
]
