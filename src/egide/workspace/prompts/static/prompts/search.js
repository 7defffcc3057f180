// Looks for words in the list, on the page alone: what a person searches is sent nowhere.

const field = document.getElementById("search");
const count = document.getElementById("search-count");
const items = [...document.querySelectorAll("#prompts > [data-words]")];

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const words = new Map(items.map((item) => [item, folded(item.dataset.words)]));

function said(found) {
  if (!found) return gettext("0 demande trouvée.");
  return interpolate(ngettext("%(found)s demande trouvée.", "%(found)s demandes trouvées.", found), { found }, true);
}

function search() {
  const wanted = folded(field.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const item of items) {
    item.hidden = !wanted.every((word) => words.get(item).includes(word));
    if (!item.hidden) found += 1;
  }
  count.textContent = wanted.length ? said(found) : "";
}

field.addEventListener("input", search);
search();
