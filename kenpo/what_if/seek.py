"""Goal seek: a wished combined rate, shared out over its parts by headroom. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from kenpo.judgement import people_in_all, percent_of, rounded
from kenpo.what_if.plan import Plan, Start
from kenpo.what_if.scenario import (
    OutOfRangeError,
    Scenario,
    eligible_number,
    people_for,
    target_of,
    totals,
    without,
)


@dataclass(frozen=True, slots=True)
class Sought:
    """How a wished combined rate is shared out: people to add and the target of each part."""

    added: Mapping[str, int]
    """People to add by part, against the plan; fewer where the wish lies below it."""
    targets: Mapping[str, Decimal]
    people: int


class UnreachableError(OutOfRangeError):
    """A combined rate no targets can reach; `most` is the largest reachable in percent, rounded down to one decimal."""

    def __init__(self, name: str, wished: Decimal, most: Decimal) -> None:
        super().__init__(f"{name}: {wished} cannot be reached; the largest reachable is {most}")
        self.most = most


def seek(plan: Plan, name: str, wished: Decimal, fixed: Iterable[str] = (), scenario: Scenario | None = None) -> Sought:
    """Shares a wished combined rate over its parts by headroom.

    Parts of one denominator are one pool: its headroom is whom no rate of it reaches, shared by their plan ratio.
    Parts named in `fixed` stay as the scenario has them, the others start from the plan, so that seeking twice
    finds the same. Below the plan people are taken off by the parts' own size.
    Raises UnreachableError with the largest reachable rate, OutOfRangeError where parts are not counted.
    """
    held = frozenset(fixed)
    parts = plan.combined[name].parts if name in plan.combined else ()
    base = without(scenario or Scenario(), set(parts) - held)
    total = totals(plan, base).get(name)
    if total is None or not total.eligible:
        raise OutOfRangeError(f"{name}: the parts of this combined rate are not all counted in this plan")
    needed = people_in_all(wished, total.eligible) - total.people
    pools = _pools(plan, base, [p for p in total.parts if p not in held])
    room = sum(pool.room for pool in pools)
    if needed > room or wished < 0 or not pools:
        most = rounded(percent_of(Decimal(total.people + room), total.eligible), 1, ROUND_FLOOR)
        raise UnreachableError(name, wished, most)
    added = dict.fromkeys(total.parts, 0)
    shares = [p.room if needed >= 0 else sum(p.people) for p in pools]
    for pool, share in zip(pools, _shares(needed, shares), strict=True):
        added |= dict(zip(pool.parts, _shares(share, pool.people), strict=True))
    targets = {p: _rate_for(plan, base, plan.starts[p], added[p]) for p in total.parts if added[p]}
    return Sought(added, _within_the_whole(plan, base, targets), total.people + needed)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Parts of the same people: their people under the plan and how many more there can be."""

    parts: tuple[str, ...]
    people: tuple[int, ...]
    room: int


def _pools(plan: Plan, base: Scenario, free: Sequence[str]) -> list[_Pool]:
    by_denominator: dict[str, list[str]] = {}
    for part in free:
        by_denominator.setdefault(str(plan.starts[part].measure.denominator), []).append(part)
    pools = []
    for denominator, members in by_denominator.items():
        everyone = [s for s in plan.starts.values() if s.measure.denominator == denominator]
        reached = sum(people_for(plan, base, s) or 0 for s in everyone)
        eligible = eligible_number(plan, base, plan.starts[members[0]])
        if not eligible:
            continue
        people = tuple(people_for(plan, base, plan.starts[m]) or 1 for m in members)
        pools.append(_Pool(tuple(members), people, max(0, int(eligible) - reached)))
    return pools


def _shares(amount: int, weights: Sequence[int]) -> list[int]:
    """An amount shared by weight in whole people, the largest remainders first; the shares add up to it."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    exact = [Decimal(amount) * weight / whole for weight in weights]
    floors = [int(share // 1) if share >= 0 else -int(-share // 1) - (share % 1 != 0) for share in exact]
    order = sorted(range(len(exact)), key=lambda at: exact[at] - floors[at], reverse=True)
    for at in order[: amount - sum(floors)]:
        floors[at] += 1
    return floors


def _rate_for(plan: Plan, base: Scenario, start: Start, added: int) -> Decimal:
    """The smallest target, in the decimals of the measure, that asks for the added people."""
    eligible = eligible_number(plan, base, start)
    if eligible is None:
        raise ValueError(f"{start.measure.id}: no eligible number")
    count = (people_for(plan, base, start) or 0) + added
    return min(Decimal(100), rounded(percent_of(Decimal(count), eligible), start.measure.decimals, ROUND_CEILING))


def _within_the_whole(plan: Plan, base: Scenario, targets: dict[str, Decimal]) -> dict[str, Decimal]:
    """Two targets rounded up may pass 100 % of the same people by one unit; the larger gives way."""
    for pool in plan.pools:
        shares = {i: t for i in pool if (t := targets.get(i, target_of(plan, base, i))) is not None}
        over = sum(shares.values(), Decimal(0)) - 100
        movable = [i for i in shares if i in targets]
        if over > 0 and movable:
            largest = max(movable, key=lambda i: targets[i])
            targets = {**targets, largest: targets[largest] - over}
    return targets
