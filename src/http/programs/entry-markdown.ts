/**
 * Writes an entry as a Markdown document: its title, its facts, its content. `?format=markdown` and the MCP tool use it.
 */
import { renderRfc3339 } from '../../domain/instant.ts';
import type { EntryFacts } from '../pages/entry/entry-facts.ts';
import { toMarkdown } from './markdown/blocks.ts';
import { escapeText } from './markdown/inline.ts';

/** The document of an entry; `origin` is the origin of our own pages. */
export function renderEntryMarkdown(entry: EntryFacts, origin: string): string {
  const { url, published, updated, authors, tags, files, source, rights } = entry;
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['Source', escapeText(source.title)],
    ['Author', authors.map(({ name }) => escapeText(name)).join(', ')],
    ['Published', published === undefined ? '' : renderRfc3339(published)],
    ['Updated', updated === undefined || updated === published ? '' : renderRfc3339(updated)],
    ['Language', entry.language ?? ''],
    ['Tags', tags.map(({ label }) => escapeText(label)).join(', ')],
    ['Original', url === undefined ? '' : `<${url}>`],
    ['Page', `<${origin}/entries/${entry.id}>`],
    ['Rights', escapeText(rights ?? '')],
    ...files.map(({ url: file, mime_type: type }) => ['File', `<${file}> (${type})`] as const),
  ];
  const lines = facts.filter(([, value]) => value !== '').map(([name, value]) => `- ${name}: ${oneLine(value)}`);
  const text = entry.content === undefined ? escapeText(entry.summary) : toMarkdown(entry.content);
  return `# ${oneLine(escapeText(entry.heading))}\n\n${lines.join('\n')}\n\n${text}\n`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
