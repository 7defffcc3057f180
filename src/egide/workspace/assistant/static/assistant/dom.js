// Small helpers on the page. Text always goes in by textContent: nothing a model wrote is ever HTML.

export function byId(id) {
  return document.getElementById(id);
}

export function element(tag, { className = "", text = "", ...attributes } = {}) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

export function copyOf(templateId) {
  return byId(templateId).content.firstElementChild.cloneNode(true);
}

export function show(target, visible) {
  target.hidden = !visible;
}

export function calmScroll(target, block) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}
