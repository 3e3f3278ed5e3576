"""A corpus that strangers made to act on whoever looks at it."""
