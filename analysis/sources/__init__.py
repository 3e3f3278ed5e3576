"""Files in, text out: encodings, archives and tables of ready articles."""

from analysis.sources.encodings import Decoded, EncodingError, decode_text

__all__ = ["Decoded", "EncodingError", "decode_text"]
