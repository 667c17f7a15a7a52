/**
 * Recognises secret addresses (whoever has one can read the feed) and hides their secret parts.
 */
import type { HttpUrl } from './http-url.ts';
import type { Source } from './source.ts';

/** Names of parameters that carry a secret, as whole words: `token`, `api_key`, `accessToken`, `X-Amz-Signature`. */
const secretName =
  /(?:^|[_.-])(?:token|key|apikey|auth|authorization|secret|sig|signature|pass|passwd|password|pwd|credential|session|jwt|otp)(?:$|[_.-]|s$)|(?:token|apikey|secret|signature|password)$/i;

/** A value of this length that looks random is no word that somebody chose. */
const leastRandomLength = 20;

/** Whether an address looks secret: it has a login, parameters named like secrets, or long random values. */
export function isSecretAddress(url: HttpUrl): boolean {
  const { username, password, searchParams } = new URL(url);
  if (username !== '' || password !== '') return true;
  const names = [...searchParams.keys()].map(splitCamel);
  if (names.includes('user') && names.includes('feed')) return true;
  return [...searchParams].some(
    ([name, value]) => value !== '' && (secretName.test(splitCamel(name)) || isRandom(value)),
  );
}

/** Whether the path has a part that looks random: a secret, or how a public podcast host writes its addresses. */
export function mayBeSecret(url: HttpUrl): boolean {
  return new URL(url).pathname.split('/').some((part) => isRandom(part.replace(/\.\w{1,5}$/, '')));
}

function splitCamel(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Letters and digits that alternate as no word or date does. */
function isRandom(text: string): boolean {
  if (text.length < leastRandomLength || !/^[\w+/=~.%-]+$/.test(text) || /^\d+$/.test(text)) return false;
  const words = text.split(/[-_.+~%]/);
  return words.some((word) => {
    if (word.length < 16) return false;
    const changes = (word.match(/[a-z](?=[0-9A-Z])|[0-9](?=[a-zA-Z])|[A-Z](?=[0-9])/g) ?? []).length;
    return changes >= word.length / 8 && /\d/.test(word);
  });
}

/** The parts of an address that must not be shown. */
export interface SecretParts {
  /** Matches the address itself, where nothing follows it. */
  readonly address: RegExp | undefined;
  /** Values that are secret wherever they occur. */
  readonly values: readonly string[];
}

/** The secret parts of addresses, in all spellings that text may have. */
export function secretParts(...urls: readonly HttpUrl[]): SecretParts {
  const values = urls.flatMap((url) => {
    const { searchParams, pathname, username, password } = new URL(url);
    const given = [...searchParams].flatMap(([, value]) => (value.length >= 6 ? [value] : []));
    const segments = pathname.split('/').filter((part) => isRandom(part.replace(/\.\w{1,5}$/, '')));
    return [...given, ...segments, ...[username, password].filter((part) => part.length >= 4)];
  });
  const addresses = urls.flatMap((url) => {
    const { host, pathname, search } = new URL(url);
    const address = `${host}${pathname}${search}`;
    return pathname === '/' && search === '' ? [] : [address, address.replaceAll('&', '&amp;')];
  });
  const spelled = new Set(values.flatMap((value) => [value, encodeURIComponent(value)]));
  return {
    address:
      addresses.length === 0
        ? undefined
        : new RegExp(`(?:https?:)?//(?:${addresses.map(escapePattern).join('|')})(?![\\w/%?&=.-]*[\\w/%])`, 'gi'),
    values: [...spelled].sort((x, y) => y.length - x.length),
  };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** A copy of the value in which no text holds a secret. */
export function hideSecrets<T>(value: T, { address, values }: SecretParts): T {
  const hide = (text: string): string => {
    const hidden = address === undefined ? text : text.replace(address, 'https://hidden.invalid/');
    return values.reduce((rest, secret) => rest.replaceAll(secret, 'hidden'), hidden);
  };
  const walk = (held: unknown): unknown => {
    if (typeof held === 'string') return hide(held);
    if (Array.isArray(held)) return held.map(walk);
    if (typeof held !== 'object' || held === null) return held;
    return Object.fromEntries(Object.entries(held).map(([name, member]) => [name, walk(member)]));
  };
  return walk(value) as T;
}

/** Splits an address into the address without its login, and the login. */
export function splitLogin(url: HttpUrl): {
  readonly url: HttpUrl;
  readonly login?: { readonly user: string; readonly password: string };
} {
  const parsed = new URL(url);
  if (parsed.username === '' && parsed.password === '') return { url };
  const login = { user: decode(parsed.username), password: decode(parsed.password) };
  parsed.username = '';
  parsed.password = '';
  return { url: parsed.href as HttpUrl, login };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Moves the login of a source's address into its Basic authentication, and marks the source when its address is secret. */
export function guardAddress(source: Source): Source {
  const { url, login } = splitLogin(source.url);
  const isSecret = isSecretAddress(source.url) || mayBeSecret(source.url);
  return {
    ...source,
    url,
    title: source.title === source.url ? url : source.title,
    ...(isSecret && { isSecret: true }),
    ...(login === undefined ? {} : { request: { origin: new URL(url).origin, basicAuth: login } }),
  };
}
