"""The server: the explorer, SPARQL, a query page, and a page for every paper and concept of one graph."""
