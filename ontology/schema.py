"""The ontology as OWL: `data/ontology.ttl` and `data/context.jsonld`, made from the closed sets and `data/terms.toml`.

`python -m concite.ontology.schema` writes both files anew; a test fails where they differ from what this
module makes, or where `terms.toml` and the closed sets disagree.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

from .classes import Relation, Role
from .concepts import Concept
from .prefixes import expand, prefixes
from .terms import BASE, CLASS_NAMES

Statement = tuple[str, str]
"""A predicate and an object as Turtle writes them."""

SHAPES, ONTOLOGY, CONTEXT = "shapes.ttl", "ontology.ttl", "context.jsonld"
NOT_IN_OWL = frozenset({"xsd:gYear", "xsd:date", "xsd:gYearMonth"})
"""Datatypes that OWL 2 DL does not know: the shapes demand them, the ontology stays silent."""
ANNOTATIONS = (
    "dcterms:license",
    "skos:closeMatch",
    "skos:relatedMatch",
    "vann:preferredNamespacePrefix",
    "vann:preferredNamespaceUri",
)
"""Annotation properties that only the ontology itself uses."""


@cache
def terms() -> Mapping[str, Any]:
    """What `terms.toml` says."""
    return tomllib.loads(files("concite.ontology").joinpath("data/terms.toml").read_text(encoding="utf-8"))


def disagreements() -> Iterator[str]:
    """What `terms.toml` says of no closed set and no field of a concept, and what it leaves out."""
    known = terms()
    fields = {entry["field"] for entry in known["attributes"].values() if "field" in entry}
    pairs: tuple[tuple[str, set[str], set[str]], ...] = (
        ("classes", {*CLASS_NAMES.values(), "Field", "Role", "Version"}, set(known["classes"])),
        ("roles", set(map(str, Role)), set(known["roles"])),
        ("relations", {str(r) for r in Relation} - {"broader"}, set(known["relations"])),
        ("fields of a concept", set(Concept.model_fields), fields | set(known["unexported"])),
    )
    for what, meant, written in pairs:
        yield from (f"{what}: {name} stands on one side only" for name in sorted(meant ^ written))


def declared(base: str = BASE) -> tuple[frozenset[str], frozenset[str]]:
    """The IRIs of all classes and of all properties that data may use."""
    known = terms()
    external = known["external"]
    own = [f"co:{name}" for kind in ("roles", "relations", "attributes", "links") for name in known[kind]]
    kinds = ("object_properties", "annotation_properties", "data_properties", "built_in")
    properties = [*own, *(name for kind in kinds for name in external[kind])]
    classes = [*(f"co:{name}" for name in known["classes"]), *external["classes"]]
    return frozenset(expand(name, base) for name in classes), frozenset(expand(name, base) for name in properties)


def ontology_text() -> str:
    """The ontology as Turtle, under the default base."""
    blocks = [
        *_header(),
        *(_block(f"co:{name}", _class(name, entry)) for name, entry in terms()["classes"].items()),
        *(_block(f"co:{name}", _role(name, entry)) for name, entry in terms()["roles"].items()),
        *(_block(f"co:{name}", _relation(name, entry)) for name, entry in terms()["relations"].items()),
        *(_block(f"co:{name}", _link(name, entry)) for name, entry in terms()["links"].items()),
        *(_block(f"co:{name}", _attribute(name, entry)) for name, entry in terms()["attributes"].items()),
        *_external(),
    ]
    return "\n".join(blocks)


def _header() -> Iterator[str]:
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _used_prefixes().items())
    known = terms()
    yield _block(
        f"<{BASE}ontology>",
        [
            ("a", "owl:Ontology"),
            ("owl:versionIRI", f"<{BASE}ontology/{known['version']}>"),
            ("owl:versionInfo", _text(known["version"])),
            ("dcterms:title", _text(known["title"], "en")),
            ("dcterms:description", _text(known["description"], "en")),
            ("dcterms:license", "<https://www.apache.org/licenses/LICENSE-2.0>"),
            ("vann:preferredNamespacePrefix", _text("co")),
            ("vann:preferredNamespaceUri", _text(f"{BASE}ontology#")),
        ],
    )


def _used_prefixes() -> dict[str, str]:
    unused = {
        "bibo",
        "citation",
        "concept",
        "dataset",
        "foaf",
        "formats",
        "graph",
        "mention",
        "paper",
        "scheme",
        "sh",
        "version",
    }
    return {name: iri for name, iri in prefixes().items() if name not in unused | {"wd", "wdt"}}


def _block(subject: str, statements: list[Statement]) -> str:
    return f"{subject} " + " ;\n    ".join(f"{predicate} {value}" for predicate, value in statements) + " .\n"


def _text(text: str, language: str = "") -> str:
    return json.dumps(text, ensure_ascii=False) + (f"@{language}" if language else "")


def _described(name: str, entry: Mapping[str, Any]) -> Iterator[Statement]:
    """What a person reads about a term, and its mappings with their reasons."""
    yield "rdfs:label", _text(_words(name), "en")
    yield "skos:definition", _text(entry["definition"], "en")
    for mapping in entry.get("maps", ()):
        relation, target, reason = mapping.split(" ", 2)
        yield relation, target.rstrip(":")
        yield "rdfs:comment", _text(f"{target} {reason}", "en")
    yield from (("rdfs:comment", _text(note, "en")) for note in entry.get("notes", ()))
    yield "rdfs:isDefinedBy", f"<{BASE}ontology>"


def _words(name: str) -> str:
    """A name in camel case as words."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def _class(name: str, entry: Mapping[str, Any]) -> list[Statement]:
    concepts = list(CLASS_NAMES.values())
    others = [b for a, b in combinations(concepts, 2) if a == name]
    above = [("rdfs:subClassOf", "skos:Concept")] if name in concepts else []
    apart = [("owl:disjointWith", f"co:{other}") for other in others]
    return [("a", "owl:Class"), *above, *apart, *_described(name, entry)]


