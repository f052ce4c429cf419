"""Names: the words of spans become identities and values; the knowledge for it lies in `data/*.yaml`."""
