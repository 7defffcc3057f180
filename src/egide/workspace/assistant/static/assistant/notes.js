// What the checks found in an answer: values that nobody sent, marked in it, and the list below it.

import { element } from "./dom.js";

const TITLES = {
  withheld: gettext("Données retirées de la réponse"),
  unsent: gettext("Données que vous n'aviez pas envoyées"),
  active: gettext("Contenu rendu inoffensif"),
  verify: gettext("À vérifier avant de vous en servir"),
};

export function addNotes(message, { marks = [], notes = [] }) {
  const body = message.querySelector(".eg-body");
  body.normalize(); // the pieces of a stream become one node
  for (const { start, end, reason } of [...marks].reverse()) markRange(body, start, end, reason);
  message.querySelector(".eg-checks").replaceChildren(...grouped(notes).map(([group, list]) => section(group, list)));
}

function grouped(notes) {
  const groups = new Map();
  for (const note of notes) groups.set(note.group, [...(groups.get(note.group) ?? []), note]);
  return [...groups];
}

function section(group, notes) {
  const made = element("div", { className: `eg-notes is-${group}` });
  const list = element("ul", { className: "eg-list" });
  list.append(...notes.map(line));
  made.append(element("h3", { className: "h6", text: TITLES[group] }), list);
  return made;
}

function line({ kind, text, why, target }) {
  const item = element("li");
  item.append(element("span", { className: "eg-note-kind", text: kind }), " ", element("span", { className: "eg-value", text }), " ");
  if (target) item.append(element("span", { className: "eg-note-target", text: interpolate(gettext("mène à %(target)s"), { target }, true) }), " ");
  item.append(element("span", { className: "eg-finding-why", text: why }));
  return item;
}

// The text of an answer is several nodes, because of its marks: each may hold a part of the range.
function markRange(body, start, end, reason) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const found = [];
  let position = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const from = Math.max(start - position, 0);
    const to = Math.min(end - position, node.length);
    if (from < to && node.parentNode === body) found.push([node, from, to]);
    position += node.length;
  }
  for (const [node, from, to] of found) {
    const inside = node.splitText(from);
    inside.splitText(to - from);
    const mark = element("mark", { className: "unsent", title: reason });
    inside.replaceWith(mark);
    mark.append(inside);
  }
}
