import { clsx } from "clsx";
import type { Ref, TextareaHTMLAttributes } from "react";
import { controlClass } from "#components/ui/control-class.ts";

/** A few lines of text. Give it its label with `Field`. */
export function Textarea({
  rows = 3,
  className,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <textarea
      rows={rows}
      className={clsx(controlClass, "min-h-16 resize-y px-2.5 py-1.5", className)}
      {...rest}
    />
  );
}
