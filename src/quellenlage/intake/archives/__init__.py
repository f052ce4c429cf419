"""Containers (crawl archives, mailboxes) → the originals in them, one in memory at a time."""
