"""Why a sign-in was refused, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

__all__ = ["refusal_words"]


def refusal_words(code: str) -> str:
    return {
        "cancelled": _("You did not sign in there, or it was not allowed."),
        "state": _("This is no answer to a sign-in that began here. Begin it once more."),
        "browser": _("This sign-in began in another browser, or cookies are refused."),
        "old": _("The sign-in took too long. Begin it once more."),
        "used": _("This answer was used already, and each works once. Begin the sign-in once more."),
        "nonce": _("This is no answer to a sign-in that began here. Begin it once more."),
        "question": _("This is no answer to a sign-in that began here. Begin it once more."),
        "code": _("The sign-in server did not accept its own answer. Begin the sign-in once more."),
        "forged": _("The signature of the sign-in server is wrong, so nothing was believed."),
        "unsigned": _("The sign-in server sent an answer without a signature, so nothing was believed. Its administrator has to sign assertions."),
        "algorithm": _("The sign-in server signs in a way that is not accepted any more."),
        "unknown-key": _("The sign-in server signed with a key that it does not publish."),
        "issuer": _("This answer comes from another server."), "audience": _("This answer was meant for another site."),
        "expired": _("This answer is too old. Begin the sign-in once more; where it happens again, the clock of the sign-in server is wrong."),
        "not-yet": _("The clock of the sign-in server is ahead of ours. Its administrator sets it right."),
        "no-user": _("The sign-in server does not say who you are. Its administrator lets Tertia know a lasting name of everybody who signs in."),
        "unreachable": _("The sign-in server does not answer now. Try again in a minute."),
        "secret": _("The secret that this site shares with the sign-in server cannot be read any more. The administrator enters it again."),
        "unlisted": _("You are not in the university’s list yet, and new people are not written down by themselves. Ask the office."),
        "taken": _("There is an account with this address already. Sign in to it, then connect the two under “My data”."),
        "elsewhere": _("You act for another organisation too. Sign in yourself once and connect the two under “My data”."),
        "other": _("Somebody else here is connected with this user. Ask the administrator."),
        "unconnected": _("Nobody here is connected with this ORCID iD yet. Sign in, then connect it under “My data”."),
        "description": _("This is no description of a sign-in server, or it lacks an address or a certificate."),
    }.get(code, _("The sign-in server sent an answer that cannot be understood."))  # fmt: skip
