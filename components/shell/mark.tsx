import { clsx } from "clsx";

/** The mark: a keyhole held by a ring that leaves a way in. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      aria-hidden="true"
      className={clsx("shrink-0 text-accent", className ?? "size-5")}
    >
      <path
        d="M16.6 19.9A9.25 9.25 0 1 1 19.9 16.6"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
      <path
        d="M12 6.9a3.2 3.2 0 0 0-1.55 6l-.78 3.2a.75.75 0 0 0 .73.93h3.2a.75.75 0 0 0 .73-.93l-.78-3.2A3.2 3.2 0 0 0 12 6.9Z"
        fill="currentColor"
      />
    </svg>
  );
}

/** Mark and name. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={clsx("inline-flex items-center gap-2", className)}>
      <Mark />
      <span className="text-base font-semibold tracking-tight">Keyhold</span>
    </span>
  );
}
