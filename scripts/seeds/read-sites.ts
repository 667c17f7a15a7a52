/**
 * Reads seeds/sites.json: the rules of each site, or every problem in it.
 */
import type { SiteRules, SiteTable } from '../../src/feed/read/archived-article/site-rules.ts';
import type { Problem } from './read-rules.ts';

/** The valid rules, and the problems of the others. */
export interface SitesReading {
  readonly sites: SiteTable;
  readonly problems: readonly Problem[];
}

const checks: Readonly<Record<keyof SiteRules, readonly [(value: unknown) => boolean, string]>> = {
  zone: [isZone, 'must be the IANA name of a time zone, such as "Europe/Paris"'],
  dateOrder: [(value) => value === 'day first' || value === 'month first', 'must be "day first" or "month first"'],
  adverts: [
    (value) => Array.isArray(value) && value.every((text) => typeof text === 'string' && text.trim().length >= 3),
    'must be a list of texts of three characters or more',
  ],
  page: [
    (value) => typeof value === 'string' && /^https?:\/\/\S*\{number\}/.test(value),
    'must be an http(s) address with {number} in it',
  ],
};

/** Reads the text of sites.json: `{ "host": { "zone", "dateOrder", "adverts", "page" } }`. */
export function readSites(text: string): SitesReading {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { sites: {}, problems: [{ line: 1, reason: `it is not JSON: ${String(error)}` }] };
  }
  if (!isObject(json))
    return { sites: {}, problems: [{ line: 1, reason: 'it must be an object: { "host": { ... } }' }] };
  const problems: Problem[] = [];
  const sites: Record<string, SiteRules> = {};
  for (const [host, rules] of Object.entries(json)) {
    const line = text.slice(0, text.indexOf(JSON.stringify(host))).split('\n').length;
    const wrong = wrongOf(host, rules);
    for (const reason of wrong) problems.push({ line, reason: `${host}: ${reason}` });
    if (wrong.length === 0) sites[host] = rules as SiteRules;
  }
  return { sites, problems };
}

function wrongOf(host: string, rules: unknown): readonly string[] {
  if (!isObject(rules)) return ['its rules must be an object'];
  const name =
    host === '*' || /^[a-z\d-]+(?:\.[a-z\d-]+)+$/.test(host) ? [] : ['it must be a host in lower case, or *'];
  const fields = Object.entries(rules).flatMap(([field, value]) => {
    const check = Object.hasOwn(checks, field) ? checks[field as keyof SiteRules] : undefined;
    if (check === undefined) return [`"${field}" is not known; known are ${Object.keys(checks).join(', ')}`];
    return check[0](value) ? [] : [`"${field}" ${check[1]}`];
  });
  return [...name, ...fields];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isZone(value: unknown): boolean {
  try {
    return (
      typeof value === 'string' && Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
    );
  } catch {
    return false;
  }
}
