"""What pages draw of a view of the corpus, without showing it: charts, tables and marked texts."""
