"""The words by which a resolution speaks, in English, Russian and Kazakh."""

from __future__ import annotations

import re

__all__ = [
    "ASKING", "ASKS_BY_NAME", "CLOSING", "HEADINGS", "IMPERATIVE", "NARRATIVE", "NARRATIVE_START", "OPERATIVE", "OPERATIVE_NOUN", "language_of",
]  # fmt: skip

_F = re.IGNORECASE | re.UNICODE

#: finite verbs and set phrases by which a body recommends, decides, calls or asks
OPERATIVE = re.compile(
    r"\b(?:"
    r"(?:strongly |further |also |hereby |therefore |unanimously )?(?:recommend(?:s|ed|ing)?|resolve[sd]?|decide[sd]?|urge[sd]?|request(?:s|ed)?"
    r"|call(?:s|ed|ing)? (?:up)?on|call(?:s|ed)? for|invite[sd]?|propose[sd]?|suggest(?:s|ed)?|encourage[sd]?|instruct(?:s|ed)?|appeal(?:s|ed)? to"
    r"|ask(?:s|ed)? (?:the|all|that)|commit(?:s|ted)? (?:ourselves|themselves|itself|to)|undertake[s]?|agree[sd]? (?:to|that|on|upon)|pledge[sd]?"
    r"|adopt(?:s|ed)? the following|entrust(?:s|ed)?|advise[sd]?|endorse[sd]?)"
    r"|should|shall|must|need(?:s)? to|it is (?:necessary|recommended|proposed|advisable|essential) (?:to|that)"
    r"|рекоменд(?:ует|уют|уем|овать|овали|овала|овано|уется|уются)|решил[аи]?|решает|решают|решили|постанов(?:ил[аи]?|ляет|ляют|или)|постановляю"
    r"|предлага(?:ет|ют|ем|ется)|предложил[аи]?|предложить|поруч(?:ает|ить|ил[аи]?|ают)|призва(?:л[аи]?|ть)|призыва(?:ет|ют|ем)|обраща(?:ется|ются|емся)|обратиться"
    r"|прос(?:ит|ят|им)|просить|ходатайству(?:ет|ют|ем)|ходатайствовать|счита(?:ет|ют|ем|ть) (?:необходимым|целесообразным|важным|нужным)"
    r"|полага(?:ет|ют|ем) (?:необходимым|целесообразным)|необходимо|следует|надлежит|обязать|обязал[аи]?|обязуется|обязуются"
    r"|приня(?:л[аи]?|то|ли) (?:следующ|решени)|вносит предложени\w+|вносят предложени\w+|договорились"
    r"|ұсынады|ұсынамыз|ұсынды|ұсынылады|ұсынылды|ұсынылсын|ұсынсын|ұсына отырып|ұсыныс(?:тар)? (?:жасайды|айтады|енгізеді|білдіреді)|шешті|шешеді|шешім қабылдады|шешім қабылдайды"
    r"|қаулы етеді|қаулы етті|тапсырады|тапсырылсын|тапсырды|шақырады|шақырамыз|шақырды|сұрайды|сұраймыз|өтінеді|өтінеміз|қажет деп (?:санайды|таныды|есептейді)"
    r"|қажет|керек|міндеттеледі|міндеттейді|міндеттелсін|жүктейді|жүктелсін|келісті|келесі (?:шешім|ұсыныс)\w*|мынадай (?:шешім|ұсыныс|ұсыным)\w*"
    r")(?!\w)",
    _F,
)  # fmt: skip

#: nouns that make a heading or a short lead-in operative
OPERATIVE_NOUN = re.compile(
    r"\b(?:recommendations?|resolutions?|decisions?|proposals?|commitments?|actions? (?:points?|required)|calls? to action|operative part"
    r"|рекомендаци[ияйюе]\w*|решени[еяй]\w*|резолюци[яиюей]\w*|предложени[еяй]\w*|постановлени[еяй]\w*|поручени[еяй]\w*|меры|обязательств\w*"
    r"|ұсыныс\w*|ұсыным\w*|шешім\w*|қарар\w*|қаулы\w*|тапсырма\w*|шаралар)\b",
    _F,
)

#: what is told, not asked: having heard, discussed, noted; topics, tasks, problems, participants
NARRATIVE = re.compile(
    r"\b(?:not(?:es|ed|ing)|discuss(?:ed|es|ing|ion)|consider(?:ed|ing|s|ation)|heard|recogni[sz](?:es|ed|ing)|recall(?:s|ed|ing)|acknowledg(?:es|ed|ing)|observ(?:es|ed|ing)"
    r"|welcom(?:es|ed|ing)|express(?:es|ed)|emphasi[sz](?:es|ed|ing)|reaffirm(?:s|ed|ing)|stress(?:es|ed|ing)|aware|bearing in mind|took part|attended|participated|topics?|sections?|problems|issues|challenges|goals?|objectives?|tasks?|aims?|purpose|questions|areas|speakers|reports? (?:were|on)|presented|identified|stated|concluded|annex(?:es)?|agenda|contents"
    r"|отме(?:чает|чают|тил[аи]?|чая|чено|тить)|обсу(?:дил[аи]?|див|ждал[аи]?|ждени\w+|ждены)|рассмотре\w+|заслуша\w+|конста(?:тирует|тируют|тировал[аи]?)|учитывая|принимая во внимание|выступил[аи]?|приня(?:л[аи]? участие|ли участие)|участвовал[аи]?|вопрос(?:ы|ам|ов)|проблем(?:ы|ам)?|задач(?:и|ами|ей)?|цел(?:ь|и|ью|ями)|секци\w+|направлени(?:я|ям|ях)|темы|тематик\w+|повестк\w+|выразил[аи]?|признают|признает|подчеркива\w+|приложени\w+|содержание"
    r"|атап өт\w+|талқыла\w+|қарастыр\w+|тыңда\w+|қатыс(?:ты|қан)|мәселеле\w+|мақсат\w*|міндеттер\w*|секция\w*|бағыт\w*|тақырып\w*|ескере\w*|назарға ала\w*|баяндама\w*|күн тәртібі\w*|қосымша)\b",
    _F,
)

