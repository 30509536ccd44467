import { clsx } from "clsx";
import type { Ref, TextareaHTMLAttributes } from "react";
import { controlClass } from "#components/ui/control-class.ts";

/** Several lines of text; grows with them where the browser can. */
export function Textarea({
  className,
  rows = 3,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <textarea
      rows={rows}
      className={clsx(controlClass, "field-sizing-content min-h-18 px-2.5 py-1.5", className)}
      {...rest}
    />
  );
}
