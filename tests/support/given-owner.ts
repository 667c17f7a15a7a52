/**
 * The owner of an installation under test inside workerd: calls the admin API with the token of vitest.config.ts.
 */
import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import type { Bindings } from '../../src/platform/bindings.ts';

/** The bindings of the Worker under test. */
export const bindings = env as unknown as Bindings;

const worker = (exports as unknown as { default: Fetcher }).default;

/** Where it answers. */
export const origin = 'https://feeds.example';

/** An answer with its JSON, when it is JSON. */
export interface OwnerAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** Asks as anybody. */
export async function ask(method: string, path: string, init: RequestInit = {}): Promise<OwnerAnswer> {
  const response = await worker.fetch(`${origin}${path}`, { ...init, method });
  const text = await response.text();
  const isJson =
    /json/.test(response.headers.get('Content-Type') ?? '') &&
    !/ndjson/.test(response.headers.get('Content-Type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : {},
  };
}

/** Asks as the owner; a plain object is sent as JSON. */
export async function own(
  method: string,
  path: string,
  body?: object | string | FormData,
  type?: string,
): Promise<OwnerAnswer> {
  const isRaw = typeof body === 'string' || body instanceof FormData;
  const contentType = type ?? (isRaw || body === undefined ? undefined : 'application/json');
  return ask(method, path, {
    headers: {
      Authorization: 'Bearer token-of-the-tests',
      ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
    },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
  });
}

/** Publishes what is unpublished. */
export async function publish(): Promise<void> {
  await runDurableObjectAlarm(bindings.ARCHIVE.getByName('archive'));
}

let asked = 0;

/** Titles of a feed, straight from the Archive: each question is another one, so that no memory answers it. */
export async function titlesOf(path: string): Promise<readonly string[]> {
  asked += 1;
  const { json, status } = await ask('GET', `${path}/feed.json?limit=200&q=-neverwritten${asked}`);
  return status === 200 ? (json['items'] as { title: string }[]).map((item) => item.title) : [];
}
