"""What can be typed for each verb: parsing only, no rule of the work."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.actors import Actor
from orgs.models import Unit
from orgs.queries.units import units_visible_to
from workflow.actions.conclude import units_unsigned
from workflow.actions.countersign import concluding_report
from workflow.models import Duty
from workflow.states import Role

FIGURE_ROWS = 3
LONG = {"rows": 3}
SHORT = {"rows": 2}


class VerbForm(forms.Form):
    """The version of the duty as the person saw it; all that some verbs need."""

    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("页面不完整，请刷新后再操作。")},
    )

    def __init__(self, *args: Any, duty: Duty, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = duty.version
        self.prepare(duty, actor)

    def prepare(self, duty: Duty, actor: Actor) -> None:
        """Fit the fields to the duty."""

    def labels(self) -> dict[str, str]:
        """Return the words of the fields a person types into, by name."""
        return {
            name: str(field.label)
            for name, field in self.fields.items()
            if isinstance(field, forms.CharField | forms.IntegerField)
            and not field.widget.is_hidden
        }


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Units to pick; one that is not there is named in plain words."""

    default_error_messages = {
        "invalid_choice": gettext_lazy(
            "所选单位（编号%(value)s）不存在或已停用，请重新选择。"
        ),
        "invalid_pk_value": gettext_lazy("所选单位（%(pk)s）不存在，请重新选择。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.SelectMultiple(attrs={"data-picker": True, "size": 8})
        super().__init__(
            queryset=Unit.objects.none(), required=False, widget=picker, **kwargs
        )


class DispatchForm(VerbForm):
    """Whom the lead wants beside itself; the printed units are chosen already."""

    support = UnitsField(label=Role.SUPPORT.label)
    implementer = UnitsField(label=Role.IMPLEMENTER.label)

    def prepare(self, duty: Duty, actor: Actor) -> None:
        """Offer the active units of the person's places; choose the printed ones."""
        offered = units_visible_to(actor).filter(active=True)
        parts = list(duty.item.parts.select_related("unit"))
        for role in (Role.SUPPORT, Role.IMPLEMENTER):
            field = self.fields[role.value]
            field.queryset = offered  # type: ignore[attr-defined]
            of_role = [part for part in parts if part.role == role and part.open]
            field.initial = [part.unit_id for part in of_role if part.unit_id]
            vague = [part.raw_text for part in of_role if not part.unit_id]
            if vague:
                field.help_text = _("原文“%(words)s”未指明单位，请在此明确。") % {
                    "words": "、".join(vague)
                }

    def units(self) -> dict[Role, list[int]]:
        """Return the chosen units' ids by role."""
        return {
            role: [unit.pk for unit in self.cleaned_data[role.value]]
            for role in (Role.SUPPORT, Role.IMPLEMENTER)
        }


class ManyFilesInput(forms.ClearableFileInput):
    """Lets several files be chosen at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files, as a list; emptiness is the store's to judge."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Return the files chosen."""
        return [file for file in (data or []) if file]


class ReportForm(VerbForm):
    """A report: texts, percent, figures, files."""

    progress = forms.CharField(
        label=gettext_lazy("进展情况"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    percent = forms.IntegerField(
        label=gettext_lazy("完成进度（%）"),
        widget=forms.NumberInput(attrs={"min": 0, "max": 100}),
        error_messages={
            "required": gettext_lazy("请填写完成进度，0 到 100 的整数。"),
            "invalid": gettext_lazy("完成进度应是 0 到 100 的整数。"),
        },
    )
    problems = forms.CharField(
        label=gettext_lazy("存在问题"), required=False, widget=forms.Textarea(SHORT)
    )
    next_steps = forms.CharField(
        label=gettext_lazy("下一步措施"), required=False, widget=forms.Textarea(SHORT)
    )
    help_needed = forms.CharField(
        label=gettext_lazy("需协调事项"), required=False, widget=forms.Textarea(SHORT)
    )
    files = ManyFilesField(  # type: ignore[assignment]
        label=gettext_lazy("附件"),
        required=False,
        help_text=gettext_lazy("可多选；单个文件不超过 50 MB。"),
    )

    def prepare(self, duty: Duty, actor: Actor) -> None:
        """Start from the row's last percent."""
        self.fields["percent"].initial = duty.item.percent

    def labels(self) -> dict[str, str]:
        """Return the words of the fields, the figures' columns among them."""
        words = _("完成值")
        columns = ("figure_name", "figure_value", "figure_unit")
        return super().labels() | dict.fromkeys(columns, words)

    def figure_rows(self) -> list[dict[str, str]]:
        """Return the figures as typed, with empty rows to type more."""
        typed = self.figures()
        empty = {"name": "", "value": "", "unit": ""}
        return typed + [empty] * max(FIGURE_ROWS - len(typed), 1)

    def figures(self) -> list[dict[str, str]]:
        """Return the figures that were typed; rows without name and value are none."""
        if not self.is_bound:
            return []
        columns = [
            self.data.getlist(f"figure_{name}")  # type: ignore[attr-defined]
            for name in ("name", "value", "unit")
        ]
        rows = (
            dict(zip(("name", "value", "unit"), map(plain, typed), strict=True))
            for typed in zip(*columns, strict=False)
        )
        return [row for row in rows if row["name"] or row["value"]]

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a figure that has only a name or a value."""
        typed = super().clean() or {}
        if any(not (row["name"] and row["value"]) for row in self.figures()):
            raise forms.ValidationError(_("完成值须同时填写名称和数值。"))
        return typed


def plain(text: str) -> str:
    """Return a typed cell, at most 100 characters, without what no database keeps."""
    return text.replace("\x00", "").strip()[:100]


class OpinionForm(VerbForm):
    """A decision with an opinion, which may stay empty."""

    opinion = forms.CharField(
        label=gettext_lazy("意见"), required=False, widget=forms.Textarea(SHORT)
    )


class ReasonForm(VerbForm):
    """A step back, with its reason."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), required=False, widget=forms.Textarea(LONG)
    )


class ConcludeForm(VerbForm):
    """The result goes to the office; a reason if signatures are missing."""

    override_reason = forms.CharField(
        label=gettext_lazy("未全部会签而先行办结的理由"),
        required=False,
        widget=forms.Textarea(SHORT),
    )

    def prepare(self, duty: Duty, actor: Actor) -> None:
        """Name the units that have not signed; ask nothing when all have."""
        report = concluding_report(duty)
        unsigned = units_unsigned(report).values() if report else ()
        if report and not unsigned:
            del self.fields["override_reason"]
        elif unsigned:
            words = {"units": "、".join(unsigned)}
            told = _("尚未会签：%(units)s。全部会签后不必填写。") % words
            self.fields["override_reason"].help_text = told


class ReturnForm(ReasonForm):
    """Back to the lead, or to some of the units, with the reason."""

    LEAD, UNITS = "lead", "units"
    to = forms.ChoiceField(
        label=gettext_lazy("退回给"),
        choices=[
            (LEAD, gettext_lazy("牵头单位，修改办结申请")),
            (UNITS, gettext_lazy("下列单位，补充承办后重新汇合")),
        ],
        initial=LEAD,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择退回给谁。")},
    )
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("承办单位"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy(
                "所选单位不在本任务的承办单位中，请重新选择。"
            )
        },
    )
    field_order = ["version", "to", "units", "reason"]

    def prepare(self, duty: Duty, actor: Actor) -> None:
        """Offer the units that carry the row out."""
        field = self.fields["units"]
        field.choices = working_units(duty)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for units when it shall go back to units."""
        typed = super().clean() or {}
        unnamed = not typed.get("units") and "units" not in self.errors
        if typed.get("to") == self.UNITS and unnamed:
            self.add_error("units", _("请勾选要退回的单位。"))
        return typed

    def returned_to(self) -> list[int]:
        """Return the units it goes back to; none means the lead."""
        back = self.cleaned_data["to"] == self.UNITS
        return list(self.cleaned_data["units"]) if back else []


def working_units(duty: Duty) -> list[tuple[int, str]]:
    """Return the known units with an open part in the row: (id, name), lead first."""
    parts = duty.item.parts.filter(open=True, unit__isnull=False)
    named = parts.select_related("unit").order_by("position", "pk")
    order = list(Role)
    ranked = sorted(named, key=lambda part: order.index(Role(part.role)))
    return list({part.unit_id or 0: str(part.unit) for part in ranked}.items())
