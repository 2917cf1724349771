"""What the head of a resolution says: title, date, adopting body, addressees. None, or nothing, where it does not say."""

from __future__ import annotations

import re

from tertia.plan.conferences.resolution_text.lines import Paragraph
from tertia.plan.conferences.resolution_text.words import HEADINGS, OPERATIVE

__all__ = ["addressees_of_sending", "adopting_body_of", "date_of", "find_addressee", "split_names", "title_of"]

_QUOTED = r"[«“\"„]([^«»“”\"„]{8,250})[»”\"“]"


def title_of(paragraphs: list[Paragraph], text: str) -> tuple[str | None, int]:
    """The title and how many paragraphs at the beginning it takes (0 where it is named only inside a sentence)."""
    for i, p in enumerate(paragraphs[:8]):
        if (_KAZAKH_TITLE.search(p.text) and len(p.text) < 250) or _CAPITAL_TITLE.match(p.text):
            return p.text, i + 1
        if p.marker is None and HEADINGS.match(p.text.lstrip('«“" ')) and len(p.text) < 250 and not p.text.endswith(":"):
            if i and _BARE_PLURAL.match(p.text):
                continue
            parts = [_without_place_and_date(p.text)]
            if i and _GENITIVE.search(paragraphs[i - 1].text):
                return f"{paragraphs[i - 1].text} {p.text}", i + 1
            if parts[0] != p.text:
                return parts[0], i + 1
            for following in paragraphs[i + 1 : i + 5]:
                done = _finished_title(parts[-1]) or any(date.search(parts[-1]) for date in _DATES)
                if not done and not following.marker and (cut := _PLACE_BELOW.match(following.text)) and _is_place_and_date(cut[2]):
                    return " ".join([*parts, cut[1]]), i + len(parts) + 1
                if (
                    following.marker
                    or len(following.text) > 220
                    or following.text.endswith((":", ";", ","))
                    or done
                    or _asks(following.text)
                    or _is_place_and_date(following.text)
                ):
                    break
                if following.text.endswith(".") and len(following.text) > 100:
                    break
                parts.append(following.text)
            return " ".join(parts), i + len(parts)
    quoted = re.search(
        rf"(?:conference|forum|seminar|symposium|congress|round table|конференци\w+|форум\w*|семинар\w*|съезд\w*|кругл\w+ стол\w*)\b[^.«“\"]{{0,80}}{_QUOTED}",
        text,
        re.IGNORECASE,
    )
    quoted_kk = re.search(rf"{_QUOTED}[^.]{{0,60}}(?:конференция|форум|семинар|съез)", text)
    found = quoted or quoted_kk
    return (_one_line(found[1]), 0) if found else (None, 0)


#: a heading over the list rather than the name of the text
_BARE_PLURAL = re.compile(r"(?:recommendations|рекомендации|ұсыныстар|ұсынымдар)$", re.IGNORECASE)
_CAPITAL_TITLE = re.compile(
    r"[A-ZÉ][A-ZÉ ,\-]{2,70} (?:COMMUNIQU[EÉ]|DECLARATION|RESOLUTION|STATEMENT)$|[А-ЯЁ][А-ЯЁ ,\-]{2,70} (?:ДЕКЛАРАЦИЯ|РЕЗОЛЮЦИЯ|КОММЮНИКЕ)$"
)
#: Kazakh names the kind of text last: `«…» атты конференцияның ҚАРАРЫ`
_GENITIVE = re.compile(r"(?:ның|нің|дың|дің|тың|тің)$", re.IGNORECASE)
_KAZAKH_TITLE = re.compile(
    r"(?:ның|нің|дың|дің|тың|тің)\s+(?:қарары|қаулысы|шешімі|ұсынымдары|ұсыныстары|декларациясы|меморандумы)$", re.IGNORECASE
)


