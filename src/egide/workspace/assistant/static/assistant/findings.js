// The list beside the text: each value found, what happens to it, why, and what the person may decide.

import { copyOf, element } from "./dom.js";
import { kindOf, valueKey } from "./highlight.js";

const ORDER = { blocked: 0, justify: 1, masked: 2, left: 3 };
const LONGEST = 80;

// One entry for each value, however often it stands in the text; what stops the sending comes first.
export function entriesOf(text, findings) {
  const entries = new Map();
  for (const finding of findings) {
    const key = valueKey(text, finding);
    const known = entries.get(key);
    if (known) known.times += 1;
    else entries.set(key, { ...finding, key, times: 1, value: text.slice(finding.start, finding.end) });
  }
  return [...entries.values()].sort((a, b) => ORDER[kindOf(a)] - ORDER[kindOf(b)] || a.start - b.start);
}

// Entries under the sentence of the rule that speaks of them, so that it is read once.
// `actionsOf(entry)` gives [{ text, run }], a note when nothing is to `run`; `onPoint(key|null)` says which value is looked at.
export function fill(place, entries, actionsOf, onPoint) {
  const focused = place.contains(document.activeElement) ? placeOf(place, document.activeElement) : null;
  place.replaceChildren(...groups(entries).flatMap(([rule, members]) => {
    const list = element("ul", { className: "eg-list" });
    list.append(...members.map((entry) => item(entry, actionsOf(entry), onPoint)));
    return rule ? [element("p", { className: "eg-rule", text: rule, lang: "fr" }), list] : [list];
  }));
  if (focused !== null) refocus(place, focused);
}

function groups(entries) {
  const found = new Map();
  for (const entry of entries) {
    const key = `${kindOf(entry)} ${entry.rule}`;
    if (!found.has(key)) found.set(key, [entry.rule, []]);
    found.get(key)[1].push(entry);
  }
  return [...found.values()];
}

function item(entry, actions, onPoint) {
  const shown = copyOf("finding-template");
  shown.classList.add(`is-${kindOf(entry)}`);
  shown.dataset.value = entry.key;
  shown.querySelector(".eg-value").textContent = short(entry.value);
  shown.querySelector(".eg-times").textContent = entry.times > 1 ? `× ${entry.times}` : "";
  shown.querySelector(".eg-tag").textContent = `${entry.word} · ${entry.action_word}`;
  shown.querySelector(".eg-finding-why").textContent = entry.reason;
  shown.querySelector(".eg-finding-actions").append(...actions.map((action) => control(action, entry.value)));
  for (const kind of ["mouseenter", "focusin"]) shown.addEventListener(kind, () => onPoint(entry.key));
  for (const kind of ["mouseleave", "focusout"]) shown.addEventListener(kind, () => onPoint(null));
  return shown;
}

export function control({ text, run }, value) {
  if (!run) return element("span", { className: "eg-note", text });
  const made = element("button", { className: "btn btn-sm btn-outline-secondary", text, type: "button" });
  made.append(element("span", { className: "visually-hidden", text: ` : ${short(value)}` }));
  made.addEventListener("click", run);
  return made;
}

export function short(value) {
  const line = value.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

// A list drawn again must not throw the keyboard back to the top of the page.
function placeOf(place, active) {
  return [...place.querySelectorAll("button")].indexOf(active);
}

function refocus(place, rank) {
  const buttons = place.querySelectorAll("button");
  const target = buttons[Math.min(rank, buttons.length - 1)] ?? document.getElementById("text");
  target.focus({ preventScroll: true });
}
