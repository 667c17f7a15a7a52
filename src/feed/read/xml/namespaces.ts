/**
 * Names elements by the URI of their namespace, whatever the prefix: every element gets one known name, e.g.
 * `dc:creator`.
 *
 * The names of RSS itself have no prefix. URIs compare without case, and common wrong ones are known, too (and reported);
 * an undeclared prefix has its usual meaning.
 */
import type { Defects } from '../defects.ts';
import { maxPrefixes } from '../reading-limits.ts';

/** Our prefix -> the URI of its specification. */
const specified: Readonly<Record<string, readonly string[]>> = {
  '': [
    'http://purl.org/rss/1.0/',
    'http://my.netscape.com/rdf/simple/0.9/',
    'http://channel.netscape.com/rdf/simple/0.9/',
    'http://purl.org/net/rss1.1#',
    'http://backend.userland.com/rss',
    'http://backend.userland.com/rss2',
    'http://backend.userland.com/rss091',
    'http://blogs.law.harvard.edu/tech/rss',
    'http://cyber.law.harvard.edu/rss/rss.html',
    'http://cyber.law.harvard.edu/rss',
    'http://www.rssboard.org/rss-specification',
  ],
  atom: ['http://www.w3.org/2005/atom', 'http://purl.org/atom/ns#'],
  cc: [
    'http://backend.userland.com/creativecommonsrssmodule',
    'http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html',
    'http://web.resource.org/cc/',
  ],
  content: ['http://purl.org/rss/1.0/modules/content/'],
  dc: ['http://purl.org/dc/elements/1.1/'],
  dcterms: ['http://purl.org/dc/terms/'],
  feedburner: ['http://rssnamespace.org/feedburner/ext/1.0'],
  fh: ['http://purl.org/syndication/history/1.0'],
  geo: ['http://www.w3.org/2003/01/geo/wgs84_pos#'],
  georss: ['http://www.georss.org/georss'],
  googleplay: ['http://www.google.com/schemas/play-podcasts/1.0'],
  itunes: ['http://www.itunes.com/dtds/podcast-1.0.dtd'],
  media: ['http://search.yahoo.com/mrss/'],
  podcast: ['https://podcastindex.org/namespace/1.0'],
  prism: ['http://prismstandard.org/namespaces/basic/2.0/', 'http://prismstandard.org/namespaces/1.2/basic/'],
  psc: ['http://podlove.org/simple-chapters'],
  rdf: ['http://www.w3.org/1999/02/22-rdf-syntax-ns#'],
  slash: ['http://purl.org/rss/1.0/modules/slash/'],
  sy: ['http://purl.org/rss/1.0/modules/syndication/'],
  thr: ['http://purl.org/syndication/thread/1.0'],
  turbo: ['http://turbo.yandex.ru'],
  webfeeds: ['http://webfeeds.org/rss/1.0'],
  wfw: ['http://wellformedweb.org/commentapi/'],
  xhtml: ['http://www.w3.org/1999/xhtml'],
  yandex: ['http://news.yandex.ru'],
  yt: ['http://www.youtube.com/xml/schemas/2015'],
};

/** Wrong but common URIs. Differences in `https`, `www`, or a mark at the end need no line here. */
const mistaken: Readonly<Record<string, readonly string[]>> = {
  atom: [
    'http://purl.org/echo/',
    'uri/of/echo/namespace#',
    'http://purl.org/pie/',
    'http://example.com/newformat#',
    'http://example.com/necho',
    'http://purl.org/net/rss/atom',
  ],
  content: ['http://purl.org/rss/modules/content/'],
  dc: ['http://purl.org/dc/elements/1.0/', 'http://purl.org/metadata/dublin_core#'],
  itunes: ['http://example.com/dtds/podcast-1.0.dtd', 'http://itunes.apple.com/dtds/podcast-1.0.dtd'],
  media: ['http://tools.search.yahoo.com/mrss/', 'http://video.search.yahoo.com/mrss/'],
  podcast: ['https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md'],
  xhtml: ['http://www.w3.org/tr/xhtml1', 'http://www.w3.org/2002/06/xhtml2/'],
};

