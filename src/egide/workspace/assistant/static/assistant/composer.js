// The form: text, live preview, decisions, and when sending is possible.
// The server decides: the button only spares a useless trip. At sending everything is read again there.

import { byId, show } from "./dom.js";
import { draftOf, fix, forget, hideToo, keepInClear, keptForEver, onChoice, unfix } from "./choices.js";
import { startHeld } from "./held.js";
import { kindOf, moved, paint } from "./highlight.js";
import { drawPreview, drawReading, drawReason, listenForCaret, listenForModelView } from "./panel.js";
import { previewer } from "./preview.js";
import { clear, tell } from "./problem.js";
import { startProposals } from "./proposing.js";
import { listenForSelections } from "./selection.js";
import { exchange } from "./sending.js";
import { post } from "./server.js";

export function startComposer(root) {
  const area = byId("text");
  const reason = byId("reason");
  const page = root.dataset;
  const state = { shown: "", findings: [], preview: null, stop: null, unread: false, conversation: page.conversation || null };
  const draft = () => draftOf(area.value, state.conversation);
  const previews = previewer(page.previewUrl, { onFresh: fresh, onProblem: unread });
  const held = startHeld(page.held, draft, refresh);
  const proposals = startProposals(page.proposeUrl, () => ({ text: area.value, findings: state.findings }), proposed);

  function changed(pause) {
    state.findings = moved(state.findings, state.shown, area.value);
    state.shown = area.value;
    paint(byId("mirror"), area.value, state.findings);
    drawReading();
    previews.request(draft(), pause);
    refresh();
  }

  function fresh(asked, preview) {
    Object.assign(state, { preview, findings: preview.findings, shown: asked.text });
    if (state.unread) clear();
    state.unread = false;
    drawPreview(asked.text, preview, decide);
    refresh();
  }

  function unread(problem) {
    state.preview = null;
    state.unread = true;
    byId("bar-summary").textContent = "";
    tell(problem);
    refresh();
  }

  function proposed() {
    if (state.preview !== null) drawPreview(area.value, state.preview, decide);
    area.focus({ preventScroll: true });
  }

  function maySend() {
    const { preview } = state;
    const known = preview !== null && previews.isAbout(draft());
    const explained = !preview?.needs_reason || held.name !== "" || reason.value.trim().length >= reason.minLength;
    const free = state.stop === null && !held.waits;
    return known && preview.can_send && explained && area.value.trim() !== "" && free;
  }

  function refresh() {
    byId("send").disabled = !maySend();
    drawReason(area.value, state.preview, held);
  }

  const decide = {
    forEver: page.forEver === "yes",
    offer: proposals.offer,
    keep: (value, always) => settle(() => keepInClear(value, always), always && page.exceptionUrl, { value }),
    hide: (value, always) => settle(() => hideToo(value), always && page.termUrl, { value }),
    forget: (value) => settle(() => forget(value), keptForEver.has(value) && page.exceptionUrl, { value, undo: true }),
  };

  async function settle(change, url, body) {
    try {
      if (url) await post(url, body);
      change();
      changed(0);
    } catch (problem) {
      tell(problem, { focus: true });
    }
  }

  async function send() {
    if (!maySend()) return;
    state.stop = new AbortController();
    const accepted = held.name;
    const body = { ...draft(), justification: accepted ? "" : reason.value.trim(), held: accepted, seen: state.preview.seen };
    const hidden = state.findings.filter((finding) => kindOf(finding) !== "left");
    busy(true);
    const outcome = await exchange(page.sendUrl, body, hidden, state.stop, started);
    state.stop = null;
    const focused = document.activeElement === byId("stop") || document.activeElement === document.body;
    busy(false);
    after(outcome, body, focused);
  }

  function started(conversation) {
    state.conversation = conversation;
    reset("");
  }

  // An answer that never began leaves nothing behind: the text comes back, and a new conversation is undone.
  function after({ begun, problem, stopped, answer }, body, focused) {
    if (problem?.held) {
      window.location.assign(page.heldUrl.replace("ju-0", problem.held));
      return;
    }
    if (!begun && (problem || stopped)) {
      state.conversation = body.conversation;
      reset(body.text);
      if (body.justification) reason.value = body.justification;
    } else {
      reason.value = "";
      held.sent();
      window.history.replaceState(null, "", page.conversationUrl.replace(/0{8}-[0-]+/, state.conversation));
      show(byId("new-conversation"), true);
    }
    if (state.conversation) fix();
    else unfix();
    if (problem) tell(problem, { focus: true });
    else if (focused) (answer ?? area).focus({ preventScroll: true });
  }

  function reset(text) {
    area.value = text;
    changed(0);
  }

  function busy(sending) {
    show(byId("send"), !sending);
    show(byId("stop"), sending);
    area.readOnly = sending;
    if (sending) byId("stop").focus({ preventScroll: true });
    clear();
    refresh();
  }

  area.addEventListener("input", () => { clear(); changed(); });
  reason.addEventListener("input", refresh);
  onChoice(() => changed(0));
  listenForSelections((value, always) => decide.hide(value, always));
  listenForCaret(area, () => state.findings);
  listenForModelView();
  byId("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  byId("stop").addEventListener("click", () => state.stop?.abort());
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); }
  });
  if (state.conversation) fix();
  // The browser may have kept the text of a page left and come back to; and shows where it would go.
  held.remember();
  if (!area.disabled) changed(0);
}
