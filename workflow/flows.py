"""The routes a row takes, and nothing else."""

from viewflow import this
from viewflow.workflow import Flow, nodes

from workflow.locks import RowLock
from workflow.nodes import Close, DutyNode, FanOut, Join
from workflow.states import Node
from workflow.verbs import Verb


class TaskFlow(Flow):
    """任务办理流程

    From issue to closing: the lead takes it and divides it, the units carry it out,
    the lead concludes, the office reviews, leadership signs off.
    """

    lock_impl = RowLock()

    issue = nodes.StartHandle().Annotation(title="交办").Next(this.dispatch)

    dispatch = (
        DutyNode(Node.DISPATCH, entry="begin_dispatching")
        .Annotation(title="签收分办")
        .Next(this.fan_out)
    )

    fan_out = FanOut().Annotation(title="分头承办").Next(this.carry_out)

    carry_out = (
        DutyNode(Node.CARRY_OUT, entry="begin_working")
        .Annotation(title="承办")
        .Next(this.join)
    )

    join = Join().Annotation(title="汇合").Next(this.conclude)

    conclude = (
        DutyNode(Node.CONCLUDE, entry="begin_concluding")
        .Annotation(title="办结申请")
        .Next(this.review)
    )

    review = (
        DutyNode(Node.REVIEW, entry="begin_reviewing")
        .Annotation(title="审核")
        .On(Verb.ACCEPT, this.sign_off)
        .On(Verb.RETURN, this.rework)
    )

    rework = (
        nodes.If(this.units_are_to_redo)
        .Annotation(title="退回")
        .Then(this.fan_out)
        .Else(this.conclude)
    )

    sign_off = (
        DutyNode(Node.SIGN_OFF, entry="begin_signing")
        .Annotation(title="核查销号")
        .On(Verb.SIGN_OFF, this.close)
        .On(Verb.DECLINE, this.review)
    )

    close = Close().Annotation(title="销号")

    def units_are_to_redo(self, activation: object) -> bool:
        """Return whether the office sent it back to units rather than to the lead."""
        return bool(activation.process.passage.targets)  # type: ignore[attr-defined]
