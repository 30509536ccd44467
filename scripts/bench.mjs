import { enter } from "./check-machine.mjs";

enter(() => import("./run/bench.mjs"));
