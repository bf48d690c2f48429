"""Reference values for small networks and optimizers, in f64, by PyTorch.

Writes the outputs, losses and gradients of small networks, the course of optimizers over
100 full-batch steps, and learning-rate schedules as one JSON object. The committed
reference.json was made with PyTorch 2.15.0 and Python 3.11 on a CPU (another version or
CPU may change last digits) by

    python reference.py > reference.json

- Affine is y = W x + b with W of OUT x IN. Flat parameters and gradients hold, for each
  Affine in chain order, W column by column (all OUT weights of input 0, then of input 1,
  ...), then b. The numbers in a chain are widths.
- A network's "loss" is the mean over the batch of the per-sample loss, and "gradient" is
  that mean's. "outputs" are what goes into the loss: logits for SoftmaxLoss, SigmoidLoss.
- Per sample: SoftmaxLoss is the cross-entropy of softmax(logits) with a label or a
  distribution, MseLoss half the sum of squares, SigmoidLoss the summed binary
  cross-entropy from logits, HuberLoss(delta) the summed Huber function of the residual.
- An optimizer starts from its network's "parameters". "losses"[i] is the loss before step
  i + 1; its own "parameters" are those after the steps that are the keys.
- A schedule's "factors"[t] multiplies the learning rate of the step numbered t from 0. An
  optimizer with a "schedule" has the learning rate of every step from that one.
"""
import functools
import itertools
import json
import math
import os
import random

# The plainest kernels: the less a result depends on the CPU's vector width, the better it
# can be reproduced. Has to be set before PyTorch is loaded.
os.environ.update(ATEN_CPU_CAPABILITY="default", MKL_CBWR="COMPATIBLE")

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from torch import optim  # noqa: E402

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
SAMPLES, STEPS, KEPT_STEPS = 7, 100, (1, 2, 10, 100)

# Each activation: its short name, and where its first or second derivative jumps.
ACTIVATIONS = {
    "Relu": ("relu", F.relu, [0.0]),
    "LeakyRelu(0.1)": ("leaky_relu", lambda z: F.leaky_relu(z, 0.1), [0.0]),
    "Sigmoid": ("sigmoid", torch.sigmoid, []),
    "Tanh": ("tanh", torch.tanh, []),
    # By default the identity beyond 20, which loses 2e-9; beyond 40 nothing is lost in f64.
    "Softplus": ("softplus", lambda z: F.softplus(z, threshold=40), []),
    "Elu(1.0)": ("elu_1", lambda z: F.elu(z, 1.0), [0.0]),
    "Elu(0.5)": ("elu_half", lambda z: F.elu(z, 0.5), [0.0]),
    "Gelu": ("gelu", lambda z: F.gelu(z, approximate="none"), []),
    "Silu": ("silu", F.silu, []),
    "HardSwish": ("hard_swish", F.hardswish, [-3.0, 3.0]),
    "Mish": ("mish", F.mish, []),
    "Softmax": ("softmax", lambda z: F.softmax(z, dim=1), []),
}

# But for cross_entropy, PyTorch's "mean" is over samples and outputs, not samples alone.
# cross_entropy takes labels (integers) and distributions (reals) alike.
LOSSES = {
    "SoftmaxLoss": lambda y, d: F.cross_entropy(y, d, reduction="mean"),
    "MseLoss": lambda y, d: F.mse_loss(y, d, reduction="sum") / 2 / SAMPLES,
    "SigmoidLoss": lambda y, d: F.binary_cross_entropy_with_logits(y, d, reduction="sum") / SAMPLES,
    "HuberLoss(0.5)": lambda y, d: F.huber_loss(y, d, reduction="sum", delta=0.5) / SAMPLES,
}

# Each network: its name, its chain and the kind of its targets.
HIDDEN = "5 => Affine => {} => 4 => Affine => {} => 3"
DEEP = ("6 => Affine => Gelu => 7 => Affine => Silu => 5 => Affine => LeakyRelu(0.1) => 4"
        " => Affine => SoftmaxLoss => 3")
NETWORKS = [(f"{short}_mse", HIDDEN.format(activation, "MseLoss"), "reals")
            for activation, (short, _, _) in ACTIVATIONS.items()] + [
    ("softmax_loss_labels", HIDDEN.format("Tanh", "SoftmaxLoss"), "labels"),
    ("softmax_loss_distributions", HIDDEN.format("Tanh", "SoftmaxLoss"), "distributions"),
    ("mse_loss", HIDDEN.format("Tanh", "MseLoss"), "reals"),
    ("sigmoid_loss", HIDDEN.format("Tanh", "SigmoidLoss"), "fractions"),
    ("huber_loss", HIDDEN.format("Tanh", "HuberLoss(0.5)"), "reals"),
    ("deep", DEEP, "labels"),
    ("no_hidden_layer", "5 => Affine => SoftmaxLoss => 3", "labels"),
]


