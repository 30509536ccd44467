import { Q } from "./q.tsx";
export default function P() { return <Q/>; }
