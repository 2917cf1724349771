from tertia.plan.faculty.actions.agreeing import (
    agree,
    begin_assignment,
    drop_line,
    offer,
    place,
    put_line,
    reopen,
    take_back,
    take_up,
    write_assignment,
)
from tertia.plan.faculty.actions.posts import end_post, fill_post, set_norm
from tertia.plan.faculty.actions.profiles import (
    approve_profile,
    change_profile,
    drop_function,
    put_function,
    retire_profile,
    write_profile,
)
from tertia.plan.faculty.actions.recognising import add_training, confirm_trained, note_trained, recognise
from tertia.plan.faculty.actions.reviewing import begin_review, close_review, hand_line, review_line

__all__ = [
    "add_training", "agree", "approve_profile", "begin_assignment", "begin_review", "change_profile", "close_review", "confirm_trained", "drop_function", "drop_line",
    "end_post", "fill_post", "hand_line", "note_trained", "offer", "place", "put_function", "put_line", "recognise", "reopen", "retire_profile", "review_line",
    "set_norm", "take_back", "take_up", "write_assignment", "write_profile",
]  # fmt: skip
