/**
 * Restores image addresses that lead through an image proxy.
 *
 * A proxied address dies with the proxy and tells the proxy who reads; the original is the publisher's own.
 * @see https://wsrv.nl/docs/ (weserv) and https://thumbor.readthedocs.io/en/latest/usage.html (/unsafe/)
 */
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';

/** How many nested proxies are opened. */
const maxLayers = 3;

const weserv = new Set(['images.weserv.nl', 'wsrv.nl', 'www.wsrv.nl']);
const photon = /^i[0-3]\.wp\.com$/;

/** Resolves an image address against `base` and opens the proxies around it; `undefined` when it is no http(s) URL. */
export function unwrapImageUrl(address: string, base: HttpUrl): HttpUrl | undefined {
  let url = address.trim() === '' ? undefined : parseHttpUrl(address, base);
  for (let layer = 0; url !== undefined && layer < maxLayers; layer += 1) {
    const inner: HttpUrl | undefined = openProxy(new URL(url));
    if (inner === undefined) return url;
    url = inner;
  }
  return url;
}

function openProxy(url: URL): HttpUrl | undefined {
  if (weserv.has(url.hostname)) {
    const target = url.searchParams.get('url');
    return target === null ? undefined : toOriginal(target);
  }
  if (photon.test(url.hostname)) return toOriginal(decode(url.pathname.slice(1)));
  const thumbor = url.pathname.indexOf('/unsafe/');
  if (thumbor !== -1) return openThumbor(url.pathname.slice(thumbor + '/unsafe/'.length), url.search);
  return undefined;
}

/** `300x200/smart/filters:quality(80)/https://host/path` or the same with a bare host. */
function openThumbor(path: string, search: string): HttpUrl | undefined {
  const text = decode(path);
  const absolute = /(?:^|\/)(https?:\/\/?[^/].*)$/i.exec(text)?.[1];
  if (absolute !== undefined) return toOriginal(absolute + search);
  const segments = text.split('/');
  const host = segments.findIndex((segment) => /^(?:[a-z\d-]+\.)+[a-z]{2,}$/i.test(segment));
  return host === -1 || host === segments.length - 1 ? undefined : toOriginal(segments.slice(host).join('/') + search);
}

/** Adds the parts that proxies leave out: the scheme. `ssl:` is weserv's older spelling of https. */
function toOriginal(target: string): HttpUrl | undefined {
  const trimmed = target.trim();
  if (/^https?:/i.test(trimmed)) return parseHttpUrl(trimmed);
  return parseHttpUrl(`https://${trimmed.replace(/^ssl:/i, '').replace(/^\/+/, '')}`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
