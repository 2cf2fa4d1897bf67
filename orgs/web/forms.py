"""What can be typed on the pages of units and people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.models import Person, Programme
from orgs.posts import Post

POSTS_OF_A_UNIT = [Post.OFFICER, Post.HEAD, Post.OBSERVER]


class AppointmentForm(forms.Form):
    """Give a known person, or a new one, a post in the unit."""

    username = forms.SlugField(
        label=_("登录名"),
        max_length=40,
        help_text=_("已有人员填其登录名；新人员填新的登录名并写姓名和初始密码。"),
    )
    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    password = forms.CharField(
        label=_("初始密码"), max_length=80, required=False, widget=forms.PasswordInput
    )
    post = forms.ChoiceField(
        label=_("岗位"), choices=[(post.value, post.label) for post in POSTS_OF_A_UNIT]
    )
    programme = forms.ModelChoiceField(
        label=_("工作"), queryset=Programme.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        self.known: Person | None = None

    def clean(self) -> dict[str, Any]:
        """Find the person, or ask for what a new one needs."""
        typed = super().clean() or {}
        self.known = Person.objects.filter(username=typed.get("username", "")).first()
        if self.known is None and not (typed.get("name") and typed.get("password")):
            raise forms.ValidationError(
                _("没有这个登录名的人员；如是新人员，请填写姓名和初始密码。")
            )
        return typed


class AliasForm(forms.Form):
    """Another name by which documents of the place call the unit."""

    name = forms.CharField(label=_("别名或简称"), max_length=100)