class Network:
    def __init__(self, chain):
        parts = chain.split(" => ")
        widths = [int(part) for part in parts if part.isdigit()]
        self.inputs, *_, self.outputs = widths
        self.shapes = list(zip(widths[1:], widths))  # OUT, IN of each Affine
        self.size = sum(o * i + o for o, i in self.shapes)
        self.layers = [part for part in parts if part == "Affine" or part in ACTIVATIONS]
        (self.loss_name,) = [part for part in parts if part in LOSSES]
        assert len(self.layers) + 1 + len(widths) == len(parts), f"unknown part in {chain}"

    def forward(self, p, x):
        """The outputs, and what went into each activation, as (name, values)."""
        seen, shapes = [], iter(self.shapes)
        for layer in self.layers:
            if layer == "Affine":
                o, i = next(shapes)
                w, b, p = p.split([o * i, o, len(p) - o * i - o])
                # Column by column is the row-by-row order of the transpose.
                x = x @ w.view(i, o) + b
            else:
                seen.append((layer, x))
                x = ACTIVATIONS[layer][1](x)
        return x, seen

    def loss(self, p, x, d):
        return LOSSES[self.loss_name](self.forward(p, x)[0], d)

    def loss_and_gradient(self, p, x, d):
        p = p.detach().clone().requires_grad_()
        loss = self.loss(p, x, d)
        (gradient,) = torch.autograd.grad(loss, p)
        return loss.item(), gradient


def draw(network, kind, rng):
    """Parameters, inputs and targets; short decimals, so that the file shows them whole."""
    def normal(deviation):
        return round(rng.gauss(0.0, deviation), 3) + 0.0  # the sum turns -0.0 into 0.0
    n = network.outputs
    # Wider inputs for HardSwish, to get beyond both its kinks, -3 and 3.
    spread = 2.0 if "HardSwish" in network.layers else 1.0
    p = [normal(0.5) for _ in range(network.size)]
    x = [[0.0 if rng.random() < 0.15 else normal(spread) for _ in range(network.inputs)]
         for _ in range(SAMPLES)]
    if kind == "labels":
        d = [rng.randrange(n) for _ in x]
    elif kind == "reals":
        d = [[normal(1.0) for _ in range(n)] for _ in x]
    elif kind == "fractions":  # with the ends of [0, 1] among them
        d = [[rng.choice([0.0, 1.0, round(rng.random(), 3)]) for _ in range(n)] for _ in x]
    else:  # distributions in 64ths, which add up to exactly 1; the first is all on one class
        d = [[1.0] + [0.0] * (n - 1)]
        for _ in x[1:]:
            cuts = sorted(rng.randrange(65) for _ in range(n - 1))
            d.append([(b - a) / 64 for a, b in zip([0] + cuts, cuts + [64])])
    return torch.tensor(p), torch.tensor(x), torch.tensor(d)


def covers(values, kinks):
    """Are at least two values in each piece between kinks, and none where rounding decides?"""
    values = values.flatten().tolist()
    pieces = [sum(value > kink for kink in kinks) for value in values]
    return (all(abs(value - kink) >= 1e-3 for value in values for kink in kinks)
            and all(pieces.count(piece) >= 2 for piece in range(len(kinks) + 1)))


def usable(network, kind, p, x, d):
    outputs, seen = network.forward(p, x)
    return (
        (x == 0).any()
        and all(covers(values, ACTIVATIONS[name][2]) for name, values in seen)
        and ("Huber" not in network.loss_name or covers(outputs - d, [-0.5, 0.5]))
        and (kind != "labels" or len(set(d.tolist())) == network.outputs)
        and (kind != "fractions" or {0.0, 1.0} < set(d.flatten().tolist()))
        # A slope near zero hides wrong factors, and Adam and its kin magnify its rounding.
        and network.loss_and_gradient(p, x, d)[1].abs().min() > 1e-4)


def make_network(name, chain, kind):
    network = Network(chain)
    draws = (draw(network, kind, random.Random(f"{name} {n}")) for n in itertools.count())
    p, x, d = next(drawn for drawn in draws if usable(network, kind, *drawn))
    loss, gradient = network.loss_and_gradient(p, x, d)
    step = 1e-5  # for central differences: too short to carry any value over a kink
    for shift, slope in zip(step * torch.eye(network.size), gradient):
        difference = network.loss(p + shift, x, d) - network.loss(p - shift, x, d)
        assert abs(difference / (2 * step) - slope) < 1e-9, (name, shift, difference, slope)
    return (network, p, x, d), {
        "name": name, "chain": chain, "parameters": p.tolist(), "inputs": x.tolist(),
        "targets": {"labels" if kind == "labels" else "vectors": d.tolist()},
        "outputs": network.forward(p, x)[0].tolist(), "loss": loss, "gradient": gradient.tolist(),
    }


