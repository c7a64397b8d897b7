"""What others read: RDF, SPARQL, tables, graph formats, the explorer page and the pyvis view."""
