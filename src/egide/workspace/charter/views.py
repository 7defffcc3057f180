"""The charter in force, and the one that comes: read, signed, downloaded; and what proves a signature."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import WorkspaceError
from egide.workspace import configuration
from egide.workspace.accounts.access import person
from egide.workspace.accounts.models import User
from egide.workspace.charter import binding, signing
from egide.workspace.charter.addresses import client_of
from egide.workspace.charter.models import CharterVersion, Signature
from egide.workspace.charter.printed import certificate_pdf, filled
from egide.workspace.charter.word import charter_docx
from egide.workspace.notice import services as notice
from egide.workspace.notice.access import informed_required
from egide.workspace.ui.files import attachment

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@never_cache
@require_safe
@informed_required
def read(request: HttpRequest) -> HttpResponse:
    me, asked, today = person(request), binding.asked(), timezone.localdate()
    version = binding.chosen(asked, request.GET.get("version", ""))
    if version is None:
        return render(request, "charter/none.html")
    signature = signing.signature_of(me, version)
    told = {
        "version": version,
        "content": version.content,
        "intact": version.intact,
        "signature": signature,
        "mine": Signature.objects.filter(person=me).select_related("version").defer("version__pdf"),
        "consent": filled(
            version.content["consent"], {"nom_collaborateur": me.name or "…", "date_signature": "ce jour"}
        ),
        "coming": version.enters_on > today,
        "other": next((one for one in asked if one != version), None),
        "to_sign": signing.unsigned_by(me),
        "rule": binding.rule(),
        "due": signing.due(me, version),
        "stopped": signature is None and signing.stopped(me, version),
        "next": request.GET.get("suite", ""),
    }
    return render(request, "charter/read.html", told)


@never_cache
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    given, client = request.POST, client_of(request)
    number = given.get("version", "")
    try:
        notice.require(person(request))
        signing.sign(
            person(request),
            number=int(number) if number.isdecimal() and len(number) < 10 else 0,
            digest=given.get("digest", ""),
            name=given.get("name", ""),
            agreed=given.get("agreed") == "on",
            address=client.address,
            source=client.source,
            browser=request.headers.get("User-Agent", ""),
        )
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("charter:read")
    messages.success(request, gettext("Charte signée. Votre certificat est sur cette page, à tout moment."))
    wanted = given.get("suite", "")
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if safe else "charter:read")


@never_cache
@require_safe
def pdf(request: HttpRequest, number: int) -> HttpResponse:
    version = _version(number)
    if not version.intact:
        return _altered(request, number)
    return attachment(bytes(version.pdf), "application/pdf", f"charte-ia-version-{number}.pdf")


@never_cache
@require_safe
def docx(request: HttpRequest, number: int) -> HttpResponse:
    version = _version(number)
    if not version.intact:
        return _altered(request, number)
    return attachment(charter_docx(version.content), DOCX, f"charte-ia-version-{number}.docx")


@never_cache
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    signature = _signature(code)
    if not _may_see(person(request), signature):
        raise Http404
    address = configuration.current().base_url + reverse("charter:verify", args=[code])
    try:
        made = certificate_pdf(signature, address)
    except WorkspaceError as failed:
        messages.error(request, failed.message)
        return redirect("charter:read")
    return attachment(made, "application/pdf", "certificat-charte.pdf")


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    signature = _signature(code)
    viewer = request.user if isinstance(request.user, User) else None
    told = {
        "signature": signature,
        "proof": signing.proof(signature),
        "who": _who(viewer, signature),
        "full": viewer is not None and _may_see(viewer, signature),
    }
    answer = render(request, "charter/verify.html", told)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _who(viewer: User | None, signature: Signature) -> str:
    """The name for who signed and for pilots, initials for colleagues, nothing for anybody else."""
    if viewer is None:
        return ""
    if _may_see(viewer, signature):
        return signature.name
    return " ".join(f"{word[0].upper()}." for word in signature.name.split())


def _may_see(viewer: User, signature: Signature) -> bool:
    return viewer.is_pilot or signature.person_id == viewer.pk


def _signature(code: str) -> Signature:
    return get_object_or_404(Signature.objects.select_related("version", "person"), code=code)


def _altered(request: HttpRequest, number: int) -> HttpResponse:
    messages.error(request, WorkspaceError("EG-6417", number=number).message)
    return redirect("charter:read")


def _version(number: int) -> CharterVersion:
    try:
        return signing.find(number)
    except WorkspaceError as unknown:
        raise Http404(unknown.message) from None