#: the name, and run together with it the line of place and date: `III форума ректоров г. Астана 5 апреля 2024 г.`
_PLACE_BELOW = re.compile(r"(.{8,200}?),?\s+\(?(г\.\s*[А-ЯӘҒҚҢӨҰҮҺІ]\S+.{4,60})$")


def _asks(text: str) -> bool:
    return bool(re.match(r"(?:for|to|для) \S+", text, re.IGNORECASE)) or (text.endswith(".") and bool(OPERATIVE.search(text)))


def _without_place_and_date(text: str) -> str:
    """A title whose lines ran together with the place and date below it: what stands after the closing quotation mark goes."""
    match = re.match(r"(.{12,}?[»”\"]),?\s+(?=\S)(.{4,80})$", text, re.DOTALL)
    return match[1] if match and _is_place_and_date(match[2]) else text


def _finished_title(text: str) -> bool:
    return text.rstrip().endswith(("»", "”", '"', "."))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


_MONTHS = {
    **{
        m: i
        for i, m in enumerate(
            ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"], 1
        )
    },
    **{
        m: i
        for i, m in enumerate(
            ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"], 1
        )
    },
    **{
        m: i
        for i, m in enumerate(
            ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"], 1
        )
    },
}
_EN = "|".join(list(_MONTHS)[:12])
_RU = "|".join(list(_MONTHS)[12:24])
_KK = "|".join(list(_MONTHS)[24:])
_RANGE = r"(?:\d{1,2}\s*(?:[-–—]|and|to|и|мен|бен|пен)\s*)?"
_DATES = [
    re.compile(rf"\b(?P<m>{_EN})\s+{_RANGE}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(
        rf"\b{_RANGE}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+(?:day\s+)?of)?\s+(?P<m>{_EN}),?\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE
    ),
    re.compile(rf"{_RANGE}[«\"“]?(?P<d>\d{{1,2}})[»\"”]?\s+(?P<m>{_RU})\s+(?P<y>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(
        rf"(?P<y>(?:19|20)\d\d)\s*(?:жылғы|жылдың|жылы|ж\.|ж)\s+{_RANGE}[«\"“]?(?P<d>\d{{1,2}})[»\"”]?(?:\s*-?\s*(?:ші|шы))?\s+(?P<m>{_KK})",
        re.IGNORECASE,
    ),
    re.compile(rf"{_RANGE}(?P<d>\d{{1,2}})\s+(?P<m>{_KK})\w*,?\s+(?P<y>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    re.compile(r"\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>(?:19|20)\d\d)\b"),
]
_ADOPTED = re.compile(
    r"adopted|approved|held|done at|принят[аоы]?\b|утвержд|состоял|проведен|проходил|қабылдан|бекітілген|өтті|өткен|өткізілді",
    re.IGNORECASE,
)


#: the adoption itself is named before its day
_RESOLUTION_ADOPTED = re.compile(
    r"(?:resolution|declaration|recommendations?|communiqu[eé]|резолюция|рекомендации|решение|декларация)\s+(?:(?:was|were|is)\s+)?(?:adopted|принят\w*|утвержден\w*)[^.;]{0,80}$",
    re.IGNORECASE,
)


