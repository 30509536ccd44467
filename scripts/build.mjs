import { enter } from "./check-machine.mjs";

enter(() => import("./run/build.mjs"));
