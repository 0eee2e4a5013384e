"""The bars of a Code 128 (ISO/IEC 15417): a text as dark and light modules.

Talks to nothing. Digits in pairs go in set C, everything else in set B; quiet zones are included.
"""

from sandbox.units.request import ControlError

START_B, START_C, CODE_B, CODE_C, STOP = 104, 105, 100, 99, 106
FIRST_CHARACTER, LAST_CHARACTER = 32, 127
CHECK_MODULUS = 103
QUIET_MODULES = 10
SHORTEST_DIGIT_RUN = 4
_PATTERNS = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132
122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212
322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311
112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321
331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212
124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113
411311 113141 114131 311141 411131 211412 211214 211232 2331112
"""
_WIDTHS = tuple(_PATTERNS.split())


def modules(text: str) -> list[bool]:
    """True for each dark module; ControlError when the text does not go into a Code 128."""
    if not text or any(not FIRST_CHARACTER <= ord(c) <= LAST_CHARACTER for c in text):
        raise ControlError("a Code128 holds plain ASCII text only")
    symbols = _symbols(text)
    check = symbols[0] + sum(place * symbol for place, symbol in enumerate(symbols))
    dark: list[bool] = []
    for symbol in [*symbols, check % CHECK_MODULUS, STOP]:
        for index, width in enumerate(_WIDTHS[symbol]):
            dark += [index % 2 == 0] * int(width)
    quiet = [False] * QUIET_MODULES
    return quiet + dark + quiet


def _symbols(text: str) -> list[int]:
    """Start symbol and data; a run of four digits or more is worth the change to set C."""
    run = _digit_run(text, 0)
    in_pairs = run >= SHORTEST_DIGIT_RUN and (run == len(text) or run % 2 == 0)
    symbols = [START_C if in_pairs else START_B]
    at = 0
    while at < len(text):
        run = _digit_run(text, at)
        if in_pairs and run < 2:
            in_pairs = False
            symbols.append(CODE_B)
        elif not in_pairs and run >= SHORTEST_DIGIT_RUN and run % 2 == 0:
            in_pairs = True
            symbols.append(CODE_C)
        if in_pairs:
            symbols.append(int(text[at : at + 2]))
            at += 2
        else:
            symbols.append(ord(text[at]) - FIRST_CHARACTER)
            at += 1
    return symbols


def _digit_run(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end].isdecimal():
        end += 1
    return end - at
