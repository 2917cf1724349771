from tertia.act.partnerships.actions.assessing import answer_assessment, ask_assessment
from tertia.act.partnerships.actions.contacts import erase_contact, keep_contact, take_over_contacts, write_contact
from tertia.act.partnerships.actions.living import (
    end_by_term,
    give_notice,
    go_on,
    join_activity,
    offer_renewal,
    warn_of_end,
)
from tertia.act.partnerships.actions.registering import decide_registration, forget_registration, invite_to_desk, register, say_not_twins
from tertia.act.partnerships.actions.signing import attach_signature, refuse, sign
from tertia.act.partnerships.actions.writing import (
    Side,
    change_agreement,
    draft_agreement,
    offer_agreement,
    propose_agreement,
    take_back,
    withdraw_agreement,
)

__all__ = [
    "Side",
    "answer_assessment",
    "ask_assessment",
    "attach_signature",
    "change_agreement",
    "decide_registration",
    "draft_agreement",
    "end_by_term",
    "erase_contact",
    "forget_registration",
    "give_notice",
    "go_on",
    "invite_to_desk",
    "join_activity",
    "keep_contact",
    "offer_agreement",
    "offer_renewal",
    "propose_agreement",
    "refuse",
    "register",
    "say_not_twins",
    "sign",
    "take_back",
    "take_over_contacts",
    "warn_of_end",
    "withdraw_agreement",
    "write_contact",
]
