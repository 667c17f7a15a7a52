/**
 * Keeps what a feed says about itself as a whole, so that our feed of this source can say the same to its subscribers.
 *
 * Title, page and rights have columns of their own, because entries and pages use them, too.
 */
import type { Author } from './entry.ts';
import type { ReadFeed } from './feed.ts';
import type { HttpUrl } from './http-url.ts';
import type { ModuleElement } from './modules.ts';
import { isPortrait } from './picture.ts';
import { hideSecrets, secretParts } from './secret-address.ts';
import { isKnownTracker } from './trackers.ts';

/** The channel of a source, as it is kept. */
export interface Channel {
  /** The id that the feed gives itself. */
  readonly id?: string;
  readonly description?: string;
  readonly language?: string;
  readonly authors?: readonly Pick<Author, 'name' | 'url'>[];
  readonly categories?: readonly string[];
  readonly image?: HttpUrl;
  readonly icon?: HttpUrl;
  readonly ttlMinutes?: number;
  readonly modules?: readonly ModuleElement[];
}

/** The channel of a source, and what it says about its rights. */
export interface SourceChannel extends Channel {
  readonly rights?: string;
}

/** Longest id, in characters. Every index of the window holds all channels, so each must stay small. */
const maxId = 300;
const maxDescription = 1_000;
const maxModules = 3_000;
const maxAuthors = 5;
const maxCategories = 20;

/** The channel of a feed as it was read. */
export function toChannel(feed: ReadFeed): Channel {
  const { guid, description, language, cadence, icon, image } = feed;
  const authors = feed.authors
    .slice(0, maxAuthors)
    .map(({ name, url }) => ({ name, ...(url === undefined ? {} : { url }) }));
  const categories = [...new Set(feed.categories.map(({ term, label }) => label ?? term))].slice(0, maxCategories);
  const modules = firstModules(feed.modules ?? []);
  return {
    ...(guid !== undefined && guid.length <= maxId && { id: guid }),
    ...(description === '' ? {} : { description: cut(description) }),
    ...(language === undefined ? {} : { language }),
    ...(authors.length === 0 ? {} : { authors }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(image !== undefined && isShown(image) && { image }),
    ...(icon !== undefined && isShown(icon) && { icon }),
    ...(cadence.ttlMinutes === undefined ? {} : { ttlMinutes: cadence.ttlMinutes }),
    ...(modules.length === 0 ? {} : { modules }),
  };
}

/** The channel without secrets: an owner may mark a source as secret after the channel was recorded. */
export function publicChannel(channel: SourceChannel, url: HttpUrl, isSecret: boolean): SourceChannel {
  return isSecret ? hideSecrets(channel, secretParts(url)) : channel;
}

/** Whether a picture may stand for a feed: trackers and portraits of people may not. */
function isShown(picture: HttpUrl): boolean {
  return !isKnownTracker(picture) && !isPortrait(picture);
}

function cut(description: string): string {
  return description.length <= maxDescription ? description : `${description.slice(0, maxDescription - 1).trimEnd()}…`;
}

/** The modules that fit. A long one is skipped, so that short ones behind it still fit. */
function firstModules(modules: readonly ModuleElement[]): ModuleElement[] {
  let left = maxModules;
  return modules.filter((element) => {
    const { length } = JSON.stringify(element);
    if (length > left) return false;
    left -= length;
    return true;
  });
}
