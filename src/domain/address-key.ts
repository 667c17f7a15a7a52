/**
 * Compares addresses: all spellings of one address have the same key. Keys are only compared; feeds and pages show the
 * address as its publisher wrote it.
 *
 * A key leaves out the scheme, `www.`, default ports, a slash at the end, an empty query, an empty fragment, and parameters
 * that only tell advertisers who clicked.
 */
import type { HttpUrl } from './http-url.ts';

const trackers = new Set(
  (
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok _hsenc _hsmi ' +
    'hsctatracking vero_id vero_conv oly_anon_id oly_enc_id wickedid rb_clickid s_cid ml_subscriber ml_subscriber_hash ' +
    'at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 ns_mchannel ns_source ns_campaign ns_linkname ns_fee ' +
    'cmpid xtor wt_mc wt.mc_id __s _openstat spm'
  ).split(' '),
);

function isTracker(parameter: string): boolean {
  const name = parameter.split('=', 1)[0]?.toLowerCase() ?? '';
  return trackers.has(name) || name.startsWith('utm_') || name.startsWith('pk_') || name.startsWith('mtm_');
}

/** An address without tracking parameters; everything else stays byte for byte, order included. */
export function stripTracking(url: HttpUrl): HttpUrl {
  const start = url.indexOf('?');
  if (start === -1) return url;
  const hash = url.indexOf('#', start);
  const query = hash === -1 ? url.slice(start + 1) : url.slice(start + 1, hash);
  const parameters = query.split('&');
  const kept = parameters.filter((parameter) => !isTracker(parameter));
  if (kept.length === parameters.length) return url;
  const rest = hash === -1 ? '' : url.slice(hash);
  return `${url.slice(0, start)}${kept.length === 0 ? '' : `?${kept.join('&')}`}${rest}` as HttpUrl;
}

/** scheme, `www.`, host, default port, path, query, fragment. */
const form = /^https?:\/\/(www\.)?([^/?#]*?)(?::(?:80|443))?([/][^?#]*)?(\?[^#]*)?(#.*)?$/is;

/** The key of an http(s) address; any other text is its own key. */
export function addressKey(text: string): string {
  const parts = form.exec(text);
  if (parts === null) return text;
  const [, , host = '', path = '', query = '', fragment = ''] = parts;
  const stripped = query === '' ? '' : stripTracking(`http://x/${query}` as HttpUrl).slice('http://x/'.length);
  const end = fragment === '#' ? '' : fragment;
  return `//${host.toLowerCase()}${path.replace(/\/+$/, '')}${stripped === '?' ? '' : stripped}${end}`;
}

/** Whether two addresses lead to the same place by their key. */
export function isSameAddress(a: string, b: string): boolean {
  return a === b || addressKey(a) === addressKey(b);
}

/** The spellings that have the same key and differ in more than tracking parameters. Tables are searched for all of them. */
export function spellingsOf(url: string): readonly string[] {
  const [, host = '', path = '', query = '', end = ''] =
    /^\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(addressKey(url)) ?? [];
  if (host === '') return [url];
  const all = ['http://', 'https://', 'http://www.', 'https://www.'].flatMap((start) =>
    [path, `${path}/`].flatMap((written) =>
      (query === '' ? ['', '?'] : [query]).map((asked) => `${start}${host}${written}${asked}${end}`),
    ),
  );
  return all.includes(url) ? all : [url, ...all];
}