# PyTorch's optimizers, with the formulas they follow: g is the gradient, all state starts
# at 0, t counts from 1. PyTorch's other settings are left at their neutral defaults.
IN_TORCH = {
    # p -= lr g
    "Sgd": lambda p, lr, o: optim.SGD(p, lr),
    # v = mu v + g; p -= lr v, or by Nesterov p -= lr (g + mu v)
    "Momentum": lambda p, lr, o: optim.SGD(p, lr, o["momentum"]),
    "Nesterov": lambda p, lr, o: optim.SGD(p, lr, o["momentum"], nesterov=True),
    # h += g^2, or by RmsProp h = rho h + (1 - rho) g^2; p -= lr g / (sqrt(h) + eps)
    "AdaGrad": lambda p, lr, o: optim.Adagrad(p, lr, eps=o["epsilon"]),
    "RmsProp": lambda p, lr, o: optim.RMSprop(p, lr, o["rho"], o["epsilon"]),
    # h as by RmsProp; dx = sqrt(e + eps) / sqrt(h + eps) g; e = rho e + (1 - rho) dx^2; p -= lr dx
    "Adadelta": lambda p, lr, o: optim.Adadelta(p, lr, o["rho"], o["epsilon"]),
    # m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
    # p -= lr m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + eps); by AdamW p *= 1 - lr wd before that
    "Adam": lambda p, lr, o: optim.Adam(p, lr, (o["beta1"], o["beta2"]), o["epsilon"]),
    "AdamW": lambda p, lr, o: optim.AdamW(
        p, lr, (o["beta1"], o["beta2"]), o["epsilon"], o["weight_decay"]),
}


def clip(g, clip_norm=math.inf, clip_value=math.inf, **_):
    """By hand: PyTorch's clip_grad_norm_ adds 1e-6 to the norm it divides by."""
    return (g * min(1.0, clip_norm / g.norm().item())).clamp(-clip_value, clip_value)


def adam(learning_rate, beta1, beta2, epsilon, **others):
    return dict(learning_rate=learning_rate, beta1=beta1, beta2=beta2, epsilon=epsilon, **others)


# A large epsilon shows whether it is added inside or outside the root, and to what.
OPTIMIZERS = [
    ("sgd", "Sgd", dict(learning_rate=0.1)),
    ("sgd_fast", "Sgd", dict(learning_rate=0.5)),
    ("momentum", "Momentum", dict(learning_rate=0.1, momentum=0.9)),
    ("momentum_half", "Momentum", dict(learning_rate=0.05, momentum=0.5)),
    ("nesterov", "Nesterov", dict(learning_rate=0.1, momentum=0.9)),
    ("nesterov_half", "Nesterov", dict(learning_rate=0.05, momentum=0.5)),
    ("adagrad", "AdaGrad", dict(learning_rate=0.1, epsilon=1e-8)),
    ("adagrad_large_epsilon", "AdaGrad", dict(learning_rate=0.2, epsilon=0.01)),
    ("rmsprop", "RmsProp", dict(learning_rate=0.005, rho=0.9, epsilon=1e-8)),
    ("rmsprop_slow_decay", "RmsProp", dict(learning_rate=0.01, rho=0.99, epsilon=0.01)),
    ("adadelta", "Adadelta", dict(learning_rate=1.0, rho=0.95, epsilon=1e-6)),
    ("adadelta_fast_decay", "Adadelta", dict(learning_rate=0.5, rho=0.9, epsilon=1e-3)),
    ("adam", "Adam", adam(0.01, 0.9, 0.999, 1e-8)),
    ("adam_large_epsilon", "Adam", adam(0.05, 0.8, 0.99, 0.01)),
    ("adamw", "AdamW", adam(0.01, 0.9, 0.999, 1e-8, weight_decay=0.01)),
    ("adamw_strong_decay", "AdamW", adam(0.02, 0.8, 0.99, 0.01, weight_decay=0.5)),
    ("sgd_decay", "Sgd", dict(learning_rate=0.1, weight_decay=0.01)),
    ("sgd_strong_decay", "Sgd", dict(learning_rate=0.5, weight_decay=0.1)),
    ("adam_clip_norm", "Adam", adam(0.03, 0.9, 0.999, 1e-8, clip_norm=0.1)),
    ("adam_clip_norm_large_epsilon", "Adam", adam(0.05, 0.8, 0.99, 0.01, clip_norm=0.1)),
    ("sgd_clip_value", "Sgd", dict(learning_rate=0.5, clip_value=0.05)),
    ("sgd_schedule", "Sgd", dict(learning_rate=0.5), "warm_up"),
    ("momentum_schedule", "Momentum", dict(learning_rate=0.1, momentum=0.9), "step_often"),
    ("sgd_decay_schedule", "Sgd", dict(learning_rate=0.5, weight_decay=0.1), "exponential"),
    ("adamw_schedule", "AdamW", adam(0.02, 0.8, 0.99, 0.01, weight_decay=0.5), "warm_up_short"),
]


