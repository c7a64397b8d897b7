"""Names: the classes and properties that data can hold, for completion in the query page."""

from typing import TypedDict

from ...ontology.schema import terms


class Name(TypedDict):
    """A class or property with what it means."""

    name: str
    kind: str
    about: str


def names() -> list[Name]:
    """All classes and properties, by name."""
    known = terms()
    found = [
        Name(name=f"co:{name}", kind="class" if part == "classes" else "property", about=entry["definition"])
        for part in ("classes", "roles", "relations", "attributes", "links")
        for name, entry in known[part].items()
    ]
    for part, listed in known["external"].items():
        kind = "class" if part == "classes" else "property"
        found += [Name(name=name, kind=kind, about="") for name in listed]
    return sorted(found, key=lambda each: each["name"])
