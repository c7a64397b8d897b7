"""What exists: concept classes and relations, the curated vocabulary, and the names of its concepts."""
