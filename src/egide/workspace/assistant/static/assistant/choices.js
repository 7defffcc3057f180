// Which usage, provider and model; and the decisions of the person on values of the text.

import { byId, element, show } from "./dom.js";

const stored = JSON.parse(byId("assistant-choices").textContent);

export const keep = new Set(stored.keep);
export const hide = new Set(stored.hide);
// What an earlier message hid stays hidden in this conversation: the server makes sure of it as well.
export const hiddenBefore = new Set(stored.hide);

// Those that a pilot has just kept for the whole company: taking them back must tell the server.
export const keptForEver = new Set();

// What each value decided on was found to be, for who proposes it to the company.
const labels = new Map();

export function remember({ value, label }) {
  if (!hide.has(value)) labels.set(value, label);
}

export function labelOf(value) {
  return labels.get(value) ?? "";
}

export function keepInClear(value, always) {
  hide.delete(value);
  keep.add(value);
  if (always) keptForEver.add(value);
}

export function hideToo(value) {
  keep.delete(value);
  hide.add(value);
}

export function forget(value) {
  keep.delete(value);
  keptForEver.delete(value);
  hide.delete(value);
}

export function draftOf(text, conversation) {
  return {
    text,
    usage: byId("usage")?.value ?? "",
    provider: byId("provider")?.value ?? "",
    model: byId("model")?.value ?? "",
    keep: [...keep].sort(),
    hide: [...hide].sort(),
    conversation,
    prompt: byId("assistant").dataset.prompt,
  };
}

export function onChoice(callback) {
  const provider = byId("provider");
  if (provider.type === "hidden") return;
  provider.addEventListener("change", () => {
    offerModels();
    callback();
  });
  byId("usage").addEventListener("change", callback);
  byId("model").addEventListener("change", callback);
  offerModels();
}

// Once a conversation has begun its usage and provider no longer change.
export function fix() {
  for (const id of ["usage", "provider", "model"]) byId(id).disabled = true;
}

export function unfix() {
  for (const id of ["usage", "provider", "model"]) byId(id).disabled = false;
}

function offerModels() {
  const chosen = byId("provider").selectedOptions[0];
  const models = (chosen?.dataset.models ?? "").split("|").filter(Boolean);
  byId("model").replaceChildren(...models.map((name) => element("option", { text: name, value: name })));
  if (models.includes(chosen?.dataset.chosen)) byId("model").value = chosen.dataset.chosen;
  show(byId("model-choice"), models.length > 1);
}
