"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "#components/ui/button.tsx";

/** The submit button of a form with a server action: busy while the action runs. */
export function SubmitButton({ busy = false, ...rest }: Omit<ButtonProps, "type" | "asChild">) {
  const { pending } = useFormStatus();
  return <Button variant="primary" {...rest} type="submit" busy={busy || pending} />;
}
