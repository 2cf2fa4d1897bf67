"""What can be typed on the pages of documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.models import Document
from intake.questions import seen_of
from orgs.models import Programme


class UploadForm(forms.Form):
    """A document to be read, and for which programme."""

    programme = forms.ModelChoiceField(
        label=_("工作"), queryset=Programme.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label=_("清单文件"),
        help_text=_("Word（.docx）或文本（.txt），含任务清单表格，不超过 20 MB。"),
        error_messages={
            "required": _("请选择要导入的文件。"),
            "empty": _("文件是空的，请重新选择。"),
        },
        widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
    )

    def __init__(self, *args: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]


class RegisterForm(forms.Form):
    """The name the list will go by."""

    title = forms.CharField(
        label=_("清单标题"),
        max_length=200,
        error_messages={"required": _("请填写清单标题。")},
    )


class CorrectionForm(forms.Form):
    """The unit cells of a row as they ought to read."""

    lead = forms.CharField(label=_("牵头单位"), max_length=2000)
    support = forms.CharField(
        label=_("配合单位"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    responsible = forms.CharField(
        label=_("责任单位"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写法同清单：单位用顿号隔开，可用“等”结尾，可写“，不含……”。"),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, document: Document, position: int) -> "CorrectionForm":
        """Return the form as the row stands: corrected before, or as printed."""
        held = document.answers.filter(subject=f"row:{position}:correction").first()
        raw = document.reading["tasks"][position - 1]["raw"]
        return cls(initial={**(held.value if held else raw), "seen": seen_of(held)})
