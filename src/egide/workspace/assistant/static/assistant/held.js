// A message that waits for a pilot: while it is as it was written, its own state says what may be done with it.

import { byId, show } from "./dom.js";

// `draft()` is what the page holds now; `onChange` is called when the pilot's answer comes in.
export function startHeld(id, draft, onChange) {
  let name = id;
  let original = null;
  const state = () => (name && original === JSON.stringify(draft()) ? byId("held")?.dataset.state ?? "" : "");
  if (name) document.body.addEventListener("htmx:afterSwap", onChange);
  return {
    remember() { original = JSON.stringify(draft()); },
    get name() { return state() === "approved" ? name : ""; },
    get waits() { return ["asked", "waiting"].includes(state()); },
    sent() {
      name = "";
      byId("held")?.remove();
      if (byId("give-up")) show(byId("give-up"), false);
    },
  };
}
