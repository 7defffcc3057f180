"""For administrators, the mail server; for everybody, how often they are reminded."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from egide.errors import PseudonymisationError, WorkspaceError
from egide.workspace.accounts.access import admin_required, person
from egide.workspace.charter.reminding import EVERY
from egide.workspace.mail import outbox, preferences, relay, trial, troubles
from egide.workspace.mail.background import wake_all
from egide.workspace.mail.forms import PreferenceForm, RelayForm
from egide.workspace.mail.models import Frequency, Mail, Relay

PAGE = 20


@sensitive_post_parameters("password")
@never_cache
@admin_required
def relay_page(request: HttpRequest) -> HttpResponse:
    server = relay.current()
    try:
        kept = relay.password_of(server) if server else None
    except PseudonymisationError:
        kept = None
        messages.error(
            request, gettext("Le mot de passe enregistré ne s'ouvre plus : écrivez-le de nouveau.")
        )
    form = RelayForm(request.POST or None, instance=server or Relay())
    if form.is_valid():
        relay.keep(form.save(commit=False), form.password_to_keep(kept), person(request))
        wake_all()
        messages.success(request, gettext("Enregistré. Vérifiez maintenant avec « Envoyer un essai »."))
        return redirect("mail:relay")
    failed = Mail.objects.filter(state__in=(Mail.State.FAILED, Mail.State.UNCERTAIN))
    page = Paginator(failed.select_related("person").order_by("-ended_at", "-pk"), PAGE)
    told = {
        "form": form,
        "server": server,
        "here_only": server is not None and relay.is_loopback(urlsplit(server.public_address).hostname or ""),
        "counts": outbox.counts(timezone.now()),
        "trouble": (troubles.reason(server.trouble, server.reply), troubles.advice(server.trouble))
        if server and server.trouble
        else None,
        "tested": troubles.reason(server.tested) if server and server.tested not in ("", "sent") else "",
        "page": (shown := page.get_page(request.GET.get("page"))),
        "failed": [(one, troubles.reason(one.trouble, one.reply)) for one in shown],
    }
    return render(request, "mail/relay.html", told)


@admin_required
@require_POST
def test(request: HttpRequest) -> HttpResponse:
    me = person(request)
    try:
        trial.send(me, timezone.now())
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        wake_all()
        messages.success(
            request,
            gettext("Essai parti vers %(email)s. S'il n'arrive pas, regardez les indésirables.")
            % {"email": me.email},
        )
    return redirect("mail:relay")


@admin_required
@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    relay.give_up()
    messages.success(request, gettext("Égide n'envoie plus de courriel. Le mot de passe est effacé."))
    return redirect("mail:relay")


@never_cache
def preference(request: HttpRequest) -> HttpResponse:
    me = person(request)
    form = PreferenceForm(request.POST or None, initial={"frequency": preferences.of(me).value})
    if form.is_valid():
        preferences.choose(me, Frequency(form.cleaned_data["frequency"]))
        messages.success(request, gettext("Choix enregistré."))
        return redirect("mail:preferences")
    server = relay.current()
    told = {"form": form, "on": server is not None and server.reminders, "set": server, "every": EVERY}
    return render(request, "mail/preferences.html", told)


@csrf_exempt  # a mailbox asks for it with one click, without a page (RFC 8058); the token is the proof
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    found = preferences.person_of(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        preferences.choose(found, Frequency.NONE)
    told = {"token": token, "done": request.method == "POST", "every": EVERY}
    return render(request, "mail/stop.html", told)
