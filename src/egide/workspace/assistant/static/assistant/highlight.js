// The coloured layer behind the text area: the same text, with a <mark> around each finding.
// The layer is in the normal flow and gives its height to the field; the text area lies over it and
// never scrolls by itself. The two are therefore aligned whatever the width, zoom or scroll position.

import { element } from "./dom.js";

const KINDS = { allow: "left", warn: "left", mask: "masked", reroute: "blocked", justify: "justify", approve: "justify", block: "blocked" };

export function kindOf(finding) {
  return KINDS[finding.action] ?? "masked";
}

export function paint(mirror, text, findings) {
  const parts = [];
  let position = 0;
  for (const finding of findings) {
    parts.push(text.slice(position, finding.start));
    const mark = element("mark", { className: kindOf(finding), text: text.slice(finding.start, finding.end) });
    mark.dataset.value = valueKey(text, finding);
    parts.push(mark);
    position = finding.end;
  }
  // A last line break has no height of its own in a block: one more character gives it its line.
  parts.push(`${text.slice(position)}\u200b`);
  mirror.replaceChildren(...parts);
}

export function valueKey(text, finding) {
  return `${finding.label} ${text.slice(finding.start, finding.end)}`;
}

// Findings of `before` moved to where they are in `after`, while the server reads the new text.
// Those that the change touches are dropped: they will be found again.
export function moved(findings, before, after) {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const shift = after.length - before.length;
  const kept = [];
  for (const finding of findings) {
    if (finding.end <= head) kept.push(finding);
    else if (finding.start >= before.length - tail) {
      kept.push({ ...finding, start: finding.start + shift, end: finding.end + shift });
    }
  }
  return kept;
}

export function emphasise(mirror, key) {
  for (const mark of mirror.querySelectorAll("mark")) {
    mark.classList.toggle("current", key !== null && mark.dataset.value === key);
  }
}
