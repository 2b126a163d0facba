"""Message exports: readers, mapping, validation, duplicate keys."""
