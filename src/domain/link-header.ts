/**
 * Reads `Link` header fields: their targets and relations.
 *
 * @see RFC 8288 section 3 (and appendix B.2 for how to parse it)
 */
import { type HttpUrl, parseHttpUrl } from './http-url.ts';

/** One link: its target, and its relations in lower case. */
export interface HeaderLink {
  readonly href: HttpUrl;
  readonly rels: readonly string[];
}

/** A longer header is cut: no site has a reason to send one. Characters. */
const maxHeaderLength = 8192;

/** The links of a header, in its order. Targets that are no web address are left out. */
export function parseLinkHeader(header: string, base: string): readonly HeaderLink[] {
  const links: HeaderLink[] = [];
  // A link is `<target>` and parameters; a comma inside quotes does not end it.
  for (const [, target = '', parameters = ''] of header
    .slice(0, maxHeaderLength)
    .matchAll(/<([^<>]*)>((?:[^,"<]|"(?:[^"\\]|\\.)*")*)/g)) {
    const href = parseHttpUrl(target, base);
    const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters) ?? [];
    const rels = (quoted ?? bare ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    if (href !== undefined && rels.length > 0) links.push({ href, rels });
  }
  return links;
}

/** The targets of one relation. */
export function targetsOf(links: readonly HeaderLink[], rel: string): readonly HttpUrl[] {
  return links.flatMap(({ href, rels }) => (rels.includes(rel) ? [href] : []));
}