def date_of(text: str) -> str | None:
    """The day of adoption, else of the conference, as ISO 8601: a date near "adopted" or "held", else the first one in the head.

    Of a range the last day is taken, on which resolutions are adopted. A date deep inside the text is not taken.
    """
    found: list[tuple[int, int, str]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            month = _MONTHS.get(match["m"].lower()) if not match["m"].isdecimal() else int(match["m"])
            day = int(match["d"])
            if month and 1 <= month <= 12 and 1 <= day <= 31:
                near = text[max(0, match.start() - 120) : match.end() + 160]
                rank = 0 if _ADOPTED.search(near) else 1
                if _RESOLUTION_ADOPTED.search(text[max(0, match.start() - 160) : match.start()]):
                    rank = -3
                if match.start() < 1500 or rank == 0 or match.start() > len(text) - 400:
                    found.append((rank if match.start() < 2500 else rank + 2, match.start(), f"{match['y']}-{month:02d}-{day:02d}"))
    return min(found)[2] if found else None


def _is_place_and_date(text: str) -> bool:
    found = next((m for p in _DATES if (m := p.search(text))), None)
    return len(text) < 120 and found is not None and not re.search(r"\w\s+(?:от|of|dated)\s*$", text[: found.start()])


_BODY = [
    re.compile(r"\bWe, (?:the )?(?P<b>[^,:;.]{5,200}), "),
    re.compile(r"\bThe (?P<b>General Assembly|Security Council|Economic and Social Council|Human Rights Council|(?:[A-Z]\w+ ){0,4}(?:Conference|Council|Assembly|Congress|Committee|Senate|Forum|Board)),? (?=(?i:recommend|resolve|decide|call|recall|noting|recogni|having|urge|guided|adopt|consider))"),
    re.compile(r"\b(?:[Tt]he )?(?P<b>[Pp]articipants (?:of|in|at) (?:the )?[^:;.]{5,240}?)(?=,| (?:having|recommend|resolve|decide|call|note|adopt|propose|agree|urge|discuss(?:ed)?|heard|hear|consider|expressed|stressed|ask|invite|welcome[ds]?)\b|:)"),
    re.compile(r"^(?:The )?(?P<b>(?:General Assembly|Security Council|Economic and Social Council|Human Rights Council|[A-Z][A-Za-z ]{3,80}(?:Conference|Council|Assembly|Congress|Committee|Senate|Forum|Board)))(?=,|\s*$| (?:recommends|resolves|decides|calls))", re.MULTILINE),
    re.compile(r"\bthe (?P<b>(?:[A-Z]\w+ )?(?:[a-z-]+ ){0,3}conference\s*[“\"«][^”\"»]{5,200}[”\"»])", re.IGNORECASE),
    re.compile(r"(?P<b>[Уу]частник(?:и|ами) [^:;.]{5,260}?)(?=,| (?i:рекоменд|реши|отмеч|предлаг|постан|счита|призыва|обраща|приня|обсуд|заслуш|рассмотр)|:)"),
    re.compile(r"(?P<b>(?:Конференция|Форум|Съезд|Совет|Учёный совет|Ученый совет|Собрание|Комитет)[^:;.,]{0,160}?)(?=,? (?i:рекоменд|реши|постан|предлага|отмеча|счита|призыва|учитыва|заслуша|обсуди))"),
]  # fmt: skip


#: Kazakh puts the noun last, so it is found first and its sentence is taken from there backwards
_BODY_KK = [
    re.compile(r"(?:конференция|форум|семинар|съез|жиын|кеңес)\w*\s+қатысушылары", re.IGNORECASE),
    re.compile(r"(?:конференцияға|форумға|семинарға|съезге)\s+қатысушылар", re.IGNORECASE),
]


_COUNCIL_KK = re.compile(r"(?P<b>[А-ЯӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі]+(?: [а-яәғқңөұүһі]+){0,3}) (?i:қаулы етеді|қаулы етті|шешті|шешім қабылдады)")


def _kazakh_body(text: str) -> str | None:
    if council := _COUNCIL_KK.search(text):
        return council["b"]
    for pattern in _BODY_KK:
        if match := pattern.search(text):
            start = max(text.rfind(sign, 0, match.start()) for sign in ".;:\n") + 1
            body = text[max(start, match.start() - 200) : match.end()]
            dated = max((m.end() for p in _DATES for m in p.finditer(body)), default=0)
            return body[dated:].lstrip(" ,)")
    return None


def adopting_body_of(text: str) -> str | None:
    """Who adopts it, as the text calls it; None where it does not say."""
    for pattern in _BODY:
        if match := pattern.search(text):
            return _one_line(match["b"]).rstrip(",")
    if found := _kazakh_body(text):
        return _one_line(found).rstrip(",")
    return None


_SENT = [
    re.compile(r"\b(?:resolution|recommendations?|text|document)?[^.]{0,80}?\b(?:was|were|is|are|be|shall be|will be)\s+(?:sent|forwarded|submitted|transmitted|addressed|distributed)\s+to\s+(?P<a>.+?)\.(?=\s+[A-ZА-Я]|\s*$)", re.DOTALL),
    re.compile(r"(?:направ(?:ить|лен[ао]?|ляется|ляют)|разосла(?:ть|на|но))\s+(?:настоящ\w+\s+|данн\w+\s+)?(?:резолюци\w+|рекомендаци\w+|решени\w+|текст\w*)?\s*(?:в|во)?\s+(?P<a>(?:адрес\s+)?.+?)\.(?=\s+[А-ЯA-Z]|\s*$)", re.DOTALL),
    re.compile(r"(?:қарар|резолюция|ұсыным\w*|ұсыныс\w*)[^.]{0,60}?\s(?P<a>[^.]+?)\s+(?:жолдан|жібер)\w+", re.DOTALL | re.IGNORECASE),
]  # fmt: skip


def addressees_of_sending(text: str) -> list[str]:
    """The bodies to which the text says it is sent."""
    for pattern in _SENT:
        if match := pattern.search(text):
            return split_names(match["a"])
    return []


def split_names(text: str) -> list[str]:
    """`the ministries, the Chamber “X”, and universities` into its names; commas inside quotes or brackets do not split."""
    text = _one_line(text)
    out, depth, current = [], 0, ""
    for c in text:
        if c in "«“(„":
            depth += 1
        elif c in "»”)":
            depth = max(0, depth - 1)
        if c in ",;" and depth == 0:
            out.append(current)
            current = ""
        else:
            current += c
    out.append(current)
    names: list[str] = []
    for part in out:
        pieces = re.split(r"^\s*(?:and|и|және)\s+", part)
        names.extend(pieces[-1:])
    if len(names) > 1 or re.search(r"\s(?:and|и|және)\s", names[-1]):
        last = names.pop()
        names.extend(_split_and(last))
    return [n for n in (_bare(name) for name in names) if n]


def _split_and(text: str) -> list[str]:
    """Split at the last `and` that joins two bodies, not two words of one name (Education and Science)."""
    match = re.search(
        r"^(.*?[»”\"a-zа-яәғқңөұүһі]) (?:and|и|және) (?=(?:the |all |universities|вузы?|университет|жоғары|акимат|министерств|ministr|local|other)\b)(.*)$",
        text,
        re.IGNORECASE,
    )
    return [match[1], match[2]] if match else [text]


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|to the|to|в|во|в адрес|адрес)\s+", "", name.strip(" ,.;:"), flags=re.IGNORECASE).strip()


