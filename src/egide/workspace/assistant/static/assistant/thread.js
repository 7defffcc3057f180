// The exchange above the composer: questions, answers as they arrive, and the copy button.

import { byId, calmScroll, copyOf, element, show } from "./dom.js";

const WHO = { user: gettext("Vous"), assistant: gettext("Réponse") };
const TITLES = { masked: gettext("valeur masquée avant l'envoi"), restored: gettext("valeur remise en place") };

export function say(text) {
  byId("answer-status").textContent = text;
}

export function addQuestion(text, findings) {
  const message = add("user");
  const body = message.querySelector(".eg-body");
  let position = 0;
  for (const finding of findings) {
    body.append(text.slice(position, finding.start), marked("masked", text.slice(finding.start, finding.end)));
    position = finding.end;
  }
  body.append(text.slice(position));
  if (findings.length) message.querySelector(".eg-note").textContent = gettext("Souligné : masqué avant l'envoi.");
  calmScroll(message, "start");
  return message;
}

// `moved`: the sentence that says that another service answers, and why.
export function addAnswer(moved = "") {
  const message = add("assistant");
  const said = message.querySelector(".eg-moved");
  said.textContent = moved;
  show(said, moved !== "");
  message.tabIndex = -1;
  show(message.querySelector(".eg-copy"), false);
  return message;
}

export function addPiece(message, { text, label }) {
  const following = nearBottom();
  message.querySelector(".eg-body").append(label ? marked("restored", text) : text);
  if (following) window.scrollTo({ top: document.documentElement.scrollHeight });
}

export function finish(message, note) {
  const restored = message.querySelector("mark.restored") !== null;
  const legend = restored ? gettext("Souligné : vos vraies valeurs, remises en place.") : "";
  message.querySelector(".eg-note").textContent = [note, legend].filter(Boolean).join(" ");
  show(message.querySelector(".eg-copy"), message.querySelector(".eg-body").textContent !== "");
}

export function listenForCopies() {
  byId("thread").addEventListener("click", async (event) => {
    const button = event.target.closest(".eg-copy");
    if (!button) return;
    const done = await copy(button.closest(".eg-message").querySelector(".eg-body"));
    button.textContent = done ? gettext("Copié") : gettext("Copie impossible");
    say(done ? gettext("Réponse copiée.") : gettext("La copie n'a pas marché : sélectionnez le texte à la main."));
    setTimeout(() => { button.textContent = gettext("Copier"); }, 2500);
  });
}

function add(role) {
  const message = copyOf("message-template");
  message.classList.add(`eg-from-${role}`);
  message.querySelector(".eg-who").textContent = WHO[role];
  show(message.querySelector(".eg-copy"), role === "assistant");
  byId("thread").append(message);
  return message;
}

function marked(kind, text) {
  return element("mark", { className: kind, text, title: TITLES[kind] });
}

function nearBottom() {
  const page = document.documentElement;
  return page.scrollHeight - window.scrollY - window.innerHeight < 160;
}

// The clipboard needs HTTPS or this machine; over plain HTTP in an office the old way still works.
async function copy(body) {
  try {
    await navigator.clipboard.writeText(body.textContent);
    return true;
  } catch {
    const range = document.createRange();
    range.selectNodeContents(body);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return document.execCommand("copy");
  }
}
