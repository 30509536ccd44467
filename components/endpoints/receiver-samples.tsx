"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Section } from "#components/ui/section.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";

export type Sample = { language: string; text: string };

/** Receivers that verify a message's signature, ready to be copied. */
export function ReceiverSamples({ samples }: { samples: readonly Sample[] }) {
  const t = useTranslations("endpoints.samples");
  const [language, setLanguage] = useState(samples[0]?.language ?? "");
  const shown = samples.find((sample) => sample.language === language);
  return (
    <Section
      title={t("title")}
      description={t("body")}
      action={
        <SegmentedControl
          label={t("language")}
          value={language}
          onValueChange={setLanguage}
          options={samples.map((sample) => ({ value: sample.language, label: sample.language }))}
        />
      }
    >
      {shown && (
        <CodeBlock
          key={language}
          text={shown.text}
          label={t("label", { language })}
          copyLabel={t("copy")}
        />
      )}
    </Section>
  );
}
