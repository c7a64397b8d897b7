"""Markup in running text: entities of HTML, also doubled, and the tags of HTML, JATS and MathML."""

import html
import re

_ENTITY = re.compile(r"&(?:amp;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")

_BLOCKS = frozenset("p br div li ul ol dl dd dt title sec section tr td th table list list-item hr h1 h2 h3".split())
_INLINE = frozenset(
    "a b i u em strong emph italic bold sub sup inf tt code span font small big sc scp roman monospace underline "
    "strike xref ext-link uri abstract inline-formula disp-formula tex-math alternatives named-content styled-content "
    "etx math mi mn mo mrow msub msup msubsup mfrac msqrt mover munder munderover mtext mspace mstyle semantics "
    "annotation mfenced mtable mtr mtd mpadded mphantom mroot menclose fixed-case".split()
)
_BARE = frozenset("a u".split())
"""Names that are tags only with attributes or as a closing tag, for people also write them as plain words."""

_TAG = re.compile(r"<(/?)(?:jats:|mml:|xhtml:)?([a-zA-Z][a-zA-Z0-9-]{0,20})((?:\s[^<>=]{1,40}=[^<>]{0,400})?)\s?(/?)>")
_MARK = re.compile(r"<?\s?<ETX[^<>]{0,400}>(?:&gt;|>)?(?:</ETX>)?>?")
"""The end-of-text mark that a publisher left in old abstracts."""
_SECOND_FORMULA = re.compile(
    r"(?<=</tex-math>)\s*<mml:math[^<>]{0,400}>(?:[^<]|<(?!/?mml:math)){0,4000}+</mml:math>"
    r"|(?<=</jats:tex-math>)\s*<mml:math[^<>]{0,400}>(?:[^<]|<(?!/?mml:math)){0,4000}+</mml:math>"
)
"""A formula in MathML that stands in TeX before it."""
_COMMENT = re.compile(r"<!--[^<>]{0,400}-->|<!\[CDATA\[|\]\]>")
_NO_POWER = re.compile(r"(?:\d*[+−–-]|st|nd|rd|th|e|er|ème|[*∗†‡®™,]+|TM)\Z")


def unescape(text: str) -> str:
    """A text with its entities as characters, however often they were escaped; no entity, no change."""
    return _ENTITY.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    entity = f"&{match[1]};"
    character = html.unescape(entity)
    return " " if character == "\xa0" else character


def untag(text: str) -> str:
    """A text without tags: those of paragraphs part words, those inside a line do not.

    What stands in angle brackets and is no known tag (`<MASK>`) is text. A raised number stays apart
    from what it is raised over, so that ten to the sixth does not become 106.
    """
    text = _SECOND_FORMULA.sub("", _COMMENT.sub("", _MARK.sub("", text)))
    pieces, end = [], 0
    for match in _TAG.finditer(text):
        pieces += [text[end : match.start()], _instead(match, text)]
        end = match.end()
    return "".join([*pieces, text[end:]])


def _instead(match: re.Match[str], text: str) -> str:
    """What stands instead of a tag."""
    closing, name, attributes, alone = match[1], match[2].lower(), match[3], match[4]
    if name in _BLOCKS:
        return " "
    if name not in _INLINE or (name in _BARE and not (closing or attributes or alone)):
        return match[0]
    if name == "sup" and not closing:
        return _raised(text[match.end() : match.end() + 12].partition("<")[0])
    return ""


def _raised(content: str) -> str:
    return "^" if content.strip() and not _NO_POWER.fullmatch(content.strip()) else ""
