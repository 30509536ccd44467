import { clsx } from "clsx";
import { encode } from "uqr";

/** Modules of white around it, as the standard asks. */
const QUIET = 4;

/**
 * A text as a QR code: dark on white in both themes, since cameras want it so. Nothing where the text is
 * longer than one can hold.
 */
export function CodeQr({
  text,
  label,
  className = "size-44",
}: {
  text: string;
  /** What it is, for who can't see it. */
  label: string;
  className?: string;
}) {
  const code = encoded(text);
  if (!code) return null;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${code.size} ${code.size}`}
      shapeRendering="crispEdges"
      className={clsx("rounded-md", className)}
    >
      <path fill="#fff" d={`M0 0h${code.size}v${code.size}H0z`} />
      <path fill="#000" d={code.path} />
    </svg>
  );
}

function encoded(text: string): { size: number; path: string } | null {
  try {
    const { size, data } = encode(text, { ecc: "M", border: QUIET });
    return { size, path: pathOf(data) };
  } catch {
    return null;
  }
}

/** Each row's dark stretches as one rectangle each. */
export function pathOf(rows: boolean[][]): string {
  let path = "";
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      const width = x + 1 - from;
      path += `M${from} ${y}h${width}v1h-${width}z`;
    }
  });
  return path;
}
