"""Forms (PDF, DOCX, tables, lists of addresses) → articles, or where to get them."""
