/** What text-like controls share: border of 3:1, accent on focus, red when invalid. */
export const controlClass = [
  "w-full min-w-0 rounded-md border border-control bg-surface text-sm text-ink transition-colors",
  "hover:border-ink-3 focus:border-accent focus:outline-1 focus:outline-offset-0 focus:outline-accent",
  "aria-invalid:border-risk aria-invalid:focus:outline-risk",
  "disabled:border-line-strong disabled:bg-sunken disabled:text-ink-3",
].join(" ");
