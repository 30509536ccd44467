export default function P() { return <p>Plain</p>; }
