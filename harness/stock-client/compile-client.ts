import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const OPTIONS: ts.CompilerOptions = {
  ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
  ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, types: [] },
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};

/**
 * What a shop does that goes by the document alone: types by openapi-typescript in `schema.ts`, its own program beside
 * them, checked and compiled by the TypeScript that this generator wants. Throws what TypeScript complains of.
 * @param program an ES module
 * @returns the module, compiled, and how to take it away
 */
export async function compileClient(
  document: object,
  program: string,
): Promise<{ file: string; remove: () => void }> {
  // Where every tool looks past it, and from where packages are found.
  const modules = join(import.meta.dirname, "node_modules");
  mkdirSync(modules, { recursive: true });
  const folder = mkdtempSync(join(modules, ".made-"));
  const remove = () => rmSync(folder, { recursive: true });
  try {
    // biome-ignore lint/suspicious/noExplicitAny: its type of a document is narrower than documents are.
    const schema = astToString(await openapiTS(document as any));
    writeFileSync(join(folder, "schema.ts"), schema);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const source = join(folder, "shop.ts");
    writeFileSync(source, program);
    const made = ts.createProgram([source], OPTIONS);
    const complaints = [...ts.getPreEmitDiagnostics(made), ...made.emit().diagnostics];
    if (complaints.length > 0) throw new Error(wordsOf(complaints));
    return { file: join(folder, "shop.js"), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

const wordsOf = (complaints: readonly ts.Diagnostic[]): string =>
  ts.formatDiagnostics(complaints, {
    getCanonicalFileName: (file) => file,
    getCurrentDirectory: () => import.meta.dirname,
    getNewLine: () => "\n",
  });
