"""What the pages share: the corpus, the filters, the words of both languages, the way things are shown."""