#: preambular clauses begin like this; a list of them is not asked of anybody
NARRATIVE_START = re.compile(
    r"^(?:(?:further|also|deeply|fully|gravely) )?(?:noting|recalling|recogni[sz]ing|considering|acknowledging|bearing in mind|aware|convinced|concerned|reaffirming|welcoming|having|guided by|mindful|emphasi[sz]ing|stressing|taking (?:note|into account)|whereas|desiring|expressing|observing|affirming|believing|referring|underlining|alarmed|encouraged"
    r"|отмечая|учитывая|принимая во внимание|признавая|подчеркивая|подчёркивая|осознавая|ссылаясь|напоминая|заслушав|обсудив|рассмотрев|выражая|исходя из|руководствуясь|сознавая|будучи|подтверждая|приветствуя"
    r"|ескере отырып|атап өте|назарға ала|тыңдап|талқылап|мойындай|негізге ала|басшылыққа ала)\b",
    _F,
)

#: an item that asks begins like this: an operative verb, an infinitive, an imperative
IMPERATIVE = re.compile(
    r"^(?:(?:further|also|strongly|hereby|again) )*(?:to [a-z]+|recommend|resolve|decide|urge|request|call|invite|propose|encourage|instruct|appeal|endorse|adopt|approve|affirm|declare|reaffirm|express|emphasi[sz]e|authori[sz]e|direct|demand|stress|commend|thank|welcome|support|strengthen|ensure|develop|establish|promote|create|include|expand|improve|continue|provide|conduct|organi[sz]e|implement|increase|introduce|prepare|publish|review|that\b"
    r"|[а-яё]+(?:ть|ти|чь|ться|тись)\b|[а-яё]+(?:ет|ют|ит|ят)\b|[а-яәғқңөұүһі]+(?:сын|сін|ылсын|ілсін)\b)",
    _F,
)

#: words that make a first line a title
HEADINGS = re.compile(
    r"^(?:draft |final |проект |итоговая |)?(?:minutes|outcome document|final document|итоговый документ|resolution|declaration|recommendations|communiqu[eé]|statement|memorandum|decision|decree|резолюци\w+|декларация|рекомендации|решение|постановление|меморандум|коммюнике|обращение|протокол"
    r"|қарар\w*|қаулы\w*|декларация\w*|ұсынымдар\w*|ұсыныстар\w*|шешім\w*|меморандум\w*|хаттама)\b",
    _F,
)

#: what stands at the end: how it was adopted, who signs, what is annexed
CLOSING = re.compile(
    r"^(?:the (?:present )?(?:resolution|text|recommendations?) (?:was|were|is|shall|will)|adopted|done (?:at|in)|chair|secretary|signed|annex|appendix|contacts?|as a result"
    r"|резолюция (?:принята|направ)|настоящ\w+ (?:резолюци|решени|рекомендаци)|принят[аоы]|председател|секретар|оргкомитет|приложени|г\. |участники (?:конференции )?(?:выражают|благодарят)|контроль"
    r"|қарар (?:қабылдан|жолдан)|осы қарар|төраға|хатшы|ұйымдастыру комитеті|қосымша|қабылданды)\b",
    re.IGNORECASE,
)

#: an item that plainly asks, by its first words
ASKING = re.compile(
    r"^(?:(?:further|also|strongly|hereby) )*(?:to [a-z]+|recommends?|resolves?|decides?|urges?|requests?|calls?|invites?|proposes?|encourages?|instructs?|appeals?|endorses?"
    r"|(?!знать|быть)[а-яё]+(?:ть|ти|чь|ться|тись)\b|[а-яәғқңөұүһі]+(?:сын|сін)\b|.*(?:сын|сін|қажет|керек|ұсынылады|тапсырылсын)[.;]?$)",
    re.IGNORECASE,
)

#: finite verbs by which a single sentence asks a body that it names
ASKS_BY_NAME = re.compile(
    r"\b(?:recommends?|calls? (?:up)?on|urges?|requests?|invites?|asks?|encourages?|appeals? to|рекоменду(?:ет|ют|ем|ется)|предлага(?:ет|ют|ется)|призыва(?:ет|ют)|прос(?:ит|ят)|поруча(?:ет|ют)"
    r"|ұсынады|ұсынылады|шақырады|сұрайды)\b",
    re.IGNORECASE,
)

_KAZAKH = set("әғқңөұүһі")


def language_of(text: str) -> str | None:
    """en, ru or kk by letters: Kazakh has nine letters of its own; None where there are too few letters to tell."""
    letters = [c for c in text.lower() if c.isalpha()]
    if len(letters) < 20:
        return None
    cyrillic = sum("а" <= c <= "я" or c == "ё" or c in _KAZAKH for c in letters)
    if cyrillic < len(letters) / 2:
        return "en"
    kazakh = sum(c in _KAZAKH for c in letters)
    return "kk" if kazakh > cyrillic * 0.03 else "ru"
