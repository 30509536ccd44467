import { expect, test } from "vitest";
import { completeLockfile, completenessProblems, missingPackages } from "./complete-lockfile.mjs";

const lockfile = {
  lockfileVersion: 3,
  packages: {
    "": { name: "keyhold" },
    "node_modules/parser": {
      version: "1.2.3",
      dev: true,
      optionalDependencies: {
        "@parser/linux-x64-gnu": "1.2.3",
        "@parser/linux-arm64-musl": "1.2.3",
        "@parser/win32-ia32-msvc": "1.2.3",
        "@parser/wasm32-wasi": "1.2.3",
      },
    },
    "node_modules/parser/node_modules/@parser/linux-x64-gnu": { version: "1.2.3", optional: true },
  },
};

test("adds what npm left out, with its platform and its parent's place", () => {
  const { packages } = completeLockfile(lockfile);
  expect(packages["node_modules/@parser/linux-arm64-musl"]).toEqual({
    version: "1.2.3",
    cpu: ["arm64"],
    os: ["linux"],
    libc: ["musl"],
    dev: true,
    optional: true,
  });
  expect(packages["node_modules/@parser/win32-ia32-msvc"]).toMatchObject({
    cpu: ["ia32"],
    os: ["win32"],
  });
  expect(packages["node_modules/@parser/wasm32-wasi"]).toMatchObject({ cpu: ["wasm32"] });
  expect(Object.keys(packages)).toHaveLength(6);
  expect(missingPackages({ packages })).toEqual([]);
});

test("says what to do about an incomplete one", () => {
  expect(completenessProblems(lockfile)).toEqual([
    expect.stringContaining("lacks 3 optional packages"),
  ]);
  expect(completenessProblems(completeLockfile(lockfile))).toEqual([]);
});
