import { runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { retireExpired } from '../../src/platform/archive/entries/retention.ts';
import { wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { maxMailBytes } from '../../src/platform/mail/receive-mail.ts';
import worker from '../../src/worker.ts';
import { type GivenMail, givenConfirmations, givenMails } from '../support/given-mails.ts';
import { ask, bindings, own, publish } from '../support/given-owner.ts';
import { givenRss, givenUpstreamFetch } from '../support/given-upstream-fetch.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

interface NewsletterJson {
  readonly id: string;
  readonly kind: string;
  readonly url: string;
  readonly address: string;
  readonly private: boolean;
  readonly state: { readonly entries: number; readonly nextCheckAt: string | null };
  readonly mail: {
    readonly senders: readonly string[];
    readonly unsubscribe: string | null;
    readonly waiting: readonly { readonly id: number; readonly sender: string; readonly subject: string }[];
    readonly needsYou: readonly { readonly id: number; readonly subject: string; readonly link: string | null }[];
  };
}

async function make(body: object = {}): Promise<NewsletterJson> {
  const answer = await own('POST', '/admin/api/sources', { newsletter: 'weekly', ...body });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.json as unknown as NewsletterJson;
}

async function look(id: string): Promise<NewsletterJson> {
  return (await own('GET', `/admin/api/sources/${id}`)).json as unknown as NewsletterJson;
}

/** Sends bytes, one for each character; returns why they were rejected. */
async function send(to: string, raw: string | Uint8Array, from = 'bounce@mail.river.org'): Promise<string | undefined> {
  const bytes = typeof raw === 'string' ? Uint8Array.from(raw, (character) => character.charCodeAt(0)) : raw;
  let rejected: string | undefined;
  const message = {
    from,
    to,
    raw: new Blob([bytes]).stream(),
    rawSize: bytes.byteLength,
    headers: new Headers(),
    setReject: (reason: string) => {
      rejected = reason;
    },
  };
  await worker.email(message as unknown as ForwardableEmailMessage, bindings);
  return rejected;
}

interface Item {
  readonly id: string;
  readonly title: string;
  readonly url?: string;
  readonly content_html?: string;
  readonly date_published?: string;
  readonly language?: string;
  readonly authors?: readonly { readonly name: string }[];
}

/** Each character of a text in UTF-8 as the character of its bytes. */
function toBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

const viewKeys = new Map<string, string>();

/** The entries of a newsletter, as a view with a key shows them. */
async function entriesOf(id: string): Promise<readonly Item[]> {
  const name = `mail-${id}`;
  if (!viewKeys.has(id)) {
    const saved = await own('PUT', `/admin/api/views/${name}`, { title: 'Mail', query: `source=${id}`, private: true });
    viewKeys.set(id, String(saved.json['key']));
  }
  await publish();
  await new Promise((resolve) => void setTimeout(resolve, 1100));
  const { json } = await ask('GET', `/views/${name}/feed.json?limit=200&key=${viewKeys.get(id)}`);
  return (json['items'] ?? []) as readonly Item[];
}

function plain(subject: string, sender: string, id: string): string {
  return `From: <${sender}>\r\nSubject: ${subject}\r\nMessage-ID: <${id}@x>\r\n\r\nWords of ${subject}.`;
}

describe('a newsletter', () => {
  it('gets an address that nobody can guess, is private, and is never asked', async () => {
    const made = await make({ title: 'The Weekly', tags: ['Rivers'] });
    expect(made).toMatchObject({ kind: 'newsletter', private: true, title: 'The Weekly', tags: ['rivers'] });
    expect(made.address).toMatch(/^weekly-[a-z2-9]{16}@[a-z.]+$/);
    expect(made.url).toBe(`mailto:${made.address}`);
    expect(made.state.nextCheckAt).toBeNull();
    expect((await make()).address).not.toBe(made.address);
    expect((await own('POST', `/admin/api/sources/${made.id}/refresh?force=1`)).json['enqueued']).toBe(0);
  });

  it.each([
    [{ newsletter: 'Wöchentlich!' }, 'newsletter'],
    [{ newsletter: '' }, 'newsletter'],
    [{ newsletter: 'weekly', fullText: true }, 'fullText'],
    [{ newsletter: 'weekly', url: 'https://up.river.org/' }, 'url'],
    [{}, 'url'],
  ])('refuses %j with words', async (body, field) => {
    const answer = await own('POST', '/admin/api/sources', body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(`"${field}"`);
  });

  it('rejects mail to addresses that are not there, switched off or removed', async () => {
    expect(await send('weekly-nobody@feeds.example', plain('x', 'a@b.org', 'x'))).toContain('Nobody takes mail');
    const { id, address } = await make();
    await own('PATCH', `/admin/api/sources/${id}`, { enabled: false });
    expect(await send(address, plain('x', 'a@b.org', 'x'))).toContain('Nobody takes mail');
    await own('PATCH', `/admin/api/sources/${id}`, { enabled: true });
    expect(await send(address.toUpperCase(), plain('x', 'a@b.org', 'x'))).toBeUndefined();
    await own('DELETE', `/admin/api/sources/${id}`);
    expect(await send(address, plain('y', 'a@b.org', 'y'))).toContain('Nobody takes mail');
  });

  it('is in nothing that is public, and its mails are never in KV', async () => {
    const { id, address } = await make();
    await send(address, plain('Hidden words', 'a@b.org', 'hidden'));
    await publish();
    expect((await entriesOf(id)).map(({ title }) => title)).toEqual(['Hidden words']);
    expect((await look(id)).state.entries).toBe(1);
    for (const path of ['/feed.json?q=Hidden', `/sources/${id}/feed.json`, '/opml.xml', '/sources']) {
      expect((await ask('GET', path)).text).not.toMatch(/Hidden words|weekly-/);
    }
    const { keys } = await bindings.WINDOW.list();
    for (const { name } of keys) expect((await bindings.WINDOW.get(name)) ?? '').not.toContain('Hidden words');
  });
});

describe('a mail', () => {
  let newsletter: NewsletterJson;
  let items: readonly Item[];
  const rejected: unknown[] = [];

  beforeAll(async () => {
    vi.useRealTimers();
    newsletter = await make({ newsletter: 'all' });
    for (const { raw } of givenMails) rejected.push(await send(newsletter.address, raw));
    items = await entriesOf(newsletter.id);
  });

  it('becomes one entry, and comes again as none', async () => {
    expect(rejected.filter((reason) => reason !== undefined)).toEqual([]);
    expect((await look(newsletter.id)).mail.waiting).toEqual([]);
    expect(items).toHaveLength(givenMails.length);
    for (const { raw } of givenMails) await send(newsletter.address, raw);
    expect(await entriesOf(newsletter.id)).toEqual(items);
  });

  it.each(givenMails)('with $name is what a person expects', ({ want }: GivenMail) => {
    const item = items.find(({ title }) => title === want.title);
    expect(item).toBeDefined();
    for (const text of want.holds) expect(item?.content_html).toContain(text);
    for (const text of want.lacks ?? []) expect(item?.content_html ?? '').not.toContain(text);
    const { title, holds: _holds, lacks: _lacks, ...said } = want;
    const shown = {
      title,
      author: item?.authors?.[0]?.name,
      published: item?.date_published,
      language: item?.language,
      url: item?.url,
    };
    expect(shown).toMatchObject(said);
    expect(Date.parse(item?.date_published ?? '1970-01-01')).toBeLessThanOrEqual(Date.now());
    expect(JSON.stringify(item)).not.toContain('mara@weekly');
  });

  it('tells the owner its sender and how to unsubscribe', async () => {
    const { mail } = await look(newsletter.id);
    expect(mail).toMatchObject({ senders: ['mara@weekly.river.org'], unsubscribe: 'https://list.river.org/u/1' });
  });

  it('in raw bytes of windows-1251 is decoded', async () => {
    const { id, address } = await make();
    const head =
      'From: a@b.org\r\nSubject: Raw\r\nMessage-ID: <raw@x>\r\nContent-Type: text/plain; charset=windows-1251\r\n\r\n';
    // "Вода" in windows-1251.
    expect(await send(address, `${head}\u00c2\u00ee\u00e4\u00e0`)).toBeUndefined();
    expect((await entriesOf(id))[0]?.content_html).toContain('Вода');
  });

  it('of 2 MB is taken and its content is bounded; one of 25 MB is rejected with words', async () => {
    const { id, address } = await make();
    const head = 'From: a@b.org\r\nSubject: Long\r\nMessage-ID: <long@x>\r\nContent-Type: text/html\r\n\r\n';
    expect(await send(address, head + '<p>A line of a very long mail.</p>\r\n'.repeat(58_000))).toBeUndefined();
    const [item] = await entriesOf(id);
    expect(item?.title).toBe('Long');
    expect(item?.content_html?.length).toBeGreaterThan(500_000);
    expect(item?.content_html?.length).toBeLessThanOrEqual(1_000_000);
    expect(await send(address, new Uint8Array(25 * 1024 * 1024))).toContain('too large');
    expect(maxMailBytes).toBeLessThan(25 * 1024 * 1024);
  });

  it('that is no mail is rejected or taken, and never a crash', async () => {
    const { address } = await make();
    const bytes = Uint8Array.from({ length: 5000 }, (_, place) => (place * 7919) % 256);
    for (const raw of [
      '',
      '\r\n',
      'no header at all',
      bytes,
      'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n',
      `Subject: ${'x'.repeat(600_000)}\r\n\r\n`,
    ]) {
      await send(address, raw);
    }
    let nested = 'Content-Type: text/plain\r\n\r\nInside';
    for (let depth = 0; depth < 300; depth += 1) {
      nested = `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n${nested}\r\n--b${depth}--\r\n`;
    }
    expect(await send(address, `From: a@b.org\r\nSubject: Nested\r\n${nested}`)).toBe('This mail cannot be read.');
  });
});

it.each(['<div>', '<b><td>', '<table><tr><td>', '<a href=x>', '&zwnj;&#847; ', '<p style="height:0;height:0">'])(
  'reads as much of %s as is cleaned, without ado',
  async (piece) => {
    const { address } = await make();
    const head = 'From: a@b.org\r\nSubject: Deep\r\nMessage-ID: <deep@x>\r\nContent-Type: text/html\r\n\r\n';
    const start = Date.now();
    expect(await send(address, head + `${piece}\r\n`.repeat(390_000 / (piece.length + 2)))).toBeUndefined();
    expect(Date.now() - start).toBeLessThan(20_000);
  },
);

describe('a mail for the subscriber alone', () => {
  it.each(givenConfirmations)(
    'is no entry and shows its link to the owner: $subject',
    async ({ raw, subject, link }) => {
      const { id, address } = await make({ private: false });
      expect(await send(address, toBytes(raw))).toBeUndefined();
      const { mail, state } = await look(id);
      expect(state.entries).toBe(0);
      expect(mail.needsYou).toMatchObject([{ subject, link }]);
      // It says nothing about whose newsletter it is.
      expect(mail.senders).toEqual([]);
      expect((await ask('GET', `/sources/${id}/feed.json?q=-none${id}`)).text).not.toContain('list.river.org');
      const [held] = mail.needsYou;
      expect((await own('DELETE', `/admin/api/sources/${id}/mail/${held?.id}`)).status).toBe(204);
      expect((await own('DELETE', `/admin/api/sources/${id}/mail/${held?.id}`)).status).toBe(404);
      expect((await look(id)).mail.needsYou).toEqual([]);
    },
  );

  it('is told from news that use the same words', async () => {
    const { id, address } = await make();
    const subjects = [
      'Court confirms the ruling',
      'How to verify facts',
      'The activation of the dam',
      'Step by step: login fatigue',
    ];
    for (const [place, subject] of subjects.entries()) await send(address, plain(subject, 'a@b.org', `n${place}`));
    expect((await entriesOf(id)).map(({ title }) => title).sort()).toEqual(subjects.toSorted());
  });
});

describe('a sender that is not the first', () => {
  it('waits for the owner, and all its mails are entries once it is accepted', async () => {
    const { id, address } = await make();
    await send(address, plain('First', 'first@b.org', '1'));
    await send(address, plain('Second', 'other@c.org', '2'));
    await send(address, plain('Second', 'other@c.org', '2'));
    await send(address, plain('Third', 'Other@C.org', '3'));
    await send(address, plain('Spam', 'spam@d.org', '4'));
    const { mail } = await look(id);
    expect(mail.waiting.map(({ subject }) => subject)).toEqual(['Spam', 'Third', 'Second']);
    expect((await entriesOf(id)).map(({ title }) => title)).toEqual(['First']);
    const second = mail.waiting.find(({ subject }) => subject === 'Second');
    const accepted = await own('POST', `/admin/api/sources/${id}/mail/${second?.id}`);
    expect(accepted.json['mail']).toMatchObject({
      senders: ['first@b.org', 'other@c.org'],
      waiting: [{ subject: 'Spam' }],
    });
    await send(address, plain('Fourth', 'other@c.org', '5'));
    expect((await entriesOf(id)).map(({ title }) => title).sort()).toEqual(['First', 'Fourth', 'Second', 'Third']);
    expect((await own('POST', `/admin/api/sources/${id}/mail/999999`)).status).toBe(404);
  });

  it('cannot fill the archive with mails that wait', async () => {
    const { id, address } = await make();
    await send(address, plain('First', 'first@b.org', '1'));
    for (let place = 0; place < 30; place += 1) await send(address, plain(`Spam ${place}`, 'spam@d.org', `s${place}`));
    expect((await look(id)).mail.waiting).toHaveLength(20);
  });
});

it.each(['before', 'after'])(
  'that came %s its article in a public feed shows nothing of itself there',
  async (order) => {
    const feed = `https://paper-${order}.river.org/feed.xml`;
    const page = `https://paper-${order}.river.org/p/shared`;
    const upstream = givenUpstreamFetch({
      [feed]: { body: givenRss('Paper', [1]).replaceAll('https://up.river.org/1', page) },
    });
    const { id, address } = await make({ title: 'Hidden Newsletter', tags: ['Hiddentag'] });
    const mail = `From: <a@b.org>\r\nSubject: Paper 1\r\nMessage-ID: <shared-${order}@x>\r\nArchived-At: <${page}>\r\n\r\nA short text 1`;
    if (order === 'before') await send(address, mail);
    await own('POST', '/admin/api/sources', { url: feed });
    if (order === 'after') await send(address, mail);
    expect((await entriesOf(id)).map(({ title }) => title)).toEqual(['Paper 1']);
    const { json, text } = await ask('GET', `/feed.json?q=-never${order}`);
    expect((json['items'] as Item[]).filter(({ url }) => url === page)).toHaveLength(1);
    expect(text).not.toMatch(/Hidden Newsletter|hiddentag/i);
    for (const path of [
      `/atom.xml?q=-no${order}`,
      `/entries/${(json['items'] as Item[]).find(({ url }) => url === page)?.id}`,
    ]) {
      expect((await ask('GET', path)).text).not.toMatch(/Hidden Newsletter|hiddentag/i);
    }
    expect(upstream.requests.length).toBeGreaterThan(0);
    vi.restoreAllMocks();
  },
);

it('comes back from a backup with its address, its mails, and the first sender to be known anew', async () => {
  const { id, address } = await make();
  await send(address, plain('First', 'first@b.org', 'b1'));
  const backup = (await own('GET', '/admin/api/export')).text;
  await own('DELETE', `/admin/api/sources/${id}`);
  const { json } = await own('POST', '/admin/api/import', backup, 'application/x-ndjson');
  expect(json).toMatchObject({ rejected: [], complete: true });
  expect(await look(id)).toMatchObject({ address, kind: 'newsletter', private: true, mail: { senders: [] } });
  expect(await send(address, plain('Second', 'other@c.org', 'b2'))).toBeUndefined();
  expect((await look(id)).mail.senders).toEqual(['other@c.org']);
});

it.each([true, false])('is kept no longer than the retention says, private: %s', async (isPrivate) => {
  const { id, address } = await make({ private: isPrivate });
  await send(address, plain('Old', 'a@b.org', `old-${isPrivate}`));
  const later = (Date.now() + 40 * 86_400_000) as Instant;
  const left = await runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, { storage }) => {
    retireExpired(wakeArchive(storage), 30, 1000, later);
    return storage.sql.exec('SELECT retired_why FROM entry WHERE source_id = ?', id).toArray();
  });
  expect(left).toEqual([{ retired_why: 'retention' }]);
});

it('leaves nothing of a newsletter that is removed but its hidden entries', async () => {
  const { id, address } = await make();
  await send(address, plain('First', 'first@b.org', '1'));
  await send(address, plain('Second', 'other@c.org', '2'));
  await own('DELETE', `/admin/api/sources/${id}`);
  const rows = await runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, { storage }) =>
    storage.sql
      .exec('SELECT 1 FROM held_mail WHERE source_id = ? UNION SELECT 2 FROM newsletter WHERE source_id = ?', id, id)
      .toArray(),
  );
  expect(rows).toEqual([]);
});
