/**
 * Writes a source's own description into the feed of that source: as XML for RSS and Atom, as fields for JSON Feed.
 */
import type { SourceChannel } from '../../domain/channel.ts';
import type { Author } from '../../domain/entry.ts';
import type { HttpUrl } from '../../domain/http-url.ts';
import type { ModuleElement } from '../../domain/modules.ts';
import { renderText } from './atom-writer.ts';
import { toUri } from './format-rules.ts';
import { toWritableModules } from './module-values.ts';
import { renderModules, toJsonModules } from './module-writer.ts';
import { renderElement, renderEmpty, renderParent, renderPlain, toWritableLine } from './xml-writer.ts';

/** Elements of an RSS channel. `title` is escaped, as the channel has it: readers compare both. */
export function renderRssChannel(channel: SourceChannel, title: string, siteUrl: HttpUrl): string {
  const { image, ttlMinutes } = channel;
  const modules = modulesOf(channel);
  const said = saidByItunes(modules);
  const rights = toWritableLine(channel.rights ?? '');
  let text = rights === '' ? '' : renderPlain('copyright', rights);
  for (const { name } of authorsOf(channel)) if (!said.has(name)) text += renderPlain('dc:creator', name);
  for (const name of categoriesOf(channel)) if (!said.has(name)) text += renderPlain('category', name);
  if (ttlMinutes !== undefined) text += renderElement('ttl', String(ttlMinutes));
  if (image !== undefined) {
    const link = renderElement('link', toUri(siteUrl));
    text += renderParent('image', `${renderElement('url', toUri(image))}<title>${title}</title>\n${link}`);
  }
  return text + renderModules(modules, 'rss');
}

/** Elements of an Atom feed; its first author has a place in the frame. */
export function renderAtomChannel(channel: SourceChannel): string {
  const { icon, image } = channel;
  const modules = modulesOf(channel);
  const rights = toWritableLine(channel.rights ?? '');
  let text = rights === '' ? '' : renderText('rights', rights);
  for (const { name, url } of authorsOf(channel).slice(1)) {
    const uri = url === undefined ? '' : renderElement('uri', toUri(url));
    text += renderParent('author', renderElement('name', name) + uri);
  }
  const said = saidByItunes(modules);
  for (const term of categoriesOf(channel)) if (!said.has(term)) text += renderEmpty('category', { term });
  if (icon !== undefined) text += renderElement('icon', toUri(icon));
  if (image !== undefined) text += renderElement('logo', toUri(image));
  return text + renderModules(modules, 'atom');
}

/** Fields of a JSON Feed, and facts that the format has no field for. */
export function toJsonChannel(channel: SourceChannel): {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly own: Readonly<Record<string, unknown>>;
} {
  const { icon, image, rights, ttlMinutes } = channel;
  const categories = categoriesOf(channel);
  const people = authorsOf(channel).map(({ name, url }) => ({
    name,
    ...(url === undefined ? {} : { url: toUri(url) }),
  }));
  return {
    fields: {
      icon: image === undefined ? undefined : toUri(image),
      favicon: icon === undefined ? undefined : toUri(icon),
      authors: people.length === 0 ? undefined : people,
      ...toJsonModules(modulesOf(channel)),
    },
    own: {
      rights: rights === undefined ? undefined : toWritableLine(rights),
      tags: categories.length === 0 ? undefined : categories,
      ttl_minutes: ttlMinutes,
    },
  };
}

/** Its modules by values that can be written. */
export function modulesOf({ modules = [] }: SourceChannel): readonly ModuleElement[] {
  return toWritableModules(modules);
}

/** Its authors by names that can be written. */
export function authorsOf({ authors = [] }: SourceChannel): readonly Pick<Author, 'name' | 'url'>[] {
  return authors.map((author) => ({ ...author, name: toWritableLine(author.name) })).filter(({ name }) => name !== '');
}

function categoriesOf({ categories = [] }: SourceChannel): readonly string[] {
  return categories.map(toWritableLine).filter((name) => name !== '');
}

/** Names of people and categories that elements of iTunes hold already, so that nothing is written twice. */
function saidByItunes(modules: readonly ModuleElement[]): ReadonlySet<string> {
  const texts = modules.flatMap((element) => {
    const within = [element, ...(element.children ?? [])];
    return element.name.startsWith('itunes:')
      ? within.flatMap(({ text, attributes }) => text ?? attributes?.['text'] ?? [])
      : [];
  });
  return new Set(texts);
}
