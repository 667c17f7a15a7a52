/**
 * What something costs, where a bound has to hold on a machine that does other things too.
 */

/** A stall, garbage of others to collect, or a second in which the machine is slow hits some tries and not all of them. */
const maxTries = 20;

/**
 * Milliseconds that this thread had the processor during `run`: the first try below `boundMs`, else the least of several.
 * What costs more than the bound by itself costs it each time.
 */
export function leastProcessorMs(run: () => void, boundMs: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < maxTries && least >= boundMs; tries += 1) {
    const before = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
