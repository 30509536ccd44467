/** One line for the person at the terminal. */
export function say(line = "") {
  process.stdout.write(`${line}\n`);
}

/** A length of time as a person reads it: `0.4 s`, `12 s`, `2 min 5 s`. */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * What a failed program said, indented, for the sentence that tells of it: its first and its last
 * lines, since some programs name the cause at the top and others at the end.
 */
export function excerpt(text, count = 16) {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const half = Math.floor(count / 2);
  const kept =
    lines.length <= count ? lines : [...lines.slice(0, half), "…", ...lines.slice(-half)];
  return kept.map((line) => `    ${line}`).join("\n");
}
