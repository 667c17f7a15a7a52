/**
 * Lists the calls that need no token: feeds, lists, calls of programs and hubs. Pages for people are left out.
 */
import { feedFileNames, feedFormats, feedMediaTypes } from '../../../domain/view.ts';
import { parameterNames } from '../../../query/language/parse-query.ts';
import type { Content, Operation } from './operation.ts';

/** The meaning of the parameters of feeds; docs/query-language.md has the grammar. */
const meanings: Readonly<Record<string, string>> = {
  tag: 'a,b is a or b; repeated is and; -a is not a',
  source: 'Ids of sources, in the same grammar',
  author: 'Whole names, in the same grammar',
  lang: 'BCP 47 ranges, in the same grammar',
  q: 'Words are and, "a phrase", -word is not, a|b is or',
  since: 'An ISO 8601 date or instant, or an age such as 36h or 7d',
  until: 'The same, for the other end',
  limit: '1 to 200; 50 unless given',
  content: 'full, summary or none',
  before: 'The cursor of a next link',
};

const asked = parameterNames.map((name) => ({
  name,
  description: meanings[name] ?? 'See docs/query-language.md',
}));
const key = { name: 'key', description: 'Of a private view.' };

/** The addresses of feeds, with the prefix of their operations' names. */
const places = [
  ['', 'Everything', 'newest entries of everything'],
  ['/tags/{tag}', 'Tag', 'entries of one tag'],
  ['/sources/{id}', 'Source', 'entries of one source'],
  ['/views/{name}', 'View', 'entries of a saved view'],
] as const;

const feeds = places.flatMap(([place, name, words]) =>
  feedFormats.map(
    (format): Operation => ({
      method: 'get',
      path: `${place}/${feedFileNames[format]}`,
      id: `read${name}As${format[0]?.toUpperCase()}${format.slice(1)}`,
      summary: `A feed with the ${words}`,
      query: name === 'View' ? [...asked, key] : asked,
      status: 200,
      gives: [{ type: mediaTypeOf(feedMediaTypes[format]) }],
      problems: name === 'Everything' ? [400, 429] : [400, 404, 429],
      isPublic: true,
    }),
  ),
);

const archives = feedFormats.map(
  (format): Operation => ({
    method: 'get',
    path: `/archive/{month}/${feedFileNames[format]}`,
    id: `readMonthAs${format[0]?.toUpperCase()}${format.slice(1)}`,
    summary: 'An archive document (RFC 5005) of a month such as 2026-11; it never changes once the month is over',
    query: [{ name: 'before', description: 'The cursor of a link to the rest of the month.' }],
    status: 200,
    gives: [{ type: mediaTypeOf(feedMediaTypes[format]) }],
    problems: [400, 404],
    isPublic: true,
  }),
);

function mediaTypeOf(contentType: string): string {
  return contentType.split(';')[0] ?? contentType;
}

function document(path: string, id: string, summary: string, type: string, query: Operation['query'] = []): Operation {
  return { method: 'get', path, id, summary, query, status: 200, gives: [{ type }], isPublic: true };
}

const form: Content = { type: 'application/x-www-form-urlencoded' };

/** All of them. */
export const publicOperations: readonly Operation[] = [
  ...feeds,
  ...archives,
  document('/opml.xml', 'readSubscriptions', 'The subscription list', 'text/x-opml', [
    { name: 'tag', description: 'Narrows it to sources with these tags.' },
  ]),
  document('/tags.json', 'readTags', 'All tags with their counts', 'application/json'),
  document('/health', 'readHealth', 'How the installation is', 'application/json'),
  document(
    '/llms.txt',
    'readLlmsText',
    'What the site is and where things are, for programs that read text',
    'text/plain',
  ),
  {
    ...document('/entries/{id}', 'readEntry', 'The page of one entry', 'text/html', [
      { name: 'format', description: 'markdown: the text alone.' },
    ]),
    gives: [{ type: 'text/html' }, { type: 'text/markdown' }],
    problems: [400, 404],
  },
  {
    method: 'post',
    path: '/mcp',
    id: 'callMcp',
    summary: 'Model Context Protocol over streamable HTTP: tools search, latest, list_tags, get_entry; read only',
    query: [{ name: 'view', description: 'The view that the tools look in.' }, key],
    takes: [{ type: 'application/json' }],
    status: 200,
    gives: [{ type: 'application/json' }],
    problems: [400, 403, 405, 406, 413, 415],
    isPublic: true,
  },
  {
    method: 'post',
    path: '/hub',
    id: 'subscribe',
    summary:
      'WebSub: hub.mode, hub.topic, hub.callback, hub.secret, hub.lease_seconds; verified before anything is sent',
    takes: [form],
    status: 202,
    gives: [],
    problems: [400, 429],
    isPublic: true,
  },
  {
    ...document('/websub/{id}/{random}', 'confirmSubscription', 'WebSub: a hub asks whether we asked', 'text/plain', [
      { name: 'hub.mode', description: 'subscribe, unsubscribe or denied' },
      { name: 'hub.topic', description: 'The feed.' },
      { name: 'hub.challenge', description: 'Sent back when we asked.' },
      { name: 'hub.lease_seconds', description: 'How long the subscription holds.' },
    ]),
    problems: [404],
  },
  {
    method: 'post',
    path: '/websub/{id}/{random}',
    id: 'acceptPush',
    summary: 'WebSub: a hub delivers a feed, signed (X-Hub-Signature)',
    takes: [{ type: 'application/rss+xml' }, { type: 'application/atom+xml' }, { type: 'application/feed+json' }],
    status: 202,
    gives: [],
    problems: [404, 413],
    isPublic: true,
  },
];
