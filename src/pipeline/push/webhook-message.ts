/**
 * Writes an entry in the format of a webhook: as an item of JSON Feed, or as a short text for a chat.
 *
 * The item comes from the view's own answer. Texts are made of its plain fields, and the markup of each chat is escaped.
 */
import type { WebhookFormat } from './receiver.ts';

/** A request's body with its headers. */
export interface WebhookMessage {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
  /** Names the entry in the list of deliveries. */
  readonly title: string;
}

/** The parts of an item that texts show. */
interface Told {
  readonly title: string;
  readonly url: string;
  readonly source: string;
  readonly summary: string;
}

/** A chat shows the beginning of a text. Characters. */
const summaryLength = 300;

/** Chats refuse longer ones: Discord takes 2,000 characters in all. */
const titleLength = 250;

/** Writes an item. */
export function toWebhookMessage(format: WebhookFormat, item: string): WebhookMessage {
  const told = readItem(item);
  const { title } = told;
  switch (format) {
    case 'json':
      return { title, headers: jsonHeaders, body: encode(item) };
    case 'slack':
      return { title, headers: jsonHeaders, body: encode(JSON.stringify({ text: toSlackText(told) })) };
    case 'discord':
      // No mention: names and roles in a title call nobody.
      return {
        title,
        headers: jsonHeaders,
        body: encode(JSON.stringify({ content: toDiscordText(told), allowed_mentions: { parse: [] } })),
      };
    case 'ntfy':
      return { title, headers: toNtfyHeaders(told), body: encode(told.summary || told.source || title) };
  }
}

/** The item of a test message. */
export function testItem(view: string): string {
  return JSON.stringify({
    id: 'tributary-test',
    title: `A test of the webhook of the view "${view}"`,
    content_text: 'When you can read this, the webhook works.',
    summary: 'When you can read this, the webhook works.',
  });
}

const jsonHeaders = { 'Content-Type': 'application/json; charset=utf-8' };

function readItem(item: string): Told {
  const { title, url, external_url, summary, content_text, _tributary } = JSON.parse(item);
  const source = _tributary?.source?.title;
  const text = toLine(summary ?? content_text);
  return {
    title: shorten(toLine(title) || shorten(text, 80) || 'An entry without a title', titleLength),
    url: toLine(url ?? external_url),
    source: shorten(toLine(source), titleLength),
    summary: shorten(text, summaryLength),
  };
}

function toLine(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
}

function shorten(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

function escapeSlack(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\*_~`|>[\]()<#@]/g, '\\$&');
}

/** Slack reads `<`, `>` and `&` as markup; a link is `<url|text>`. */
function toSlackText({ title, url, source, summary }: Told): string {
  const link = url.replace(/[<>|\s]/g, encodeURIComponent);
  const head = url === '' ? escapeSlack(title) : `<${link}|${escapeSlack(title).replaceAll('|', '¦')}>`;
  return [source === '' ? head : `${head} · ${escapeSlack(source)}`, escapeSlack(summary)]
    .filter((line) => line !== '')
    .join('\n');
}

function toDiscordText({ title, url, source, summary }: Told): string {
  const head = `**${escapeMarkdown(title)}**${source === '' ? '' : ` · ${escapeMarkdown(source)}`}`;
  return [head, escapeMarkdown(summary), url].filter((line) => line !== '').join('\n');
}

/** Header fields hold ASCII only: other titles are encoded by RFC 2047, which ntfy reads. */
function toNtfyHeaders({ title, url }: Told): Readonly<Record<string, string>> {
  const bytes = new TextEncoder().encode(title);
  const encoded = /^[\x20-\x7E]*$/.test(title) ? title : `=?UTF-8?B?${btoa(String.fromCharCode(...bytes))}?=`;
  const click = /^[\x21-\x7E]+$/.test(url) ? { Click: url } : {};
  return { 'Content-Type': 'text/plain; charset=utf-8', Title: encoded, ...click };
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}
