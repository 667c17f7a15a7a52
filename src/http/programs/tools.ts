/**
 * Answers the tools of MCP, with the same index, Archive and query language as feeds and pages.
 */
import type { EntryId } from '../../domain/entry.ts';
import { type Instant, renderRfc3339 } from '../../domain/instant.ts';
import { renderCursor } from '../../query/language/cursor.ts';
import { everything, type Query } from '../../query/language/query.ts';
import { inflate } from '../../window/compress.ts';
import { joinGzip } from '../../window/gzip-join.ts';
import { nextPlace } from '../../window/selection.ts';
import { everywhere, type ViewPlace } from '../../window/view-address.ts';
import { answerFrom, type FeedSources } from '../answer.ts';
import { contentOf, findArchived, findEntryFacts, type JsonItem } from '../pages/entry/entry-facts.ts';
import { parsePlaced, placedQuery } from '../placed-query.ts';
import type { FindView } from '../saved-views.ts';
import { renderEntryMarkdown } from './entry-markdown.ts';
import { toMarkdown } from './markdown/blocks.ts';
import { defaultTagLimit, defaultToolLimit, maxTagLimit, type ToolName, tools } from './tool-list.ts';

/** The arguments of a tool. */
export type ToolArguments = Readonly<Record<string, unknown>>;

/** The answer of a tool, as MCP demands it. */
export interface ToolAnswer {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent?: object;
  readonly isError?: true;
}

/** What the tools are answered from. */
export interface ToolPorts {
  readonly sources: FeedSources;
  readonly findView: FindView;
  readonly request: Request;
}

/** Most text in one answer: as much as a language model reads at once. UTF-16 units. */
const maxTexts = 200_000;

/** Calls a tool; `undefined` when there is none of that name. */
export async function callTool(ports: ToolPorts, name: string, given: ToolArguments): Promise<ToolAnswer | undefined> {
  const tool = tools.find((one) => one.name === name);
  if (tool === undefined) return undefined;
  const known = Object.keys(tool.inputSchema.properties);
  const unknown = Object.keys(given).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    return toFailure(`${unknown.join(', ').slice(0, 200)}: unknown. The arguments of ${name} are ${known.join(', ')}.`);
  }
  const missing = tool.inputSchema.required?.find((key) => isBlank(given[key]));
  if (missing !== undefined) return toFailure(`${missing}: give a text.`);
  const refused = await ports.sources.admit?.(ports.request);
  if (refused !== undefined) return toFailure('Too many questions. Wait a minute, then ask again.');
  return await answerTool(ports, tool.name, given);
}

async function answerTool(ports: ToolPorts, name: ToolName, given: ToolArguments): Promise<ToolAnswer> {
  if (name === 'list_tags') return await listTags(ports.sources, given);
  const place = await openPlace(ports, given);
  if (place === undefined) return toFailure('view: there is none of this name, or its key is another one.');
  return name === 'get_entry'
    ? await getEntry(ports, place, String(given['id']))
    : await findEntries(ports, place, given);
}

/**
 * The view that the arguments or the endpoint's own address name. A key opens a private view, as in the address of its
 * feed.
 */
async function openPlace({ findView, request }: ToolPorts, given: ToolArguments): Promise<ViewPlace | undefined> {
  const address = new URL(request.url);
  const view = toText(given['view']) ?? address.searchParams.get('view') ?? undefined;
  if (view === undefined) return everywhere;
  const url = new URL(`/views/${encodeURIComponent(view)}`, address);
  const key = toText(given['key']) ?? address.searchParams.get('key');
  if (key !== null) url.searchParams.set('key', key);
  return await findView(view, url.href);
}

