"""What papers say: records and readers, recognition and linking, assembly, the store and its views."""