_TO = [
    re.compile(r"(?:recommend(?:ed|s|ations?)?|call(?:s|ed|ing)? (?:up)?on|urge[sd]?|invite[sd]?|request(?:s|ed)?|appeal(?:s|ed)? to|propose[sd]?|suggest(?:s|ed)?|ask(?:s|ed)?|encourage[sd]?|instruct(?:s|ed)?|advise[sd]?|entrust(?:s|ed)?)\s+(?:that\s+)?(?:to\s+|for\s+)?(?P<a>(?!to\b|the following\b|following\b|that\b|as follows)[^:;,.]+?)(?:\s+(?:to|should|that|the following|as follows)\b[^:]*)?\s*:?\s*$", re.IGNORECASE),
    re.compile(r"^(?:to|for)\s+(?P<a>[^:;.]+?)\s*:?\s*$", re.IGNORECASE),
    re.compile(r"^(?P<a>[^:;.]{3,120}?)\s+(?:should|shall|must|are (?:invited|urged|requested|recommended) to|is (?:invited|urged|requested|recommended) to)\b[^:]*:?\s*$", re.IGNORECASE),
    re.compile(r"(?:рекоменд(?:ует|уют|уем|овать|овано|уется)|предлага(?:ет|ют|ем|ется)|предложить|поруч(?:ить|ает|ают)|просить|прос(?:ит|ят|им)|обязать|ходатайствовать перед|обратиться (?:к|в)|обраща(?:ется|ются|емся) (?:к|в)|призыва(?:ет|ют|ем)|призвать)\s+(?P<a>(?!следующ|необходим)[^:;.]+?)(?:\s+(?:следующее|следующие|обеспечить|рассмотреть|принять)\b[^:]*)?\s*:?\s*$", re.IGNORECASE),
    re.compile(r"^(?P<a>[А-ЯЁ][а-яё]+(?:ам|ям|у|ю|ом|им|ым)\b[^:;.,]{0,120}?)\s+(?:рекомендуется|предлагается|необходимо|следует|надлежит)\b[^:]*:?\s*$"),
    re.compile(r"^(?:рекомендаци[ия]|предложени[яе])\s+(?:для\s+)?(?P<a>[^:;.]{4,160}?)\s*:?\s*$", re.IGNORECASE),
    re.compile(r"^(?P<a>[^:;.]{3,200}?)\s+(?:келесідей\s+|мынадай\s+|келесі\s+)?(?:ұсын|тапсыр|жүктел)\w*[^:]*:?\s*$", re.IGNORECASE),
]  # fmt: skip
_NOT_A_BODY = re.compile(
    r"^(?:the )?(?:was|were|is|are|has|have|had|been|below|above|following|next|further|action|measures?|steps|participants|conference|следующ|участник|конференц|далее|необходим|ниже|қатысушы|келесі|мынадай|осы)\b",
    re.IGNORECASE,
)


