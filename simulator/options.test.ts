import { describe, expect, it } from "vitest";
import { readOptions } from "./options.ts";

describe("readOptions", () => {
  it("has ports and a file of its own", () => {
    expect(readOptions([], {})).toMatchObject({
      port: 4010,
      controlPort: 4011,
      dataFile: ".data/simulator.json",
      seed: 1,
      createCharges: false,
    });
  });

  it("takes the command line before the environment", () => {
    const options = readOptions(
      [
        "--port",
        "0",
        "--complete-ms",
        "10-20",
        "--create-charges",
        "--balance",
        "usd=5,rub=7.5",
        "--clock-offset-ms=-600000",
      ],
      {
        SIMULATOR_PORT: "99",
        SIMULATOR_CONTROL_PORT: "98",
        SIMULATOR_API_KEY: "k",
        SIMULATOR_DATA: "none",
        SIMULATOR_CHARGED_ACTIVE_MS: "0",
      },
    );
    expect(options).toMatchObject({
      port: 0,
      controlPort: 98,
      apiKey: "k",
      dataFile: null,
      createCharges: true,
      chargedActiveMs: 0,
      clockOffsetMs: -600_000,
      timing: { completeMs: { minMs: 10, maxMs: 20 } },
      startBalances: { usd: "5", rub: "7.5" },
    });
  });

  it.each([
    ["--port", "x"],
    ["--complete-ms", "9-1"],
    ["--balance", "eur=1"],
    ["--nonsense", "1"],
  ])("refuses %s %s with a sentence", (...args) => {
    expect(() => readOptions(args, {})).toThrow();
  });
});
