import { clsx } from "clsx";

/** How much of something there is, as a thin bar, for eyes only: words beside it say the same. */
export function Meter({
  value,
  of,
  tone = "accent",
  className,
}: {
  value: number;
  of: number;
  tone?: "accent" | "look" | "risk";
  className?: string;
}) {
  const share = of > 0 ? Math.min(1, Math.max(0, value / of)) : 0;
  return (
    <span
      aria-hidden
      className={clsx("block h-1.5 w-full overflow-hidden rounded-full bg-skeleton", className)}
    >
      <span
        className={clsx(
          "block h-full rounded-full",
          tone === "accent" && "bg-accent-fill",
          tone === "look" && "bg-look-solid",
          tone === "risk" && "bg-risk-solid",
        )}
        style={{ width: `${share * 100}%` }}
      />
    </span>
  );
}
