/** Milliseconds of processor time that this process used for `work`: a busy machine adds nothing to it. */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
