import { clsx } from "clsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { shortId } from "#components/ui/short-id.ts";

/** An id in mono, shortened, whole on hover, with its copy button. */
export function MonoId({
  value,
  copyLabel,
  whole = false,
  className,
}: {
  value: string;
  /** As in "Copy order id". Without it there is no button (in table rows, say). */
  copyLabel?: string;
  whole?: boolean;
  className?: string;
}) {
  const text = whole ? value : shortId(value);
  return (
    <span className={clsx("inline-flex min-w-0 items-center gap-0.5 align-middle", className)}>
      <code
        {...(text !== value && { "data-tip": value })}
        className={clsx("font-mono text-xs", whole ? "wrap-anywhere" : "whitespace-nowrap")}
      >
        {text}
      </code>
      {copyLabel && <CopyButton value={value} label={copyLabel} className="-my-1.5" />}
    </span>
  );
}
