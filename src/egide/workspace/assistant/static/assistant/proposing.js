// "Proposer pour toute l'entreprise"): what a person decided for this time, put to a pilot. The person sees
// exactly what the pilot will, and joins the sentence only by ticking it.

import { labelOf } from "./choices.js";
import { byId, show } from "./dom.js";
import { short } from "./findings.js";
import { clear, tell } from "./problem.js";
import { sentenceAround } from "./sentence.js";
import { post } from "./server.js";

const WHAT = {
  not_personal: (value) => interpolate(gettext("Vous proposez de ne plus jamais masquer «\u00a0%(value)s\u00a0»\u00a0: ce n'est pas personnel."), { value }, true),
  hide: (value) => interpolate(gettext("Vous proposez de toujours masquer «\u00a0%(value)s\u00a0»."), { value }, true),
};
const SAID = {
  sent: gettext("Proposition envoyée : votre pilote décidera."),
  refused: gettext("Votre pilote a déjà refusé cette proposition."),
  in_force: gettext("C'est déjà décidé pour toute l'entreprise."),
};

// `draftNow()` gives { text, findings }; `onSent()` is called once a proposal was taken. A pilot, who decides
// at once, is offered nothing.
export function startProposals(url, draftNow, onSent) {
  const dialog = byId("proposal");
  if (!dialog) return { offer: () => null };
  const done = new Map();
  let asked = null;

  function open(kind, value) {
    const { text, findings } = draftNow();
    asked = { kind, value, sentence: sentenceAround(text, value, findings) };
    byId("proposal-what").textContent = WHAT[kind](short(value));
    byId("proposal-sentence").textContent = asked.sentence;
    byId("proposal-join").checked = false;
    show(byId("proposal-sentence-block"), asked.sentence !== "");
    clear(byId("proposal-problem"));
    byId("proposal-status").textContent = "";
    dialog.showModal();
  }

  async function send() {
    const { kind, value, sentence } = asked;
    const joined = byId("proposal-join").checked ? sentence : "";
    byId("proposal-send").disabled = true;
    try {
      const { outcome } = await post(url, { kind, value, label: labelOf(value), sentence: joined });
      done.set(`${kind} ${value}`, outcome);
      dialog.close();
      onSent();
      byId("proposal-status").textContent = SAID[outcome];
    } catch (problem) {
      tell(problem, { focus: true, place: byId("proposal-problem") });
    } finally {
      byId("proposal-send").disabled = false;
    }
  }

  byId("proposal-form").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  byId("proposal-cancel").addEventListener("click", () => dialog.close());

  return {
    // What to show beside a value that the person decided on: a button, or a note once it is done.
    offer(kind, value) {
      const outcome = done.get(`${kind} ${value}`);
      if (outcome) return { text: outcome === "sent" ? gettext("Proposé à votre pilote") : SAID[outcome] };
      return { text: gettext("Proposer pour toute l'entreprise"), run: () => open(kind, value) };
    },
  };
}
