import { clsx } from "clsx";

/** What the supplier said, word for word, marked as being theirs. */
export function SupplierWords({
  label,
  words,
  code = null,
  className,
}: {
  /** Says that it is a quotation: "The supplier says:". */
  label: string;
  words: string;
  code?: string | null;
  className?: string;
}) {
  if (!words && !code) return null;
  return (
    <p className={clsx("border-l-2 border-line-strong pl-3 text-ink-2 wrap-anywhere", className)}>
      <span className="text-ink-3">{label}</span> <q>{words}</q>
      {code && <code className="ml-2 font-mono text-xs text-ink-3">{code}</code>}
    </p>
  );
}
