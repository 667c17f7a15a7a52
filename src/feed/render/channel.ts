/**
 * Writes what a source says about itself into the feed of that source: as XML for RSS and Atom, as fields for JSON Feed.
 */
import type { SourceChannel } from '../../domain/channel.ts';
import type { HttpUrl } from '../../domain/http-url.ts';
import type { ModuleElement } from '../../domain/modules.ts';
import { toUri } from './format-rules.ts';
import { renderModules, toJsonModules } from './module-writer.ts';
import { renderElement, renderEmpty, renderOptional, renderParent, toWritableLine } from './xml-writer.ts';

/** Elements of an RSS channel. `title` is escaped, as the channel has it: readers compare both. */
export function renderRssChannel(channel: SourceChannel, title: string, siteUrl: HttpUrl): string {
  const { authors = [], categories = [], image, ttlMinutes, modules = [] } = channel;
  const said = saidByItunes(modules);
  let text = renderOptional('copyright', toWritableLine(channel.rights ?? ''));
  for (const { name } of authors) if (!said.has(name)) text += renderOptional('dc:creator', toWritableLine(name));
  for (const name of categories) if (!said.has(name)) text += renderOptional('category', toWritableLine(name));
  if (ttlMinutes !== undefined) text += renderElement('ttl', String(ttlMinutes));
  if (image !== undefined) {
    const link = renderElement('link', toUri(siteUrl));
    text += renderParent('image', `${renderElement('url', toUri(image))}<title>${title}</title>\n${link}`);
  }
  return text + renderModules(modules, 'rss');
}

/** Elements of an Atom feed; its first author has a place in the frame. */
export function renderAtomChannel(channel: SourceChannel): string {
  const { authors = [], categories = [], icon, image, modules = [] } = channel;
  let text = renderOptional('rights', toWritableLine(channel.rights ?? ''));
  for (const { name, url } of authors.slice(1)) {
    const uri = url === undefined ? '' : renderElement('uri', toUri(url));
    text += renderParent('author', renderElement('name', toWritableLine(name)) + uri);
  }
  for (const name of categories) text += renderEmpty('category', { term: toWritableLine(name) });
  if (icon !== undefined) text += renderElement('icon', toUri(icon));
  if (image !== undefined) text += renderElement('logo', toUri(image));
  return text + renderModules(modules, 'atom');
}

/** Fields of a JSON Feed, and what the format has no word for. */
export function toJsonChannel(channel: SourceChannel): {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly own: Readonly<Record<string, unknown>>;
} {
  const { authors = [], categories = [], icon, image, modules = [], rights, ttlMinutes } = channel;
  const people = authors.map(({ name, url }) => ({
    name: toWritableLine(name),
    ...(url === undefined ? {} : { url: toUri(url) }),
  }));
  return {
    fields: {
      icon: image === undefined ? undefined : toUri(image),
      favicon: icon === undefined ? undefined : toUri(icon),
      authors: people.length === 0 ? undefined : people,
      ...toJsonModules(modules),
    },
    own: {
      rights: rights === undefined ? undefined : toWritableLine(rights),
      tags: categories.length === 0 ? undefined : categories.map(toWritableLine),
      ttl_minutes: ttlMinutes,
    },
  };
}

/** Names of people and categories that the elements of iTunes say already: nothing is written twice. */
function saidByItunes(modules: readonly ModuleElement[]): ReadonlySet<string> {
  const texts = modules.flatMap((element) => {
    const within = [element, ...(element.children ?? [])];
    return element.name.startsWith('itunes:')
      ? within.flatMap(({ text, attributes }) => text ?? attributes?.['text'] ?? [])
      : [];
  });
  return new Set(texts);
}
