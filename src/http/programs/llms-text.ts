/**
 * Answers `/llms.txt`: tells language models what the site is and which addresses it has.
 *
 * @see https://llmstxt.org/
 */
import type { Config } from '../../pipeline/config.ts';
import type { ArchiveTotals } from '../../window/window.ts';
import type { FeedSources } from '../answer.ts';
import { sendText } from '../send-text.ts';
import { escapeText } from './markdown/inline.ts';

/** How many tags and sources are listed, the most used ones; `/tags.json` and `/opml.xml` have all. */
const mostListed = 50;

/** Creates the handler. */
export function createLlmsText(sources: FeedSources): (context: { req: { raw: Request } }) => Promise<Response> {
  return async ({ req: { raw: request } }) => {
    const totals = (await sources.window.index())?.totals ?? (await sources.archive.totals());
    const origin = sources.config.siteUrl ?? new URL(request.url).origin;
    return await sendText(request, sources.views, `llms.txt ${origin}`, {
      text: renderLlmsText(sources.config, origin, totals),
      lastModified: totals.updated,
      headers: {
        'Content-Type': 'text/plain; charset=utf-8',
        'Cache-Control': 'public, max-age=3600, stale-while-revalidate=86400',
        'Access-Control-Allow-Origin': '*',
      },
    });
  };
}

/** Writes the text. */
function renderLlmsText(
  { siteTitle, siteDescription }: Pick<Config, 'siteTitle' | 'siteDescription'>,
  origin: string,
  totals: ArchiveTotals,
): string {
  const tags = totals.tags.slice(0, mostListed);
  const sources = totals.sources
    .filter(({ count }) => count > 0)
    .toSorted((left, right) => right.count - left.count)
    .slice(0, mostListed);
  const link = (text: string, path: string, more = ''): string =>
    `- [${oneLine(text)}](${origin}${path})${more === '' ? '' : `: ${more}`}`;
  return `# ${oneLine(siteTitle)}

> ${oneLine(siteDescription)}

A feed aggregator: ${totals.entries} entries of ${sources.length < mostListed ? sources.length : 'many'} sources, newest first. Every list of
entries has the parameters tag, source, author, lang, q, since, until, limit (1-200), content (full, summary, none) and
before; "a,b" is a or b, a repeated parameter is and, "-a" is not a. In q, words are and, "a phrase" stands in quotes,
-word is not. For example ${origin}/feed.json?q=water&since=7d&limit=10&content=summary

## Read

${link('Newest entries, JSON Feed', '/feed.json', 'also as /rss.xml and /atom.xml')}
${link('Search page', '/search', '?q=words')}
${link('Tags', '/tags.json', 'all tags with counts, as JSON')}
${link('Sources', '/opml.xml', 'the subscription list, as OPML')}
${link('Archive', '/archive', 'everything by month')}
- One entry as Markdown: ${origin}/entries/{id}?format=markdown
- Feeds of a tag: ${origin}/tags/{tag}/feed.json, of a source: ${origin}/sources/{id}/feed.json
- Model Context Protocol: POST ${origin}/mcp (tools search, latest, list_tags, get_entry; read only)

## Tags

${tags.map(({ slug, label, count }) => link(label, `/tags/${encodeURIComponent(slug)}/feed.json`, String(count))).join('\n')}

## Sources

${sources.map(({ id, title, count }) => link(title, `/sources/${encodeURIComponent(id)}/feed.json`, String(count))).join('\n')}
`;
}

function oneLine(text: string): string {
  return escapeText(text.replace(/\s+/g, ' ').trim());
}
