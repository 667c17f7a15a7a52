/**
 * Decides which addresses may be requested: public web servers, and private hosts only when the owner names them.
 *
 * This file sees spellings, not DNS: Workers have no lookup before a fetch, so a public name that resolves to a private
 * address passes here. On Cloudflare the edge itself refuses to connect there. Whoever runs workerd elsewhere needs an egress
 * filter.
 */
import type { HttpUrl } from './http-url.ts';
import { kindOfIpv4, kindOfIpv6 } from './ip-address.ts';

/** What the owner allows. Names are `host` (any port) or `host:port`, as in `PRIVATE_HOSTS`. */
export interface AddressPolicy {
  /** Hosts that may be asked although they are private: for tests and intranets. */
  readonly privateHosts: readonly string[];
  /** Our own public addresses: a request to them would make a loop. */
  readonly ownHosts: readonly string[];
}

/** Names that mean this machine or the local network, with all names below them. */
const localNames: readonly string[] = [
  // RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`, and what networks use by habit.
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'intra',
  'private',
  'corp',
  'home',
  'lan',
  'workgroup',
  'home.arpa',
  // Clusters and their service discovery.
  'svc',
  'cluster',
  'consul',
  'docker',
  // Routers answer to these themselves.
  'fritz.box',
  'fritz.nas',
  'easy.box',
  'o2.box',
  'speedport.ip',
  'router',
  'gateway',
  'tplinkwifi.net',
  'tplinklogin.net',
  'routerlogin.net',
  'routerlogin.com',
  'router.asus.com',
  'mywifiext.net',
  'myfritz.box',
  // Public names made to resolve to loopback, or to an address that is spelled inside them.
  'nip.io',
  'sslip.io',
  'xip.io',
  'ip6.name',
  'traefik.me',
  'backname.io',
  'localtest.me',
  'lvh.me',
  'vcap.me',
  'lacolhost.com',
  'local.gd',
  'localho.st',
  'localhost.direct',
  'localhost.run',
  'rbndr.us',
  '1u.ms',
];

/** Top-level names that no site will ever have (RFC 2606 section 2). They are refused without a DNS lookup. */
const reservedSuffixes: readonly string[] = ['example', 'invalid', 'test'];

/** The Fetch standard's blocked ports: services that a stray HTTP request can do harm to. */
const blockedPorts: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** Why `url` must not be requested, in one sentence; `undefined` when it may. Call this for every hop of a redirect. */
export function refuseAddress(url: HttpUrl, policy: AddressPolicy): string | undefined {
  const { hostname, port, protocol, username, password } = new URL(url);
  const host = { name: hostname.replace(/\.+$/, ''), port: port === '' ? defaultPort(protocol) : Number(port) };
  if (username !== '' || password !== '') return 'a URL with a user name or password is not asked';
  if (policy.ownHosts.some((own) => isOwn(own, host))) return `${host.name} is this installation itself`;
  if (policy.privateHosts.some((allowed) => names(allowed, host))) return undefined;
  if (host.name === '') return 'the URL has no host';
  if (blockedPorts.has(host.port)) return `port ${host.port} belongs to another service than the web`;
  const kind = kindOfIpv4(host.name) ?? kindOfIpv6(host.name);
  if (kind === 'public') return undefined;
  if (kind !== undefined) return `${host.name} is a ${kind} address`;
  if (!host.name.includes('.')) return `${host.name} is a name of the local network only`;
  const local = localNames.find((name) => host.name === name || host.name.endsWith(`.${name}`));
  if (local !== undefined) return `${host.name} belongs to the local network, as all names under ${local} do`;
  const reserved = reservedSuffixes.find((reserved) => host.name.endsWith(`.${reserved}`));
  return reserved === undefined ? undefined : `names under .${reserved} are reserved and lead nowhere (RFC 2606)`;
}

interface Host {
  readonly name: string;
  readonly port: number;
}

function defaultPort(protocol: string): number {
  return protocol === 'https:' ? 443 : 80;
}

/** Splits `host` or `host:port` the way URLs are split; IPv6 in brackets, or bare without a port. */
function parseHost(text: string): { readonly name: string; readonly port?: number } | undefined {
  const trimmed = text.trim();
  const bracketed = /^[^[\]]*:[^[\]]*:/.test(trimmed) ? `[${trimmed}]` : trimmed;
  const port = /:(\d+)$/.exec(bracketed.replace(/^\[.*\]/, ''))?.[1];
  const url = URL.parse(`http://${bracketed}/`);
  if (url === null || url.hostname === '') return undefined;
  return { name: url.hostname.replace(/\.+$/, ''), ...(port === undefined ? {} : { port: Number(port) }) };
}

function names(text: string, host: Host): boolean {
  const named = parseHost(text);
  return named !== undefined && named.name === host.name && (named.port ?? host.port) === host.port;
}

/** Like a match of `names`, but all spellings of this machine are one: `localhost` and 127.0.0.1 lead to the same loop. */
function isOwn(text: string, host: Host): boolean {
  const own = parseHost(text);
  if (own === undefined || (own.port ?? host.port) !== host.port) return false;
  return own.name === host.name || (isLoopback(own.name) && isLoopback(host.name));
}

function isLoopback(name: string): boolean {
  const kind = kindOfIpv4(name) ?? kindOfIpv6(name);
  return kind === 'loopback' || name === 'localhost' || name.endsWith('.localhost');
}
