import { describe, expect, it } from 'vitest';
import { type GivenAdmin, givenAdmin } from '../support/given-admin.ts';

const opml = '<opml version="2.0"><body><outline text="Größe" xmlUrl="https://a.test/feed"/></body></opml>';
const article =
  '<!--1600000000000-->\n[A title](https://a.test/1)\n------\n\n<p>The river rose in the night and fell again.</p>\n';

function upload(admin: GivenAdmin, path: string, body: BodyInit, type?: string): Promise<Response> {
  return admin.ask('POST', path, { body, ...(type === undefined ? {} : { headers: { 'Content-Type': type } }) });
}

describe('a subscription list', () => {
  const form = (): FormData => {
    const parts = new FormData();
    parts.append('file', new File([opml], 'list.opml', { type: 'text/x-opml' }));
    return parts;
  };

  it.each([
    ['raw', opml, 'text/x-opml'],
    ['as XML', opml, 'application/xml; charset=utf-8'],
    ['as JSON', JSON.stringify({ opml }), 'application/json'],
    ['as a form', form(), undefined],
  ] as const)('is taken %s', async (_, body, type) => {
    const admin = givenAdmin();
    const response = await upload(admin, '/admin/api/opml', body, type);
    expect(await response.json()).toEqual({ added: 1, updated: 0, unchanged: 0, rejected: [] });
    expect([...admin.sources.values()].map(({ source }) => source.title)).toEqual(['Größe']);
    expect(admin.jobs).toHaveLength(1);
  });

  it('is read in the charset it declares when the request names none', async () => {
    const admin = givenAdmin();
    const latin = `<?xml version="1.0" encoding="iso-8859-1"?>${opml}`;
    const bytes = Uint8Array.from(latin, (character) => character.charCodeAt(0));
    await upload(admin, '/admin/api/opml', bytes, 'application/xml');
    expect([...admin.sources.values()].map(({ source }) => source.title)).toEqual(['Größe']);
  });

  it('that is none, is empty, or is something else is refused', async () => {
    const admin = givenAdmin();
    expect((await upload(admin, '/admin/api/opml', '<html></html>', 'text/xml')).status).toBe(422);
    expect((await upload(admin, '/admin/api/opml', new FormData())).status).toBe(400);
    expect((await upload(admin, '/admin/api/opml', 'x', 'image/png')).status).toBe(415);
    expect((await upload(admin, '/admin/api/opml', 'x', 'multipart/form-data; boundary=a')).status).toBe(400);
    expect((await upload(admin, '/admin/api/opml', 'x'.repeat(17_000_000), 'text/xml')).status).toBe(413);
  });

  it('goes out as OPML', async () => {
    const admin = givenAdmin();
    await upload(admin, '/admin/api/opml', opml, 'text/x-opml');
    const text = await (await admin.ask('GET', '/admin/api/opml')).text();
    expect(text).toContain('text="Größe" title="Größe" xmlUrl="https://a.test/feed"');
  });
});

describe('archived articles', () => {
  it('are read, made safe and tagged by folder, site and language', async () => {
    const admin = givenAdmin();
    const unsafe = article.replace('</p>', '<script>alert(1)</script></p>');
    const response = await upload(admin, '/admin/api/entries?path=world/../water/x.md', unsafe, 'text/html');
    expect(await response.json()).toEqual({ recorded: 1, unchanged: 0, rejected: [] });
    const [recorded] = admin.articles;
    expect(recorded?.entry.content).not.toContain('script');
    expect(recorded?.tags.map((tag) => tag.slug)).toEqual(expect.arrayContaining(['world', 'water', 'a.test']));
    expect(recorded?.firstSeen).toBe(1_600_000_000_000);
  });

  it('of one permalink in one request: the later stamp is used, the other is reported', async () => {
    const admin = givenAdmin();
    const parts = new FormData();
    parts.append('a', new File([article], 'old.md'));
    parts.append('a', new File([article.replace('1600000000000', '1700000000000')], 'new.md'));
    const outcome = await (await upload(admin, '/admin/api/entries', parts)).json<object>();
    expect(outcome).toMatchObject({ recorded: 1, rejected: [{ file: 'old.md', line: 1 }] });
  });

  it('become the same whether they come alone or together', async () => {
    const [alone, together] = [givenAdmin(), givenAdmin()];
    const linking = article
      .replaceAll('/1', '/2')
      .replace('river', '<a href="https://api.a.test/api/detail/article/1234">river</a>');
    await upload(alone, '/admin/api/entries?path=b.md', linking, 'text/markdown');
    const parts = new FormData();
    parts.append('a', new File([article.replaceAll('/1', '/x-1234')], 'a.md'));
    parts.append('a', new File([linking], 'b.md'));
    await upload(together, '/admin/api/entries', parts);
    const hashes = together.articles.map(({ contentHash }) => contentHash);
    expect(hashes).toContain(alone.articles[0]?.contentHash);
  });

  it('come as at most 500 parts, and at least one', async () => {
    const parts = new FormData();
    expect((await upload(givenAdmin(), '/admin/api/entries', parts)).status).toBe(400);
    for (let count = 0; count <= 500; count += 1) parts.append('a', new File(['x'], `${count}.md`));
    expect((await upload(givenAdmin(), '/admin/api/entries', parts)).status).toBe(400);
  });
});