async function findEntries(
  { sources, request }: ToolPorts,
  place: ViewPlace,
  given: ToolArguments,
): Promise<ToolAnswer> {
  const params = toParameters(given);
  if (typeof params === 'string') return toFailure(params);
  const now = sources.now() as Instant;
  const asked = parsePlaced(place, params, now);
  if (!asked.ok) return toFailure(asked.failure.map(({ parameter, detail }) => `${parameter}: ${detail}`).join(' '));
  const query = placedQuery(place, asked.value, now);
  const { selection } = await answerFrom(sources, query, 'json', now);
  const pieces = await selection.fragments();
  if (pieces === undefined) return toFailure('The entries are being published anew. Ask again.');
  const decoder = new TextDecoder();
  const items = await Promise.all(
    pieces.map(async (piece) => JSON.parse(decoder.decode(await inflate(joinGzip([piece])))) as JsonItem),
  );
  const origin = sources.config.siteUrl ?? new URL(request.url).origin;
  let room = maxTexts;
  const entries = items.map((item, at) => {
    const { _tributary: ours } = item;
    const content = asked.value.content === 'full' && room > 0 ? contentOf(item) : undefined;
    const markdown = content === undefined ? undefined : toMarkdown(content);
    const fits = markdown !== undefined && markdown.length <= room;
    room -= markdown?.length ?? 0;
    const id = selection.entries[at]?.id;
    return {
      id,
      title: item.title,
      url: item.url,
      page: `${origin}/entries/${id}`,
      source: ours.source.title,
      published: item.date_published,
      updated: item.date_modified,
      authors: item.authors?.map(({ name }) => name),
      tags: item.tags,
      language: item.language,
      summary: asked.value.content === 'none' ? undefined : item.summary,
      markdown: fits ? markdown : undefined,
    };
  });
  const next = nextPlace(selection);
  const horizon = selection.horizon;
  return toJsonAnswer({
    entries,
    ...(next === undefined ? {} : { next: renderCursor(next) }),
    ...(horizon === undefined ? {} : { searchedBackTo: renderRfc3339(horizon.sortAt) }),
    ...(room < 0 ? { note: 'Texts without "markdown" did not fit: get_entry has each.' } : {}),
  });
}

/** The arguments as parameters of a feed's address; the first problem if there is one. */
function toParameters(given: ToolArguments): URLSearchParams | string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    if (name === 'view' || name === 'key') continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one !== 'string' && typeof one !== 'number')
        return `${name}: give a text, a number or a list of texts.`;
      params.append(name, String(one));
    }
  }
  if (!params.has('limit')) params.set('limit', String(defaultToolLimit));
  if (!params.has('content')) params.set('content', 'summary');
  return params;
}

async function getEntry({ sources, request }: ToolPorts, place: ViewPlace, id: string): Promise<ToolAnswer> {
  const known = /^[0-9a-v]{20}$/.test(id) ? (id as EntryId) : undefined;
  const opened: Query | undefined =
    place.kind === 'view' && place.isPrivate ? placedQuery(place, everything, sources.now() as Instant) : undefined;
  const facts =
    known && ((await findEntryFacts(sources, known)) ?? (opened && (await findArchived(sources, known, opened))));
  if (facts === undefined) return toFailure('id: there is no such entry. Use an id that search or latest gave.');
  const origin = sources.config.siteUrl ?? new URL(request.url).origin;
  return { content: [{ type: 'text', text: renderEntryMarkdown(facts, origin) }] };
}

async function listTags({ window, archive }: FeedSources, given: ToolArguments): Promise<ToolAnswer> {
  const limit = given['limit'] ?? defaultTagLimit;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > maxTagLimit) {
    return toFailure(`limit: give a whole number from 1 to ${maxTagLimit}.`);
  }
  const contains = (toText(given['contains']) ?? '').normalize('NFKC').toLowerCase();
  const totals = (await window.index())?.totals ?? (await archive.totals());
  const found = totals.tags.filter(
    ({ slug, label }) => slug.includes(contains) || label.normalize('NFKC').toLowerCase().includes(contains),
  );
  const tags = found
    .slice(0, limit)
    .map(({ slug, label, count, updated }) => ({ tag: slug, label, count, updated: renderRfc3339(updated) }));
  return toJsonAnswer({
    tags,
    ...(found.length > limit ? { note: `${found.length - limit} more are left out.` } : {}),
  });
}

function toJsonAnswer(value: object): ToolAnswer {
  return { content: [{ type: 'text', text: JSON.stringify(value, undefined, 1) }], structuredContent: value };
}

/** A failure that the model can read and correct; only malformed messages are errors of the protocol. */
function toFailure(text: string): ToolAnswer {
  return { content: [{ type: 'text', text }], isError: true };
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === '';
}
