// Small behaviours shared by pages: copy a text, confirm what cannot be undone.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  source.select?.();
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    button.querySelector("[data-copy-label]").textContent = gettext("Copié");
  } catch {
    // Without the clipboard (plain HTTP), the text stays selected, ready for Ctrl+C.
    button.querySelector("[data-copy-label]").textContent = gettext("Sélectionné");
  }
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// The menu is longer than a small screen: its current entry is brought into view.
document.querySelector(".eg-nav [aria-current]")?.scrollIntoView({ block: "nearest" });
