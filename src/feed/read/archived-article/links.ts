/**
 * From a link into a site's API to the page a person can open.
 *
 * Archived articles link to each other by API address (`https://api.dw.com/api/detail/article/64510432`). The page is
 * known when it is archived too (its address ends in the same number), or when the site has an address by number.
 */
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';

/** Finds the public page behind an API address; `undefined` when it is not known. */
export type FindArticle = (reference: HttpUrl) => HttpUrl | undefined;

// Hosts of one site: the first label only says which of its machines answers.
const machine = /^(?:www|api|m|amp|mobile)\.(?=[^.]+\.)/;
const trailingNumber = /(?:^|[-_/])(\d{3,})(?:\.html?)?\/?$/;

/** Sites whose articles can be addressed by number alone. The newsroom itself links to www.dw.com/a-<number>. */
const byNumber: ReadonlyMap<string, (number: string) => string> = new Map([
  ['dw.com', (number) => `https://www.dw.com/a-${number}`],
]);

/** What an article is known by on its site, e.g. `dw.com 64510432`; `undefined` when its address ends in no number. */
export function articleKeyOf(url: HttpUrl): string | undefined {
  const { site, number } = partsOf(url);
  return number === undefined ? undefined : `${site} ${number}`;
}

/** Makes a lookup over known permalinks. Of two with one key the first wins. */
export function indexArticles(permalinks: Iterable<HttpUrl>): FindArticle {
  const known = new Map<string, HttpUrl>();
  for (const permalink of permalinks) {
    const key = articleKeyOf(permalink);
    if (key !== undefined && !known.has(key)) known.set(key, permalink);
  }
  return (reference) => {
    const key = articleKeyOf(reference);
    return key === undefined ? undefined : known.get(key);
  };
}

/** The page that a site's own rule gives for an API address. */
export function findBySiteRule(reference: HttpUrl): HttpUrl | undefined {
  const { site, number } = partsOf(reference);
  const address = number === undefined ? undefined : byNumber.get(site)?.(number);
  return address === undefined ? undefined : parseHttpUrl(address);
}

/** Whether an address is a machine's, of no use to a person. */
export function isApiAddress(url: HttpUrl): boolean {
  const { hostname, pathname } = new URL(url);
  return hostname.startsWith('api.') || pathname.startsWith('/api/');
}

function partsOf(url: HttpUrl): { readonly site: string; readonly number: string | undefined } {
  const { host, pathname } = new URL(url);
  return { site: host.replace(machine, ''), number: trailingNumber.exec(pathname)?.[1] };
}