def _role(name: str, entry: Mapping[str, Any]) -> list[Statement]:
    """A role is a property, and, as what a mention's role names, an individual too."""
    above = [] if name == Role.MENTIONS else [("rdfs:subPropertyOf", f"co:{Role.MENTIONS}")]
    return [
        ("a", "owl:ObjectProperty, owl:NamedIndividual, co:Role"),
        *above,
        ("rdfs:domain", "fabio:ResearchPaper"),
        ("rdfs:range", "skos:Concept"),
        *_described(name, entry),
    ]


def _relation(name: str, entry: Mapping[str, Any]) -> list[Statement]:
    ends = [("rdfs:domain", entry.get("domain", "skos:Concept")), ("rdfs:range", entry.get("range", "skos:Concept"))]
    return [("a", "owl:ObjectProperty"), *ends, *_described(name, entry)]


def _link(name: str, entry: Mapping[str, Any]) -> list[Statement]:
    ends = [("rdfs:domain", entry["domain"]), ("rdfs:range", entry["range"])]
    return [("a", "owl:ObjectProperty"), *ends, *_described(name, entry)]


def _attribute(name: str, entry: Mapping[str, Any]) -> list[Statement]:
    domain = [("rdfs:domain", entry["domain"])] if "domain" in entry else []
    values = [] if entry["range"] in NOT_IN_OWL else [("rdfs:range", entry["range"])]
    return [("a", "owl:DatatypeProperty"), *domain, *values, *_described(name, entry)]


def _external() -> Iterator[str]:
    """The terms of other vocabularies, declared so that the ontology needs to import none."""
    external = terms()["external"]
    annotations = sorted({*external["annotation_properties"], *ANNOTATIONS})
    kinds = (
        ("owl:Class", external["classes"]),
        ("owl:ObjectProperty", [*external["object_properties"], "dcterms:isVersionOf", "schema:mentions"]),
        ("owl:DatatypeProperty", external["data_properties"]),
        ("owl:AnnotationProperty", annotations),
    )
    for kind, names in kinds:
        yield "".join(f"{name} a {kind} .\n" for name in sorted(names))


def context(base: str = BASE) -> dict[str, Any]:
    """The JSON-LD context: prefixes, and for every property how its values are written."""
    known = terms()
    external = known["external"]
    own = [f"co:{name}" for kind in ("roles", "relations", "links") for name in known[kind]]
    resources = [*own, *external["object_properties"], "dcterms:source", "rdfs:seeAlso"]
    typed = {f"co:{name}": entry["range"] for name, entry in known["attributes"].items()}
    coerced = {name: {"@type": value} for name, value in typed.items() if value != "xsd:string"}
    names = ("prefLabel", "altLabel", "hiddenLabel", "definition")
    english = {f"skos:{name}": {"@language": "en"} for name in names}
    found = {**{name: {"@type": "@id"} for name in resources}, **coerced, **english}
    return {"@context": {**prefixes(base), **dict(sorted(found.items()))}}


def context_text() -> str:
    """The context as it is published."""
    return json.dumps(context(), indent=1, ensure_ascii=False) + "\n"


def shapes_text(base: str = BASE) -> str:
    """The SHACL shapes of exported graphs, as Turtle."""
    text = files("concite.ontology").joinpath("data", SHAPES).read_text(encoding="utf-8")
    return text.replace(BASE, base)


def write_schema(folder: Path) -> None:
    """Write the ontology and the context."""
    (folder / ONTOLOGY).write_text(ontology_text(), encoding="utf-8")
    (folder / CONTEXT).write_text(context_text(), encoding="utf-8")


if __name__ == "__main__":
    from .vocabulary import bundled_folder

    write_schema(bundled_folder())
