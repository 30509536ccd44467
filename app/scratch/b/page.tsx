import { Scratch } from "#components/ui/scratch.tsx";
export default function P() { return <Scratch/>; }