def make_optimizer(problem, entry, name, rule, o, schedule=None):
    network, start, x, d = problem
    (factor,) = (functools.partial(FACTORS[kind], **settings)
                 for known, kind, settings in SCHEDULES if known == (schedule or "constant"))
    ends = []
    for p in start * (1 + 1e-12), start.clone():
        optimizer = IN_TORCH[rule]([p], o["learning_rate"], o)
        scheduler = optim.lr_scheduler.LambdaLR(optimizer, factor)
        losses, kept, clipped = [], {}, 0
        for t in range(1, STEPS + 1):
            loss, gradient = network.loss_and_gradient(p, x, d)
            p.grad = clip(gradient, **o)
            clipped += not torch.equal(p.grad, gradient)
            if rule == "Sgd" and "weight_decay" in o:  # by hand: PyTorch has no decoupled SGD
                p *= 1 - scheduler.get_last_lr()[0] * o["weight_decay"]
            optimizer.step()
            scheduler.step()
            losses.append(loss)
            if t in KEPT_STEPS:
                kept[str(t)] = p.tolist()
        ends.append(p)
    # Where an optimizer runs into oscillation, it magnifies rounding errors without bound.
    assert (ends[0] - ends[1]).abs().max() < 1e-11, f"{name}: ill-conditioned"
    assert losses[-1] < losses[0], name
    # Where there is clipping, some steps must be clipped and some not.
    assert (0 < clipped < STEPS) == ("clip" in name), (name, clipped)
    return {"name": name, "rule": rule, "settings": o, "network": entry["name"],
            **({"schedule": schedule} if schedule else {}), "losses": losses, "parameters": kept}


FACTORS = {
    "constant": lambda t: 1.0,
    "step": lambda t, gamma, every: gamma ** (t // every),
    "exponential": lambda t, gamma: gamma ** t,
    "cosine": lambda t, minimum, steps: (
        minimum + (1 - minimum) * (1 + math.cos(math.pi * min(t, steps) / steps)) / 2),
    # The cosine is counted from the end of the warm-up.
    "warm_up": lambda t, steps, then: (
        (t + 1) / steps if t < steps else FACTORS["cosine"](t - steps, **then)),
}
SCHEDULES = [
    ("constant", "constant", {}),
    ("step", "step", {"gamma": 0.5, "every": 30}),
    ("step_often", "step", {"gamma": 0.9, "every": 7}),
    ("exponential", "exponential", {"gamma": 0.97}),
    ("cosine", "cosine", {"minimum": 0.0, "steps": 100}),
    ("cosine_short", "cosine", {"minimum": 0.1, "steps": 60}),
    ("warm_up", "warm_up", {"steps": 10, "then": {"minimum": 0.0, "steps": 90}}),
    ("warm_up_short", "warm_up", {"steps": 3, "then": {"minimum": 0.05, "steps": 50}}),
]


def main():
    made = {name: make_network(name, *rest) for name, *rest in NETWORKS}
    lists = {
        "networks": [entry for _, entry in made.values()],
        "optimizers": [make_optimizer(*made["softmax_loss_labels"], *row) for row in OPTIMIZERS],
        "schedules": [{"name": name, "rule": rule, "settings": o,
                       "factors": [FACTORS[rule](t, **o) for t in range(STEPS)]}
                      for name, rule, o in SCHEDULES],
    }
    # json writes floats by repr, which reads back to the same f64. One entry per line.
    dump = functools.partial(json.dumps, separators=(",", ":"), allow_nan=False)
    version = torch.__version__.split("+")[0]  # without the build's name
    print(f'{{"generator":"reference.py, PyTorch {version}, f64 on CPU"', end="")
    for key, entries in lists.items():
        print(f',\n"{key}":[\n' + ",\n".join(map(dump, entries)) + "\n]", end="")
    print("\n}")


if __name__ == "__main__":
    main()