/** A URI without the parts that publishers often get wrong. */
function gist(uri: string): string {
  return uri.replace(/^https?:\/\/(?:www\.)?/, '').replace(/[/#]+$/, '');
}

const rightUris = new Set(Object.values(specified).flat());
const byGist = new Map<string, string>();
for (const [prefix, uris] of [...Object.entries(specified), ...Object.entries(mistaken)])
  for (const uri of uris) byGist.set(gist(uri), prefix);

/** The usual meaning of undeclared prefixes. */
const customary = new Map<string, string>([
  ...Object.keys(specified).map((prefix): [string, string] => [prefix, prefix]),
  ['a10', 'atom'],
  ['atom10', 'atom'],
  ['creativecommons', 'cc'],
  ['dcterm', 'dcterms'],
  ['h', 'xhtml'],
  ['html', 'xhtml'],
]);

/** The prefix for every unknown namespace, so that its names never look like known ones. */
export const unknownNamespace = '?';

/** The prefixes in force at one place of a document, and the names already resolved there. */
export interface Scope {
  readonly bindings: ReadonlyMap<string, string>;
  readonly names: Map<string, { readonly key: string; readonly name: string }>;
}

/** The scope outside the root element: nothing is declared, no prefix is RSS. */
export function createScope(bindings: ReadonlyMap<string, string> = new Map()): Scope {
  return { bindings, names: new Map() };
}

/** The scope of an element with these attributes: the same one unless it declares something new. */
export function enterScope(outer: Scope, attributes: readonly string[], defects: Defects, at: number): Scope {
  let bindings: Map<string, string> | undefined;
  for (let i = 0; i < attributes.length; i += 2) {
    const name = attributes[i] ?? '';
    if (!name.startsWith('xmlns') || (name.length > 5 && name[5] !== ':')) continue;
    const prefix = name.slice(6).toLowerCase();
    const uri = (attributes[i + 1] ?? '').trim().toLowerCase();
    const ours = uri === '' ? '' : (byGist.get(gist(uri)) ?? unknownNamespace);
    if (ours !== unknownNamespace && uri !== '' && !rightUris.has(uri)) {
      defects.add('wrong-namespace', `The namespace ${uri} is not the specified one; it was read as "${ours}".`, {
        at,
      });
    }
    if ((bindings ?? outer.bindings).get(prefix) === ours) continue;
    bindings ??= new Map(outer.bindings);
    if (bindings.size < maxPrefixes) bindings.set(prefix, ours);
  }
  return bindings === undefined ? outer : createScope(bindings);
}

/** The same scope with one prefix bound anew: for a root element whose namespace is odd but whose name is plain. */
export function rebind(scope: Scope, prefix: string, ours: string): Scope {
  return createScope(new Map(scope.bindings).set(prefix, ours));
}

/** The name an element is known by: `key` with our prefix, lower case; `name` its local name, as written. */
export function resolveName(
  scope: Scope,
  written: string,
  defects: Defects,
  at: number,
): { key: string; name: string } {
  const known = scope.names.get(written);
  if (known !== undefined) return known;
  const colon = written.indexOf(':');
  const prefix = colon === -1 ? '' : written.slice(0, colon).toLowerCase();
  const name = written.slice(colon + 1);
  let ours = scope.bindings.get(prefix);
  if (ours === undefined && prefix !== '') {
    ours = customary.get(prefix) ?? unknownNamespace;
    defects.add('undeclared-prefix', `The prefix "${prefix}" is not declared; it was read as what it usually means.`, {
      at,
    });
  }
  const key = `${ours === undefined || ours === '' ? '' : `${ours}:`}${name.toLowerCase()}`;
  const resolved = { key, name };
  if (scope.names.size < 4096) scope.names.set(written, resolved);
  return resolved;
}
