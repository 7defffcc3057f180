// Says what went wrong, where the person is looking, with the code to quote to the one who helps.

import { byId, element, show } from "./dom.js";

export function tell(problem, { focus = false, place = byId("problem") } = {}) {
  const title = element("p", { className: "fw-semibold mb-1", text: problem.title });
  const action = element("p", { className: "mb-0", text: problem.action });
  if (problem.code) action.append(element("span", { className: "eg-code", text: ` (${problem.code})` }));
  place.replaceChildren(title, action);
  show(place, true);
  if (focus) place.focus();
}

export function clear(place = byId("problem")) {
  show(place, false);
}
