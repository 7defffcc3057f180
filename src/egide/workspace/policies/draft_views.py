"""The pages of the draft: its rules as sentences, another profile, professions, a rule, a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import EgideError, WorkspaceError
from egide.policy import Role, Speech, Trust, carrying
from egide.policy import editing as edits
from egide.policy.checking import sentences
from egide.policy.document import PolicyDocument
from egide.policy.editing import Target
from egide.policy.policy import names as profiles
from egide.policy.professions import packs
from egide.reference.professions import professions as reference
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.accounts.models import ROLES
from egide.workspace.policies import drafts, services, versions
from egide.workspace.policies.damage import told_when_altered
from egide.workspace.policies.forms import CarriersForm, CheckForm, FileForm, RuleForm
from egide.workspace.policies.models import PolicyDraft
from egide.workspace.policies.shown import groups, promised


@never_cache
@pilot_required
@require_safe
@told_when_altered
def page(request: HttpRequest) -> HttpResponse:
    draft = drafts.current()
    document = drafts.document_of(draft)
    usages = versions.usage_names()
    usage = request.GET.get("usage", "")
    role = _role(request.GET.get("role", ""))
    told = {
        **standing(draft),
        "policy": document,
        "profile": document.profile or document.name,
        "groups": groups(document, usages, usage, role),
        "carriers": carrying.sentences(document, gettext),
        "changes": versions.comparison(versions.in_force().document, document) if draft else None,
        "offered": [offered.document for offered in services.offered()],
        "professions": _chosen(document),
        "checks": sentences(document.checks, gettext),
        "usages": usages,
        "roles": ROLES,
        "usage": usage,
        "role": role.value,
        "whom": _whom(usages.get(usage, ""), role),
        "file_form": FileForm(),
    }
    return render(request, "policies/draft.html", told)


@pilot_required
@require_POST
def profile(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("policy", "")
    if name not in profiles():
        return _refused(request, WorkspaceError("EG-6013", policy="?"))
    return _change(
        request,
        lambda document: edits.with_profile(document, name),
        gettext("Profil changé. Rien ne change avant la publication."),
    )


@never_cache
@pilot_required
@told_when_altered
def professions(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        wanted = request.POST.getlist("profession")
        if not set(wanted) <= set(packs()):
            return _refused(request, WorkspaceError("EG-6140"))
        return _change(
            request,
            lambda document: edits.with_professions(document, wanted),
            gettext("Métiers changés. Rien ne change avant la publication."),
        )
    draft = drafts.current()
    told = {
        **standing(draft),
        "packs": list(packs().values()),
        "chosen": drafts.document_of(draft).professions,
    }
    return render(request, "policies/professions.html", told)


@pilot_required
@require_safe
def profession(request: HttpRequest, name: str) -> HttpResponse:
    pack = packs().get(name)
    if pack is None:
        raise Http404
    told = {"one": pack.profession, "rows": promised(pack), "meta": reference().meta}
    return render(request, "policies/profession.html", told)


@never_cache
@pilot_required
@told_when_altered
def rule(request: HttpRequest) -> HttpResponse:
    draft = drafts.current()
    usages = versions.usage_names()
    if request.method == "POST":
        form = RuleForm(usages, request.POST)
        if form.is_valid():
            line = partial(
                edits.with_line,
                target=form.target,
                actions=form.actions,
                usages=form.usages,
                roles=form.roles,
            )
            return _change(
                request,
                line,
                gettext("Règle enregistrée dans le brouillon. Rien ne change avant la publication."),
            )
    else:
        form = RuleForm(usages, initial=_initial(request, drafts.document_of(draft)))
    return render(request, "policies/rule.html", {**standing(draft), "form": form})


@never_cache
@pilot_required
@told_when_altered
def carriers(request: HttpRequest) -> HttpResponse:
    draft = drafts.current()
    document = drafts.document_of(draft)
    now = {trust.value: rule.value for trust, rule in document.pictures.items()}
    form = CarriersForm(request.POST or None, initial=now | {"speech": document.speech.value})
    if form.is_valid():
        edit = partial(
            edits.with_carriers, pictures=form.pictures, speech=Speech(form.cleaned_data["speech"])
        )
        said = gettext("Choix enregistrés dans le brouillon. Rien ne change avant la publication.")
        return _change(request, edit, said)
    return render(request, "policies/carriers.html", {**standing(draft), "form": form})


@never_cache
@pilot_required
@told_when_altered
def checks(request: HttpRequest) -> HttpResponse:
    draft = drafts.current()
    if request.method == "POST":
        form = CheckForm(request.POST)
        if form.is_valid():
            change = partial(edits.with_checks, checks=form.settings)
            said = gettext(
                "Vérifications enregistrées dans le brouillon. Rien ne change avant la publication."
            )
            return _change(request, change, said)
    else:
        form = CheckForm(initial=drafts.document_of(draft).checks.model_dump(mode="json"))
    return render(request, "policies/checks.html", {**standing(draft), "form": form})


@pilot_required
@require_POST
def remove_rule(request: HttpRequest) -> HttpResponse:
    target = Target.parse(request.POST.get("cible", ""))
    roles = request.POST.get("role", "").split()
    if target is None or any(role not in set(Role) for role in roles):
        return _refused(request, WorkspaceError("EG-6139"))
    gone = partial(
        edits.without_line,
        target=target,
        usages=request.POST.get("usage", "").split(),
        roles=[Role(role) for role in roles],
    )
    said = gettext("Règle de l'entreprise retirée du brouillon. Rien ne change avant la publication.")
    return _change(request, gone, said)


@pilot_required
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    try:
        drafts.discard(number(request, "seen"))
    except WorkspaceError as refused:
        return _refused(request, refused)
    messages.success(request, gettext("Brouillon abandonné. La politique en vigueur n'a pas changé."))
    return redirect("policies:policy")


@pilot_required
@require_POST
def import_file(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise WorkspaceError("EG-6138", limit=drafts.MOST_BYTES // 1000)
        document = drafts.imported(form.cleaned_data["file"].read(drafts.MOST_BYTES + 1))
        drafts.replace(document, number(request, "seen"), person(request))
    except EgideError as refused:
        return _refused(request, refused)
    messages.success(
        request,
        gettext("Fichier lu : le brouillon ci-dessous est le sien. Rien n'est encore en vigueur."),
    )
    return redirect("policies:draft")


def standing(draft: PolicyDraft | None) -> dict[str, Any]:
    """What each page of the draft knows: the draft, and the revision that the person sees, as a text: a
    template would write a number in the French way, with spaces."""
    return {"draft": draft, "seen": str(draft.revision if draft else 0)}


def _change(
    request: HttpRequest, edit: Callable[[PolicyDocument], PolicyDocument], said: str
) -> HttpResponse:
    try:
        drafts.change(edit, number(request, "seen"), person(request))
    except EgideError as refused:
        return _refused(request, refused)
    messages.success(request, said)
    return redirect("policies:draft")


def _refused(request: HttpRequest, refused: EgideError) -> HttpResponse:
    messages.error(request, refused.message)
    return redirect("policies:draft")


def number(request: HttpRequest, name: str) -> int:
    """A number that a form carries; -1, which is never right, for anything else."""
    found = request.POST.get(name, "")
    return int(found) if found.isascii() and found.isdigit() and len(found) < 19 else -1


def _whom(usage: str, role: Role) -> str:
    others = gettext("tous les autres usages")
    return f"{usage or others}, {str(dict(ROLES)[role]).lower()}"


def _role(name: str) -> Role:
    return Role(name) if name in set(Role) else Role.COLLABORATOR


def _chosen(document: PolicyDocument) -> list[tuple[str, str]]:
    return [
        (name, packs()[name].profession.label if name in packs() else name) for name in document.professions
    ]


def _initial(request: HttpRequest, document: PolicyDocument) -> dict[str, str]:
    """The form as the line it changes, or as what is in force for what was chosen."""
    told = {name: request.GET[name] for name in ("cible", "usage", "role") if name in request.GET}
    target = Target.parse(told.get("cible", ""))
    if target is None:
        return told
    usages = (told["usage"],) if told.get("usage") else ()
    roles = (Role(told["role"]),) if told.get("role") in set(Role) else ()
    wanted = (target, usages, roles)
    line = next((one for one in edits.lines(document) if one.key == wanted), None)
    return told | ({trust.value: line.actions[trust].value for trust in Trust} if line else {})
