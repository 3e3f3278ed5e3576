"""Collocates: the words that stand near a word or slogan more than elsewhere."""

from analysis.collocates.near import COLLOCATES, CollocateError, find_collocates
from analysis.collocates.network import NETWORK_EDGES, NETWORK_NODES, Network, find_company, find_network
from analysis.collocates.stream import SPANS

__all__ = [
    "COLLOCATES",
    "NETWORK_EDGES",
    "NETWORK_NODES",
    "SPANS",
    "CollocateError",
    "Network",
    "find_collocates",
    "find_company",
    "find_network",
]
