import pg from "pg";
const stats = new Map<string, { n: number }>();
const Q = (pg as any).Query; const orig = Q.prototype.submit;
Q.prototype.submit = function (c: any) { const k = String(this.text).replace(/\s+/g, " ").replace(/sim\.now = \d+/, "sim.now").slice(0, 130); const s = stats.get(k) ?? { n: 0 }; s.n++; stats.set(k, s); return orig.call(this, c); };
process.on("exit", () => { let tot = 0; for (const v of stats.values()) tot += v.n; console.log("queries", tot); for (const [k, v] of [...stats].sort((a, b) => b[1].n - a[1].n).slice(0, 25)) console.log(v.n, k); });
await import("./main.ts");
