"""Officials and their offices in articles, and who speaks of which slogan."""

from analysis.people.mentions import find_mentions, find_people
from analysis.people.speech import find_spoken, link_people

__all__ = ["find_mentions", "find_people", "find_spoken", "link_people"]
