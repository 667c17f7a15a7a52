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
  const isNamed = createNameTest(searchParams);
  return [...searchParams].some(([name, value]) => value !== '' && (isNamed(name) || isRandom(value)));
}

/** Makes the test whether a parameter is named like a secret; `user` and `feed` are one together. */
function createNameTest(parameters: URLSearchParams): (name: string) => boolean {
  const names = [...parameters.keys()].map(splitCamel);
  const isPair = names.includes('user') && names.includes('feed');
  return (name) => secretName.test(splitCamel(name)) || (isPair && ['user', 'feed'].includes(splitCamel(name)));
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
  /** The address itself where nothing goes on behind it, and its parameters with their values. */
  readonly addresses: readonly { readonly form: RegExp; readonly shown: string }[];
  /** Values that are secret wherever they stand. */
  readonly values: readonly string[];
}

/** Shorter values that are no mixture of letters and digits are words: they are hidden in addresses, not in texts. */
const leastSecretLength = 8;

/** The parts of addresses that must not be seen, in the spellings that text may hold. */
export function secretParts(...urls: readonly HttpUrl[]): SecretParts {
  const parsed = urls.map((url) => new URL(url));
  const values = parsed.flatMap(({ searchParams, pathname, password }) => {
    const isNamed = createNameTest(searchParams);
    const given = [...searchParams].flatMap(([name, value]) => (isSecretValue(value, isNamed(name)) ? [value] : []));
    const segments = pathname.split('/').filter((part) => isRandom(part.replace(/\.\w{1,5}$/, '')));
    return [...given, ...segments, ...(isSecretValue(password, true) ? [password] : [])];
  });
  const spelled = new Set(values.flatMap((value) => [value, encodeURIComponent(value)]));
  return { addresses: parsed.flatMap(secretForms), values: [...spelled].sort((x, y) => y.length - x.length) };
}

/** Whether a parameter's value is certainly secret. `?feed=podcast` must not hide the word podcast in texts. */
function isSecretValue(value: string, isNamed: boolean): boolean {
  const isMixed = value.length >= 6 && /\d/.test(value) && /[a-z]/i.test(value);
  if (isNamed) return isMixed || value.length >= leastSecretLength;
  return isRandom(value) || (isMixed && value.length >= leastSecretLength);
}

function secretForms({ host, pathname, search, searchParams, username, password }: URL): SecretParts['addresses'] {
  const address = `${host}${pathname}${search}`;
  const spellings = pathname === '/' && search === '' ? [] : [address, address.replaceAll('&', '&amp;')];
  const whole = spellings.map((text) => ({
    form: new RegExp(`(?:https?:)?//${escapePattern(text)}(?![\\w/%?&=.-]*[\\w/%])`, 'gi'),
    shown: 'https://hidden.invalid/',
  }));
  const isNamed = createNameTest(searchParams);
  const parameters = [...searchParams].flatMap(([name, value]) => {
    if (value === '' || !isNamed(name)) return [];
    const named = `([?&;]${escapePattern(name)}=)(?:${escapePattern(value)}|${escapePattern(encodeURIComponent(value))})`;
    return [{ form: new RegExp(`${named}(?![\\w%-])`, 'g'), shown: '$1hidden' }];
  });
  const login = `//${username}:${password}@`;
  const logins = username === '' ? [] : [{ form: new RegExp(escapePattern(login), 'g'), shown: '//' }];
  return [...logins, ...whole, ...parameters];
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** A value in which no text holds a secret any more. */
export function hideSecrets<T>(value: T, { addresses, values }: SecretParts): T {
  const hide = (text: string): string => {
    const hidden = addresses.reduce((rest, { form, shown }) => rest.replace(form, shown), text);
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

/** Whether a source that is at `to` from now on is secret, though it was not at `from`: what its owner unmarked stays so. */
export function becomesSecret(from: HttpUrl, to: HttpUrl): boolean {
  return (isSecretAddress(to) && !isSecretAddress(from)) || (mayBeSecret(to) && !mayBeSecret(from));
}

/** A source whose address holds no login, which becomes its Basic authentication; marked when its address is secret. */
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
