/**
 * Finds the rules of a site: its time zone, its order of day and month, its adverts, its page addresses.
 *
 * The table is seeds/sites.json. A key is a host and applies to its subdomains, too; `*` applies to every site.
 * @see seeds/README.md for the fields
 */
import sitesFile from '../../../../seeds/sites.json' with { type: 'json' };
import { type HttpUrl, hostOf } from '../../../domain/http-url.ts';

/** The rules of one site. */
export interface SiteRules {
  /** IANA name of the zone that its dates without a zone are in, e.g. `Europe/Paris`. Absent: UTC. */
  readonly zone?: string;
  /** The meaning of `03/04/2020`. Absent: the language of the permalink's path decides. */
  readonly dateOrder?: 'day first' | 'month first';
  /** A short block near the end that holds one of these texts is an advert. */
  readonly adverts?: readonly string[];
  /** Address of an article's page, with `{number}` for the number in its API address. */
  readonly page?: string;
}

/** Rules by host. */
export type SiteTable = Readonly<Record<string, SiteRules>>;

/** The table of this installation. */
export const knownSites: SiteTable = sitesFile as SiteTable;

/** Returns the rules of a page's site: those of its longest host in the table, over those of `*`. */
export function rulesOfSite(table: SiteTable, url: HttpUrl): SiteRules {
  const labels = hostOf(url).replace(/:\d+$/, '').split('.');
  const hosts = labels.map((_, start) => labels.slice(start).join('.'));
  const host = hosts.find((name) => Object.hasOwn(table, name));
  const everywhere = Object.hasOwn(table, '*') ? table['*'] : undefined;
  const own = host === undefined ? undefined : table[host];
  const adverts = [...(everywhere?.adverts ?? []), ...(own?.adverts ?? [])];
  return { ...everywhere, ...own, adverts };
}
