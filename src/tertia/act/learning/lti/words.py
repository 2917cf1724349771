"""Why a launch was refused, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

__all__ = ["refusal_words"]


def refusal_words(code: str) -> str:
    again = _("Go back to the learning platform and open the link once more.")
    told = {
        "platform": _("This learning platform is not registered here. The administrator of your university registers it."),
        "state": _("This is no answer to a sign-in that began here."), "browser": _("This sign-in began in another browser, or cookies are refused."),
        "expired": _("This link was opened too long ago."), "not-yet": _("The clock of the learning platform is ahead of ours. Its administrator sets it right."),
        "used": _("This link was used already, and each works once."), "nonce": _("This is no answer to a sign-in that began here."),
        "forged": _("The signature of the learning platform is wrong, so nothing was believed."),
        "algorithm": _("The learning platform signs in a way that is not accepted. It has to sign with RS256."),
        "unknown-key": _("The learning platform signed with a key that it does not publish."),
        "no-keys": _("The learning platform did not give out its keys. Try again in a minute."),
        "issuer": _("This message comes from another learning platform."), "audience": _("This message was meant for another tool."),
        "deployment": _("This deployment of the tool is not registered here. The administrator of your university adds its id."),
        "no-user": _("The learning platform does not say who you are. Sign in there first; its administrator lets the tool know who comes."),
    }.get(code, _("The learning platform sent a message that cannot be understood."))  # fmt: skip
    return f"{told} {again}"