#: what a body is asked to do begins with an infinitive: `оргкомитету опубликовать материалы`
_INFINITIVE = re.compile(r"\s+(?:(?!сеть\b)[а-яё]+[аеиоуыяё]ть(?:ся)?|[а-яё]*йти|(?:вв|пров|прив|разв)ести)\b.*$")


def find_addressee(lead_in: str) -> str | None:
    """To whom a lead-in speaks, as printed; None where it names nobody."""
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-ZА-ЯӘҒҚҢӨҰҮҺІ])", lead_in.strip())[-1].rstrip(":. ")
    for pattern in _TO:
        if (match := pattern.search(sentence)) and not _NOT_A_BODY.match(match["a"].strip()):
            name = _bare(_INFINITIVE.split(match["a"])[0])
            if 2 < len(name) < 200:
                return name
    words = sentence.split()
    sentence = re.sub(r"\s+(?:необходимо|следует|надлежит|рекомендуется|предлагается|қажет|ұсынылады)$", "", sentence)
    if 0 < len(words) <= 14 and _DATIVE.match(sentence) and not re.search(r"[.;]", sentence):
        return sentence
    return None


_DATIVE = re.compile(
    r"^(?:Министерств[уа]|Правительству|Акимат\w+|Вузам|Высшим|Университет\w+|Организаци\w+|Национальн\w+|НПП|НАО|МОН|МНВО|Руководител\w+|Ректор\w+|Местным|Работодател\w+|Ассоциаци\w+|Фонд\w+|Комитет\w+|Учёным|Ученым|Научн\w+|Преподавател\w+|Студент\w+|Редакц\w+|Школ\w+"
    r"|[А-ЯЁ][а-яё]{2,}(?:ам|ям|ым|им|ому|ему)(?:\s|$)|[^\s]+(?:ге|ға|ке|қа|не|на|іне|ына|тарға|терге|дарға|дерге|ларға|лерге)(?:\s|$)|.*(?:іне|ына|тарға|терге|дарға|дерге|ларға|лерге)$)",
)  # fmt: skip
