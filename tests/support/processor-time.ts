/**
 * What something costs, where a bound has to hold on a machine that does other things too.
 */

/** A stall, or a collection of garbage that is not its own, hits one try and not all of them. */
const maxTries = 5;

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
