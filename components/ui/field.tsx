import { clsx } from "clsx";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";

/** What a control spreads on itself so that label, hint and error belong to it. */
export type FieldControl = {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  required?: true;
};

/**
 * Label, control, hint, error. The control is built by the child function, which gets the
 * attributes that tie everything together:
 * `<Field label="Quantity">{(control) => <Input name="quantity" {...control} />}</Field>`
 */
export function Field({
  label,
  hint,
  error,
  required = false,
  optional = false,
  aside,
  children,
  className,
}: {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do. Its presence marks the control invalid. */
  error?: ReactNode;
  required?: boolean;
  /** Says "optional" beside the label: in our forms most fields are needed. */
  optional?: boolean;
  /** Something small at the end of the label's line, such as a limit. */
  aside?: ReactNode;
  children: (control: FieldControl) => ReactNode;
  className?: string;
}) {
  const t = useTranslations("ui");
  const id = useId();
  const described = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean);
  return (
    <div className={clsx("grid min-w-0 content-start gap-1", className)}>
      <div className="flex items-baseline justify-between gap-3 text-xs">
        <label htmlFor={id} className="font-medium text-ink-2">
          {label}
          {optional && <span className="ml-1.5 font-normal text-ink-3">{t("field.optional")}</span>}
        </label>
        {aside && <span className="text-ink-3">{aside}</span>}
      </div>
      {children({
        id,
        ...(described.length > 0 && { "aria-describedby": described.join(" ") }),
        ...(error && { "aria-invalid": true }),
        ...(required && { required: true }),
      })}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-xs text-risk">
          <CircleAlert aria-hidden className="mt-px size-3.5" />
          <span className="min-w-0 wrap-anywhere">{error}</span>
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-ink-2">
          {hint}
        </p>
      )}
    </div>
  );
}
