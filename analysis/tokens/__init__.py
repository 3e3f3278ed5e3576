"""Words of texts and articles, with slogans, offices, institutions and places kept whole."""

from analysis.tokens.dictionary import is_dictionary_word, read_general_idf
from analysis.tokens.split import (
    compile_slogans,
    find_all_slogans,
    is_numeral,
    split_texts,
    split_tokens,
    split_words,
)
from analysis.tokens.token import DATE, INSTITUTION, LATIN, PLACE, SLOGAN, TITLE, UNKNOWN, Token

__all__ = [
    "DATE",
    "INSTITUTION",
    "LATIN",
    "PLACE",
    "SLOGAN",
    "TITLE",
    "UNKNOWN",
    "Token",
    "compile_slogans",
    "find_all_slogans",
    "is_dictionary_word",
    "is_numeral",
    "read_general_idf",
    "split_texts",
    "split_tokens",
    "split_words",
]
