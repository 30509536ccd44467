"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { rotateSupplierSecretAction } from "#app/(console)/settings/suppliers/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { RotatedDialog } from "#components/supplier-settings/rotated-dialog.tsx";
import { TriedNotice } from "#components/supplier-settings/tried-notice.tsx";
import { useAccountAct } from "#components/supplier-settings/use-account-act.ts";
import { useProblemText } from "#components/supplier-settings/use-problem-text.ts";
import { useSecretName } from "#components/supplier-settings/use-secret-name.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field, type FieldControl } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { RotatedSupplierSecret, SecretView } from "#lib/suppliers/room-types.ts";

const LONGEST_SECRET = 2_048;

/** Gives an account another secret without stopping it: what is under way ends with the one before. */
export function RotateDialog({
  account,
  secret,
  onClose,
}: {
  account: AccountView;
  secret: SecretView;
  onClose: () => void;
}) {
  const t = useTranslations("supplierSettings.rotate");
  const act = useAccountAct();
  const nameOf = useSecretName();
  const nameWithin = useSecretName("secretWithin");
  const problemText = useProblemText();
  const isKey = secret.proves === "them" && provesByKey(account.config);
  const mayMake = secret.isGenerated && !isKey;
  const [makes, setMakes] = useState(mayMake);
  const [value, setValue] = useState("");
  const [atOnce, setAtOnce] = useState(false);
  const [tried, setTried] = useState(false);
  const [answer, setAnswer] = useState<RotatedSupplierSecret | null>(null);
  const isMissing = !makes && value.trim() === "";
  async function submit() {
    setTried(true);
    if (isMissing) return;
    const wish = { id: account.id, name: secret.name, value: makes ? null : value.trim(), atOnce };
    setAnswer(await act.run(() => rotateSupplierSecretAction(wish)));
  }
  const name = nameWithin(secret.name);
  if (answer?.kind === "rotated") {
    return (
      <RotatedDialog
        rotated={answer}
        secret={secret}
        webhookUrl={account.webhookUrl}
        onClose={onClose}
      />
    );
  }
  const problem = answer?.kind === "invalid" ? answer.problems[0] : undefined;
  const error = tried && isMissing ? t("missing") : problem && problemText(problem.code);
  const common = (control: FieldControl) => ({
    ...control,
    autoComplete: "new-password",
    spellCheck: false,
    maxLength: LONGEST_SECRET,
    value,
  });
  return (
    <ActDialog
      words="supplierSettings"
      title={t(secret.current ? "title" : "titleFirst", { name })}
      description={t(`body.${secret.proves}`)}
      verb={t(secret.current ? "verb" : "verbFirst")}
      danger={atOnce}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {mayMake && (
        <RadioGroup
          legend={t("who")}
          name="who"
          startHere
          value={makes ? "keyhold" : "given"}
          onValueChange={(who) => setMakes(who === "keyhold")}
          options={[
            { value: "keyhold", label: t("make"), hint: t("makeHint") },
            { value: "given", label: t("given"), hint: t("givenHint") },
          ]}
        />
      )}
      {!makes && (
        <Field label={nameOf(secret.name)} error={error} required>
          {(control) =>
            isKey ? (
              <Textarea
                {...common(control)}
                rows={5}
                maxLength={4 * LONGEST_SECRET}
                className="font-mono text-xs"
                onChange={({ target }) => setValue(target.value)}
              />
            ) : (
              <Input
                {...common(control)}
                type="password"
                mono
                {...(!mayMake && { "data-autofocus": true })}
                onChange={({ target }) => setValue(target.value)}
              />
            )
          }
        </Field>
      )}
      {makes && problem && <Notice tone="risk">{problemText(problem.code)}</Notice>}
      {secret.proves === "them" && secret.current && (
        <Checkbox
          label={t("atOnce")}
          hint={t("atOnceHint")}
          checked={atOnce}
          onChange={({ target }) => setAtOnce(target.checked)}
        />
      )}
      {answer?.kind === "unusable" && <TriedNotice tried={answer.tried} isUnsaved />}
    </ActDialog>
  );
}

/** Whether messages are proved by a public key of the supplier's, which nobody here can make. */
function provesByKey(config: AccountView["config"]): boolean {
  const signature = config?.signature;
  if (typeof signature !== "object" || signature === null || Array.isArray(signature)) return false;
  return signature.scheme === "rsa_sha256";
}
