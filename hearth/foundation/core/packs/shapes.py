"""What a field of a model holds, read from its annotation: for the faults and for the reference page."""

import types
from typing import Annotated, Any, Union, get_args, get_origin


def inner_type(annotation: Any) -> Any:
    """The type inside lists, unions with None and annotations: District for tuple[District, ...]."""
    origin = get_origin(annotation)
    if origin is Annotated or origin is tuple:
        return inner_type(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return inner_type(next(each for each in get_args(annotation) if each is not type(None)))
    return annotation


def is_several(annotation: Any) -> bool:
    """Whether the field holds a list."""
    origin = get_origin(annotation)
    if origin is Annotated or origin in (Union, types.UnionType):
        return is_several(get_args(annotation)[0])
    return origin is tuple
