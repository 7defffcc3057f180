// Asks the server what would happen to the draft, a moment after the last change; older questions are
// cancelled, so that an answer shown is always about the text on the screen.

import { post } from "./server.js";

const PAUSE = 150;

export function previewer(url, { onFresh, onProblem }) {
  let timer = null;
  let running = null;
  let last = null; // the draft, as sent, that the last answer is about

  async function ask(draft) {
    running = new AbortController();
    const { signal } = running;
    try {
      const preview = await post(url, draft, signal);
      if (signal.aborted) return;
      last = JSON.stringify(draft);
      onFresh(draft, preview);
    } catch (problem) {
      if (!signal.aborted) onProblem(problem);
    }
  }

  return {
    request(draft, pause = PAUSE) {
      clearTimeout(timer);
      running?.abort();
      last = null;
      timer = setTimeout(() => ask(draft), pause);
    },
    cancel() {
      clearTimeout(timer);
      running?.abort();
      last = null;
    },
    isAbout(draft) {
      return last !== null && last === JSON.stringify(draft);
    },
  };
}
