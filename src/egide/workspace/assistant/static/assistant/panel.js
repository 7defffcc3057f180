// Everything the page says about a preview: the layer, the summary, the list, the reason, the masked text.

import { byId, element, show } from "./dom.js";
import { hide, hiddenBefore, keep, keptForEver, remember } from "./choices.js";
import { control, entriesOf, fill, short } from "./findings.js";
import { emphasise, kindOf, paint } from "./highlight.js";

const EMPTY = gettext("Commencez à écrire : rien ne part avant que vous ne l'envoyiez.");

export function drawPreview(text, preview, decide) {
  paint(byId("mirror"), text, preview.findings);
  const entries = entriesOf(text, preview.findings);
  fill(byId("findings"), entries, (entry) => actionsOf(entry, decide), (key) => emphasise(byId("mirror"), key));
  drawKept(text, decide);
  sum(text ? preview.summary : EMPTY);
  byId("destination").textContent = preview.destination;
  drawGate(text, preview);
  drawLimit(preview.limit);
  drawWarnings(preview.warnings ?? []);
  byId("model-view").textContent = preview.masked_text;
  show(byId("model-view-block"), text.trim() !== "" && preview.can_send);
}

// While the server reads: what is on the screen is about to change, and the button waits.
export function drawReading() {
  byId("bar-summary").textContent = gettext("Lecture du texte…");
}

export function listenForModelView() {
  const toggle = byId("model-view-toggle");
  toggle.addEventListener("click", () => {
    const open = byId("model-view").hidden;
    show(byId("model-view"), open);
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? gettext("Cacher ce que le modèle recevra") : gettext("Voir ce que le modèle recevra");
  });
}

// When the caret stands in a value, its entry in the list is shown with a thicker edge.
export function listenForCaret(area, findingsNow) {
  document.addEventListener("selectionchange", () => {
    if (document.activeElement !== area) return;
    const here = findingsNow().find((f) => f.start <= area.selectionStart && area.selectionStart <= f.end);
    const key = here ? `${here.label} ${area.value.slice(here.start, here.end)}` : null;
    for (const item of byId("findings").querySelectorAll(".eg-finding")) item.classList.toggle("current", item.dataset.value === key);
    emphasise(byId("mirror"), key);
  });
}

function sum(text) {
  if (byId("summary").textContent !== text) byId("summary").textContent = text;
  byId("bar-summary").textContent = text === EMPTY ? "" : text;
}

function drawLimit(told) {
  if (byId("limit").textContent !== told) byId("limit").textContent = told;
  show(byId("limit"), told !== "");
}

function drawGate(text, preview) {
  const written = text.trim() !== "";
  byId("reason-explanation").textContent = preview.explanation;
  show(byId("blocked"), written && !preview.can_send);
  byId("blocked-explanation").textContent = preview.explanation;
}

// The reason, unless it was given already; and what the button does when a pilot must decide first.
export function drawReason(text, preview, held) {
  const asked = preview !== null && preview.needs_reason && text.trim() !== "" && held.name === "" && !held.waits;
  show(byId("reason-field"), asked);
  show(byId("reason-approval"), asked && preview.needs_approval);
  byId("send").textContent = asked && preview.needs_approval ? gettext("Demander l'accord") : gettext("Envoyer");
}

// A passage that gives orders to the model, most often in what was pasted.
function drawWarnings(warnings) {
  byId("warnings").replaceChildren(...warnings.map((text) => element("p", { className: "mb-0", text })));
  show(byId("warnings"), warnings.length > 0);
}

function actionsOf(entry, decide) {
  if (kindOf(entry) === "left") return [{ text: gettext("Masquer"), run: () => { remember(entry); decide.hide(entry.value, false); } }];
  if (hide.has(entry.value) && !hiddenBefore.has(entry.value)) {
    return [{ text: gettext("Ne plus masquer"), run: () => decide.forget(entry.value) }, decide.offer("hide", entry.value)].filter(Boolean);
  }
  const once = { text: gettext("Ce n'est pas personnel"), run: () => { remember(entry); decide.keep(entry.value, false); } };
  const always = { text: kindOf(entry) === "blocked" ? gettext("Ne plus jamais bloquer") : gettext("Jamais personnel"), run: () => decide.keep(entry.value, true) };
  // What a rule blocks, or leaves to a pilot, is not the person's to let through; a pilot may, for everybody.
  const firm = kindOf(entry) === "blocked" || entry.action === "approve";
  return [!firm && once, decide.forEver && always].filter(Boolean);
}

function drawKept(text, decide) {
  const inText = [...keep].filter((value) => text.toLowerCase().includes(value.toLowerCase()));
  byId("kept").replaceChildren(...inText.map((value) => keptItem(value, decide)));
  show(byId("kept-block"), inText.length > 0);
}

function keptItem(value, decide) {
  const item = element("li", { className: "eg-finding is-left" });
  const again = { text: gettext("Masquer à nouveau"), run: () => { decide.forget(value); byId("text").focus(); } };
  const actions = [again, !keptForEver.has(value) && decide.offer("not_personal", value)].filter(Boolean);
  const note = keptForEver.has(value) ? " " + gettext("(pour toute l'entreprise)") : "";
  item.append(element("span", { className: "eg-value", text: `${short(value)}${note}` }), ...actions.map((action) => control(action, value)));
  return item;
}
