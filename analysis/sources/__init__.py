"""Files in, text and tables out: encodings, archives, ready-made articles."""
