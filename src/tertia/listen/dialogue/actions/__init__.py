"""All that may happen to a conversation."""

from tertia.listen.dialogue.actions.hosting import (
    answer_conversation,
    ask_about_conversation,
    begin_conversation,
    change_conversation,
    close_conversation,
    open_conversation,
    tell_outcome,
)
from tertia.listen.dialogue.actions.statements import admit, decline, join_statements, say, say_anew, seed, translate
from tertia.listen.dialogue.actions.voting import Cast, cast_votes, join_voices, say_whence
from tertia.listen.dialogue.actions.watching import count_again, set_aside

__all__ = [
    "Cast", "admit", "answer_conversation", "ask_about_conversation", "begin_conversation", "cast_votes", "change_conversation", "close_conversation",
    "count_again", "decline", "join_statements", "join_voices", "open_conversation", "say", "say_anew", "say_whence", "seed", "set_aside", "tell_outcome", "translate",
]  # fmt: skip
