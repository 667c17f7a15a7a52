/**
 * The table of modules as a page of documentation.
 */
import { type ModuleField, moduleFields, moduleNamespaces } from '../../src/domain/modules.ts';

const head = `# Modules that are carried

This page is made by \`npm run modules\` from src/domain/modules.ts; a test fails when it is not current. To add a field, add its line
there.

Title, content, summary, authors, categories, dates, enclosures, picture, language and rights are fields of an entry, whatever module
they came in (docs/reading.md). Everything else that is carried is listed here. It is read from RSS and Atom, kept as plain text with
absolute addresses, and written again as it came: in RSS and Atom under the prefix below, in JSON Feed as an extension
(\`_itunes.episode\`, \`_podcast.transcript[]\`). "many": may stand more than once. "counter": a change of it alone is no change of the entry.

- An element that is a field already is not written twice: files of \`podcast:alternateEnclosure\` are no \`media:content\`, the length of the only
  file is \`itunes:duration\`.
- \`atom:link\` is carried for the relations related, via, license and replies. \`edit\` is left out.
- A value that its vocabulary does not allow (\`<itunes:episode>ten\`) is left out when it is written; \`yes\`, \`no\` and \`clean\` of \`itunes:explicit\`
  are written as \`true\` and \`false\`, and \`itunes:author\` and \`itunes:subtitle\` end after 255 characters (src/feed/render/module-values.ts).
- An entry's own \`atom:source\` is kept (RFC 4287 section 4.2.11). Ours is added only where there is none.

`;

/** The page. */
export function renderModuleTable(): string {
  const namespaces = Object.entries(moduleNamespaces).map(([prefix, namespace]) => `| ${prefix} | ${namespace} |`);
  const rows = moduleFields.map((field) => row(field));
  return [
    head + '## Elements\n',
    '| element | of | attributes | children | |',
    '|---|---|---|---|---|',
    ...rows,
    '\n## Prefixes\n',
    '| prefix | namespace |',
    '|---|---|',
    ...namespaces,
    '',
  ].join('\n');
}

function row({ name, of, attributes, children, many, isCounter }: ModuleField): string {
  const notes = [many ? 'many' : '', isCounter ? 'counter' : ''].filter(Boolean).join(', ');
  const inner = children.map((child) => {
    const own = [...child.attributes.keys()].join(', ');
    return own === '' ? child.name : `${child.name} (${own})`;
  });
  const where = of === 'both' ? 'entry, feed' : of;
  return `| ${name} | ${where} | ${[...attributes.keys()].join(', ')} | ${inner.join('; ')} | ${notes} |`;
}
