"""Origins: where a shelf has its tables from, memory or a store, and what it keeps beside a store."""
