"""Every write of research."""

from tertia.listen.research.actions.questions import answer_offer, ask_question, give_up_topic, hand_back, offer_topic
from tertia.listen.research.actions.studies import (
    About,
    change_study,
    drop_part,
    finish_study,
    keep_apart,
    merge_works,
    name_author,
    note_part,
    register_study,
    set_apart,
    tie_works,
)
from tertia.listen.research.actions.uses import answer_use, state_use

__all__ = [
    "About", "answer_offer", "answer_use", "ask_question", "change_study", "drop_part", "finish_study", "give_up_topic", "hand_back", "keep_apart", "merge_works", "name_author", "note_part",
    "offer_topic", "register_study", "set_apart", "state_use", "tie_works",
]  # fmt: skip
