/**
 * Tells the network of a client: what its requests are counted by.
 *
 * Apart from `ip-address.ts` because every isolate loads it: the ranges there are 2 KB of start-up code.
 */

/** An IPv4 address as it is; of IPv6 the first 64 bits, because one person has all addresses below them. */
export function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head.split(':');
  // The short spelling leaves out as many zeros as there is room for.
  if (tail !== undefined) while (groups.length < 8 - tail.split(':').length) groups.push('0');
  return groups.slice(0, 4).join(':');
}
