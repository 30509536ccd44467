import { Q } from "./q.tsx";
import Link from "next/link";
export default function P() { return <><Link href="/">x</Link><Q/></>; }
