"use client";

import { clsx } from "clsx";
import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type DragEvent, useEffect, useId, useRef, useState } from "react";
import { readFileText } from "#components/codes/read-file-text.ts";
import { Field } from "#components/ui/field.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

const MOST_FILE_BYTES = 64 * 1024 * 1024;

/** `name`: the file's; "" for a paste. */
export type Source = { name: string; text: string };

/** A file, or a paste. Either is read here, in the browser, and kept nowhere. */
export function ImportSource({
  source,
  onSource,
}: {
  source: Source | null;
  onSource: (source: Source | null) => void;
}) {
  const t = useTranslations("import.source");
  const isPasted = source?.name === "";
  const [way, setWay] = useState<"file" | "paste">(isPasted ? "paste" : "file");
  const [problem, setProblem] = useState<"too_large" | "unreadable" | null>(null);

  async function read(file: File | undefined): Promise<void> {
    if (!file) return;
    setProblem(file.size > MOST_FILE_BYTES ? "too_large" : null);
    if (file.size > MOST_FILE_BYTES) return;
    try {
      onSource({ name: file.name, text: await readFileText(file) });
    } catch {
      setProblem("unreadable");
    }
  }
  return (
    <div className="grid max-w-160 gap-3">
      <SegmentedControl
        label={t("way")}
        value={way}
        // What is there stays until there is something else: arrow keys pass through either.
        onValueChange={setWay}
        options={[
          { value: "file", label: t("file") },
          { value: "paste", label: t("paste") },
        ]}
      />
      {way === "file" ? (
        // i18n-use: import.source.too_large i18n-use: import.source.unreadable
        <FileDrop name={source?.name || null} problem={problem && t(problem)} onFile={read} />
      ) : (
        <Field label={t("text")} hint={t("textHint")}>
          {(control) => (
            <Textarea
              {...control}
              rows={8}
              autoComplete="off"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
              className="font-mono text-xs"
              value={isPasted ? source.text : ""}
              onChange={({ target }) =>
                onSource(target.value === "" ? null : { name: "", text: target.value })
              }
            />
          )}
        </Field>
      )}
    </div>
  );
}

function FileDrop({
  name,
  problem,
  onFile,
}: {
  name: string | null;
  problem: string | null;
  onFile: (file: File | undefined) => Promise<void>;
}) {
  const t = useTranslations("import.source");
  const id = useId();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const chosen = useRef(onFile);
  useEffect(() => {
    chosen.current = onFile;
  });
  // Chosen before this page was awake: nobody has heard of it yet.
  useEffect(() => void chosen.current(input.current?.files?.[0]), []);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void onFile(event.dataTransfer.files[0]);
  };
  return (
    <div className="grid gap-1">
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={clsx(
          "flex min-h-24 cursor-pointer flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-dashed px-4 py-3 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent",
          over ? "border-accent bg-accent-soft" : "border-control hover:bg-hover",
        )}
      >
        <FileUp aria-hidden className="size-5 text-ink-3" />
        <span className="grid min-w-0 flex-1 gap-0.5">
          <span className="font-medium wrap-anywhere">{name ?? t("choose")}</span>
          <span className="text-xs text-ink-2">{name === null ? t("kinds") : t("other")}</span>
        </span>
        <input
          ref={input}
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
          aria-describedby={problem ? `${id}-problem` : undefined}
          onChange={({ target }) => {
            void onFile(target.files?.[0]);
            // The same file chosen again is a choice too.
            target.value = "";
          }}
          className="sr-only"
        />
      </label>
      {problem && (
        <p id={`${id}-problem`} role="alert" className="text-xs text-risk">
          {problem}
        </p>
      )}
    </div>
  );
}
