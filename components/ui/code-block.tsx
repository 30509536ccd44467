import { clsx } from "clsx";
import { CopyButton } from "#components/ui/copy-button.tsx";

/** Machine text as it is: an answer, a code. Scrolls sideways in itself; never the page. */
export function CodeBlock({
  text,
  label,
  copyLabel,
  wrap = false,
  className,
}: {
  text: string;
  /** Names it for screen readers. */
  label: string;
  copyLabel?: string;
  /** Breaks long lines, for codes and one-liners. */
  wrap?: boolean;
  className?: string;
}) {
  return (
    <div className={clsx("relative rounded-md border border-line bg-sunken", className)}>
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling region must be focusable and named */}
      <pre
        role="region"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards scroll it too
        tabIndex={0}
        className={clsx(
          "max-h-96 overflow-auto rounded-md px-3 py-2.5 font-mono text-xs",
          copyLabel && "pr-12",
          wrap && "whitespace-pre-wrap wrap-anywhere",
        )}
      >
        {text}
      </pre>
      {copyLabel && (
        <CopyButton value={text} label={copyLabel} className="absolute! top-1 right-1 bg-sunken" />
      )}
    </div>
  );
}
