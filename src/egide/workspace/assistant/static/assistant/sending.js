// Sends the draft and writes the answer as it arrives. One exchange at a time; it can be stopped.

import { addNotes } from "./notes.js";
import { open } from "./server.js";
import { events } from "./stream.js";
import { addAnswer, addPiece, addQuestion, finish, say } from "./thread.js";

const CUT = { code: "", title: gettext("La réponse a été coupée avant la fin."), action: gettext("Le texte reçu est incomplet : ne vous y fiez pas et recommencez.") };

// `outcome`: { begun, conversation, problem, stopped }. `begun` says whether any of the answer came.
export async function exchange(url, body, hidden, stop, onStarted) {
  const outcome = { begun: false, problem: null, stopped: false };
  let question = null;
  let answer = null;
  let moved = "";
  try {
    const response = await open(url, body, stop.signal);
    question = addQuestion(body.text, hidden);
    say(gettext("Réponse en cours…"));
    outcome.problem = CUT;
    for await (const event of events(response)) {
      if (event.type === "started") onStarted(event.conversation);
      if (event.type === "moved") say(moved = event.said);
      if (event.type === "piece") {
        answer ??= addAnswer(moved);
        outcome.begun = true;
        addPiece(answer, event);
      }
      if (event.type === "error") outcome.problem = event;
      if (event.type === "done") {
        outcome.problem = null;
        if (answer) addNotes(answer, event);
      }
    }
  } catch (problem) {
    outcome.stopped = stop.signal.aborted;
    outcome.problem = outcome.stopped ? null : (problem.title ? problem : CUT);
  }
  return close(outcome, question, answer, moved);
}

function close(outcome, question, answer, moved) {
  if (answer) finish(answer, noteOf(outcome));
  else if (!outcome.problem && !outcome.stopped) finish(addAnswer(moved), gettext("Le modèle n'a rien répondu."));
  else question?.remove(); // nothing came: the text goes back to the composer
  say(statusOf(outcome));
  return { ...outcome, answer };
}

function noteOf({ problem, stopped }) {
  if (stopped) return gettext("Réponse arrêtée avant la fin.");
  return problem ? gettext("Réponse incomplète : le service d'IA s'est interrompu.") : "";
}

function statusOf({ problem, stopped }) {
  if (stopped) return gettext("Réponse arrêtée.");
  return problem ? "" : gettext("Réponse terminée. Relisez-la avant de vous en servir.");
}
