/**
 * Tells which literal IP addresses in URLs lead to the public Internet.
 *
 * Takes host names as the WHATWG URL parser writes them: it has already turned decimal, octal, hexadecimal, short
 * and full-width spellings into four decimal numbers, and IPv6 into its compressed form in brackets.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/ and iana-ipv6-special-registry
 */

/** What an address is, in a word that people understand. Only `public` addresses are requested. */
export type AddressKind = 'public' | 'loopback' | 'private' | 'link-local' | 'multicast' | 'reserved' | 'metadata';

/** First address, prefix length, kind. The first match counts. */
const ipv4Ranges: readonly (readonly [string, number, AddressKind])[] = [
  ['169.254.169.254', 32, 'metadata'], // AWS, Google, Azure, DigitalOcean
  ['100.100.100.200', 32, 'metadata'], // Alibaba
  ['168.63.129.16', 32, 'metadata'], // Azure's host agent, a public address by its looks
  ['192.0.0.192', 32, 'metadata'], // Oracle
  ['0.0.0.0', 8, 'loopback'], // "this host": Linux connects it to itself
  ['127.0.0.0', 8, 'loopback'],
  ['10.0.0.0', 8, 'private'],
  ['172.16.0.0', 12, 'private'],
  ['192.168.0.0', 16, 'private'],
  ['100.64.0.0', 10, 'private'], // carrier-grade NAT, RFC 6598
  ['169.254.0.0', 16, 'link-local'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'reserved'], // documentation, as the two below
  ['198.51.100.0', 24, 'reserved'],
  ['203.0.113.0', 24, 'reserved'],
  ['192.88.99.0', 24, 'reserved'], // 6to4 relays
  ['198.18.0.0', 15, 'reserved'], // benchmarks
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved'], // and broadcast
];

function toNumber(dotted: string): number {
  return dotted.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The kind of an IPv4 address written as four decimal numbers; `undefined` when `host` is none. */
export function kindOfIpv4(host: string): AddressKind | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return undefined;
  const address = toNumber(host);
  for (const [first, prefix, kind] of ipv4Ranges) {
    const size = 2 ** (32 - prefix);
    if (Math.floor(address / size) === Math.floor(toNumber(first) / size)) return kind;
  }
  return 'public';
}

/** First groups of the address, how many bits of them count, kind. */
const ipv6Ranges: readonly (readonly [readonly number[], number, AddressKind])[] = [
  [[0xfd00, 0x0ec2], 32, 'metadata'], // AWS
  [[0xfc00], 7, 'private'], // unique local
  [[0xfe80], 10, 'link-local'],
  [[0xfec0], 10, 'private'], // site-local of old
  [[0xff00], 8, 'multicast'],
  [[0x2001, 0x0000], 23, 'reserved'], // protocol assignments, Teredo among them
  [[0x2001, 0x0db8], 32, 'reserved'], // documentation
  [[0x2002], 16, 'reserved'], // 6to4: an IPv4 address in disguise
  [[0x3fff, 0x0000], 20, 'reserved'], // documentation
  [[0x2000], 3, 'public'],
];

/** The kind of an IPv6 address as in a URL, in brackets; `undefined` when `host` is none. Unassigned space is `reserved`. */
export function kindOfIpv6(host: string): AddressKind | undefined {
  if (!host.startsWith('[') || !host.endsWith(']')) return undefined;
  const groups = expand(host.slice(1, -1));
  if (groups.slice(0, 7).every((group) => group === 0) && (groups[7] ?? 0) <= 1) return 'loopback';
  for (const [prefix, bits, kind] of ipv6Ranges) if (startsWith(groups, prefix, bits)) return kind;
  // ::ffff:0:0/96 (mapped), ::/96 (compatible), 64:ff9b::/96 (NAT64) carry an IPv4 address: never needed, always refused.
  const embedded = kindOfIpv4([groups[6] ?? 0, groups[7] ?? 0].flatMap((group) => [group >> 8, group & 255]).join('.'));
  return embedded === undefined || embedded === 'public' ? 'reserved' : embedded;
}

function expand(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const left = parseGroups(head);
  const right = parseGroups(tail ?? '');
  return [...left, ...Array.from<number>({ length: 8 - left.length - right.length }).fill(0), ...right];
}

function parseGroups(part: string): number[] {
  return part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
}

function startsWith(groups: readonly number[], prefix: readonly number[], bits: number): boolean {
  for (let index = 0; index * 16 < bits; index += 1) {
    const counted = Math.min(16, bits - index * 16);
    const mask = (0xffff << (16 - counted)) & 0xffff;
    if (((groups[index] ?? 0) & mask) !== ((prefix[index] ?? 0) & mask)) return false;
  }
  return true;
}
