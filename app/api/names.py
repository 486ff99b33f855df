"""Fields that hold the name of a registered entry, so that the API's schema lists what there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

from ..nn.activations import activations
from ..nn.initializers import initializers
from ..nn.layers import layers
from ..nn.losses import losses
from ..nn.optimizers import optimizers
from ..nn.registry import Registry
from ..nn.schedules import schedules


@dataclass(frozen=True)
class Registered:
    """Lists a registry's names in the JSON schema, as they are when the schema is made."""

    registry: Registry[Any]

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), "enum": [entry.name for entry in self.registry]}


ActivationName = Annotated[str, Registered(activations)]
InitializerName = Annotated[str, Registered(initializers)]
LayerKindName = Annotated[str, Registered(layers)]
LossName = Annotated[str, Registered(losses)]
OptimizerName = Annotated[str, Registered(optimizers)]
ScheduleName = Annotated[str, Registered(schedules)]
