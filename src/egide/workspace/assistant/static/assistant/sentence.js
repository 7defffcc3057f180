// The sentence around a value, as a pilot would read it: the other values found in it are replaced by
// what they are, because they are nobody's business there.

const AROUND = 160; // characters kept on each side of the value when the sentence is longer than twice that
const LONGEST = 1000;
const STOP = /([\p{L}\d]*)["»)]*([.!?…]+)["»)]*\s+|\n+/gu;

// An empty text when the value no longer stands in `text`, or stands there alone.
export function sentenceAround(text, value, findings) {
  const start = placeOf(text, value);
  if (start < 0) return "";
  const [from, to] = bounds(text, start, start + value.length);
  const sentence = veiled(text, from, to, value, findings);
  return sentence.length <= LONGEST && sentence.length > value.trim().length ? sentence : "";
}

function placeOf(text, value) {
  const exact = text.indexOf(value);
  return exact >= 0 ? exact : text.toLowerCase().indexOf(value.toLowerCase());
}

function bounds(text, start, end) {
  let from = 0;
  let to = text.length;
  for (const stop of text.matchAll(STOP)) {
    const after = stop.index + stop[0].length;
    if (!endsSentence(stop)) continue;
    if (after <= start) from = after;
    else if (stop.index >= end || after > end) {
      to = after;
      break;
    }
  }
  if (start - from > AROUND) from = text.indexOf(" ", start - AROUND) + 1 || start;
  if (from > start) from = start;
  if (to - end > AROUND) to = Math.max(text.lastIndexOf(" ", end + AROUND), end);
  return [from, to];
}

// "M. Morvan" and "art. 3" go on; "12." and "jour !" end.
function endsSentence([, word, sign]) {
  return sign === undefined || sign !== "." || word.length > 3 || /\d$/.test(word);
}

function veiled(text, from, to, value, findings) {
  const wanted = value.toLowerCase();
  const parts = [];
  let position = from;
  for (const finding of findings) {
    const found = text.slice(finding.start, finding.end).toLowerCase();
    if (finding.end <= position || finding.start >= to || found.includes(wanted) || wanted.includes(found)) continue;
    parts.push(text.slice(position, Math.max(position, finding.start)), `[${finding.word}]`);
    position = Math.min(finding.end, to);
  }
  parts.push(text.slice(position, to));
  return parts.join("").replace(/\s+/g, " ").trim();
}
