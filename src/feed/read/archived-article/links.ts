/**
 * Finds the public page for a link into a site's API.
 *
 * Archived articles link to each other by API address (`https://api.dw.com/api/detail/article/64510432`). The page is
 * known when it is archived, too (its address ends in the same number), or when the site has an address by number.
 */
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import { rulesOfSite, type SiteTable } from './site-rules.ts';

/** Finds the public page behind an API address; `undefined` when it is not known. */
export type FindArticle = (reference: HttpUrl) => HttpUrl | undefined;

// Hosts of one site: their first label only names a machine.
const machine = /^(?:www|api|m|amp|mobile)\.(?=[^.]+\.)/;
const trailingNumber = /(?:^|[-_/])(\d{3,})(?:\.html?)?\/?$/;

/** The key of an article on its site, e.g. `dw.com 64510432`; `undefined` when its address ends in no number. */
function articleKeyOf(url: HttpUrl): string | undefined {
  const { site, number } = partsOf(url);
  return number === undefined ? undefined : `${site} ${number}`;
}

/** Makes a lookup over known permalinks. Of two with one key, the first counts. */
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

/** Makes a lookup by the site's own rule for addresses by number (`page` in seeds/sites.json). */
export function findByNumber(sites: SiteTable): FindArticle {
  return (reference) => {
    const { number } = partsOf(reference);
    const { page } = rulesOfSite(sites, reference);
    return page === undefined || number === undefined ? undefined : parseHttpUrl(page.replace('{number}', number));
  };
}

/** Whether an address is one for programs, useless to a person. */
export function isApiAddress(url: HttpUrl): boolean {
  const { hostname, pathname } = new URL(url);
  return hostname.startsWith('api.') || pathname.startsWith('/api/');
}

function partsOf(url: HttpUrl): { readonly site: string; readonly number: string | undefined } {
  const { host, pathname } = new URL(url);
  return { site: host.replace(machine, ''), number: trailingNumber.exec(pathname)?.[1] };
}
