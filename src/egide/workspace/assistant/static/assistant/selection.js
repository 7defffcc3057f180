// "Masquer aussi": the person selects a word in the text and has it hidden.

import { byId } from "./dom.js";
import { short } from "./findings.js";

const SHORTEST = 2;
const LONGEST = 2000;

export function listenForSelections(onHide) {
  const area = byId("text");
  const buttons = [byId("hide-selection"), byId("hide-selection-ever")].filter(Boolean);

  function refresh() {
    const value = selected(area);
    for (const button of buttons) button.disabled = value === "";
    byId("hide-selection").textContent = value
      ? interpolate(gettext("Masquer aussi «\u00a0%(value)s\u00a0»"), { value: shorter(value) }, true)
      : gettext("Masquer aussi");
  }
  // `selectionchange` is told on the document by some browsers and on the field by others.
  for (const target of [document, area]) target.addEventListener("selectionchange", refresh);
  for (const event of ["select", "keyup", "pointerup", "input"]) area.addEventListener(event, refresh);

  for (const button of buttons) {
    button.addEventListener("click", () => {
      const value = selected(area);
      if (!value) return;
      area.setSelectionRange(area.selectionEnd, area.selectionEnd);
      onHide(value, button.id === "hide-selection-ever");
      area.focus();
      refresh();
    });
  }
}

function selected(area) {
  const value = area.value.slice(area.selectionStart, area.selectionEnd).trim();
  return value.length >= SHORTEST && value.length <= LONGEST ? value : "";
}

function shorter(value) {
  const text = short(value);
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
