/**
 * Parses absolute http(s) URLs, the only kind that leaves Tributary as a link.
 *
 * Parsing is the WHATWG algorithm; anything else (`javascript:`, `data:`, relative without a base) is refused.
 * @see https://url.spec.whatwg.org/
 */
declare const httpUrl: unique symbol;

/** An absolute URL with scheme `http` or `https`, serialised by the WHATWG parser. */
export type HttpUrl = string & { readonly [httpUrl]: true };

/**
 * A URL longer than this is treated as unparsable: no browser or server is sure to accept it, and a long base with many short links
 * would make a small document a large one. Unit: UTF-16 units, as written and as resolved.
 */
export const maxUrlLength = 2_083;

/** Resolves `text` against `base` and returns it when the outcome is an http(s) URL with a host. */
export function parseHttpUrl(text: string, base?: string): HttpUrl | undefined {
  if (text.length > maxUrlLength) return undefined;
  const url = URL.parse(text.trim(), base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return undefined;
  // Percent-encoding makes it up to nine times as long: what is returned can be parsed again.
  return url.href.length > maxUrlLength ? undefined : (url.href as HttpUrl);
}

/** The address without the scheme that calls a program for feeds: `feed:`, and `itpc:` and its kin for podcasts. */
export function withoutCaller(address: string): string {
  return address.replace(/^(?:feed|itpc|pcast|podcast):(?:(?:\/\/)?(?=https?:))?/i, '');
}

/**
 * The addresses that a person may have meant, the likeliest first. `feed:`, blanks and line ends are removed; text without a
 * scheme becomes an https and an http address. Empty when it is no web address.
 */
export function parsePastedUrl(text: string): readonly HttpUrl[] {
  // Blanks, line ends, and the invisible characters that copying brings along.
  const pasted = text.replace(/[\s\u200B-\u200D\u2060\uFEFF\u00AD]+/g, '').replace(/^<|>$/g, '');
  const address = withoutCaller(pasted).replace(/^\/\//, '');
  const hasScheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(address);
  const spellings = hasScheme ? [address] : [`https://${address}`, `http://${address}`];
  if (!hasScheme && !/^(?:[^/?#@]*@)?(?:[^/?#]+\.[^/?#]+|localhost|\[[0-9a-f:.]+\])/i.test(address)) return [];
  return spellings.flatMap((spelling) => parseHttpUrl(spelling) ?? []);
}

/** The host of a URL in lower case with its port when that is not the scheme's own, e.g. `example.org:8080`. */
export function hostOf(url: HttpUrl): string {
  // Skips the parser: it wrote this URL, so the host ends at the next slash, unless there is a user name. Ten thousand
  // sources are read at once.
  return /^https?:\/\/([^/?#@]+)(?=[/?#])/.exec(url)?.[1] ?? new URL(url).host;
}
