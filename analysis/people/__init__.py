"""Officials and their offices in articles, and who speaks of which slogan."""

from analysis.people.mentions import find_mentions, find_people

__all__ = ["find_mentions", "find_people"]
