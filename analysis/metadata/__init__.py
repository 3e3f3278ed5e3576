"""Paper, place and date of a page, and the day that an article reports on."""

from analysis.metadata.datelines import find_dateline, find_event_date
from analysis.metadata.describe import PageFacts, describe_page

__all__ = ["PageFacts", "describe_page", "find_dateline", "find_event_date"]
