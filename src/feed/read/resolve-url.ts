/**
 * Addresses as publishers write them, made absolute; and permalinks without what only tells advertisers who clicked.
 */
import type { Document } from '../../domain/document.ts';
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';

/** Resolves an address; forgives a missing scheme before `www.` and the `feed:` that some put in front. */
export function resolveUrl(text: string, base: string): HttpUrl | undefined {
  let href = text.trim();
  if (href === '') return undefined;
  if (/^feed:/i.test(href)) href = href.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:/i, 'http:');
  else if (/^www\.[^/\s]+\.[a-z]/i.test(href)) href = `http://${href}`;
  return parseHttpUrl(href, base);
}

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

/** A permalink without tracking parameters; everything else stays byte for byte, order included. */
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

/** The base of relative URLs before any `xml:base`: Content-Location where the server sent one, else the address the bytes came from. @see RFC 3986 section 5.1 */
export function documentBase(document: Document): HttpUrl {
  const location = document.contentLocation?.trim();
  if (location === undefined || location === '') return document.url;
  return parseHttpUrl(location, document.url) ?? document.url;
}
