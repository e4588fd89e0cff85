"""Figures of organisations, of fairness and of focus, counted by hand."""

from portfolio.planning.explain.figures import FairnessPrice, Focus, Served, fairness_price, focus, served
from tests.planning.instances import instance, need, part, person

TWO = [need("A", organisation="R", priority=1), need("B", organisation="S", share=60)]


def test_organisations_served_least_first() -> None:
    problem = instance([person()], TWO)
    assert served(problem, (part("A"),)) == (Served("S", 60 * 20, 0.0), Served("R", 50 * 20, 1.0))
    assert served(instance([], [need()]), ()) == ()


def test_what_fairness_costs() -> None:
    problem = instance([person("P"), person("Q")], [*TWO, need("C", organisation="R", share=90)])
    fair, without = (part("A"), part("B", "Q", share=60)), (part("A"), part("C", "Q", share=90))
    lost, before = 2 * 30 * 20, 8 * 50 * 20 + 2 * 90 * 20
    assert fairness_price(problem, fair, without) == FairnessPrice(lost, lost / before, 50 / 140, 0.0)


def test_how_far_work_is_spread() -> None:
    problem = instance([person("P"), person("Q")], [need("A"), need("B", first=2), need("C")])
    plan = (part("A"), part("B", first=2), part("C", "Q", share=20), part("C", "P", last=0, share=30))
    assert focus(problem, plan) == Focus(3, 1, 2, 1, 20)
    assert focus(problem, ()) == Focus(0, 0, 0, 0, None)
