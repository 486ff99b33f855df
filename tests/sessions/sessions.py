"""Sessions to test with, and their numbers as bytes."""

from __future__ import annotations

from app.data.ready import ready_set
from app.nn.spec import LayerSpec, Spec, checked
from app.sessions.session import Session
from app.sessions.start import begin
from app.steps.cursor import Cursor
from tests.networks import spec_of


def session_of(spec: Spec | None = None, data: str = "xor", name: str = "s") -> Session:
    return Session(name, begin(spec or spec_of(2, 3, 1), ready_set(data)))


def iris() -> Session:
    layers = (LayerSpec(4), LayerSpec(5, "tanh"), LayerSpec(3, "softmax"))
    return session_of(checked(Spec(layers, loss="cross_entropy", batch_size=40, shuffle=True, seed=3)), "iris")


def numbers(session: Session) -> dict[str, bytes]:
    """The numbers of the iteration where it stands, to the bit."""
    return {name: tensor.tobytes() for name, tensor in session.iteration.tape().tensors.items()}


def trained(session: Session, iterations: int) -> bytes:
    session.train(iterations, 60)
    session.seek(Cursor(iterations))
    return session.iteration.parameters(0).tobytes()
