"""What may be done with outlets, mentions, what they speak of, and claims."""

from tertia.tell.mentions.actions.claims import bear_out, look_at_claims
from tertia.tell.mentions.actions.outlets import add_outlet, change_outlet, note_reading, take_in
from tertia.tell.mentions.actions.pieces import add_mention, drop_mention, join_reprint, judge_mention, keep_mention, part_reprint
from tertia.tell.mentions.actions.ties import refuse_suggestion, suggest_records, tie_mention, untie_mention

__all__ = [
    "add_mention", "add_outlet", "bear_out", "change_outlet", "drop_mention", "join_reprint", "judge_mention", "keep_mention", "look_at_claims", "note_reading", "part_reprint",
    "refuse_suggestion", "suggest_records", "take_in", "tie_mention", "untie_mention",
]  # fmt: skip
