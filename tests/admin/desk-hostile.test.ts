/**
 * Whatever a feed, a form or an address says, a page of the desk holds no element and no attribute of it.
 */
import { describe, expect, it } from 'vitest';
import { toSourceId } from '../../src/domain/source.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import type { Tag } from '../../src/domain/tag.ts';
import { givenUrl } from '../support/given.ts';
import { givenAdmin, givenNow } from '../support/given-admin.ts';
import { type DeskAnswer, desk, logIn } from '../support/given-desk.ts';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus=alert(1) autofocus='",
  '</title><svg onload=alert(1)>',
  'javascript:alert(1)',
  '<!--<base href="https://evil.test/">-->',
  '</textarea></form><form action="https://evil.test/">',
];

/** What of a page could do harm. */
function harmOf({ response, document, text }: DeskAnswer): readonly string[] {
  const policy = response.headers.get('Content-Security-Policy') ?? '';
  const scripts = [...document.querySelectorAll('script')].map((script) => script.getAttribute('src') ?? 'inline');
  const attributes = [...document.querySelectorAll('*')].flatMap((element) => [
    ...(element as unknown as { attributes: Iterable<{ name: string; value: string }> }).attributes,
  ]);
  return [
    ...(/default-src 'none'.*require-trusted-types-for 'script'/.test(policy) ? [] : ['no policy']),
    ...scripts.filter((src) => !/^\/admin\/assets\/desk-[0-9a-v]{12}\.js$/.test(src)),
    ...(scripts.length === 1 ? [] : [`${scripts.length} scripts`]),
    ...[...document.querySelectorAll('img:not(.pictured > img), iframe, base, object')].map(
      ({ outerHTML }) => outerHTML,
    ),
    ...attributes.filter(({ name }) => name.startsWith('on')).map(({ name }) => name),
    ...attributes
      .filter(({ name }) => ['href', 'src', 'action'].includes(name))
      .map(({ value }) => value)
      .filter((value) => !/^(?:[/#](?!\/)|https:\/\/a\.test\/)/.test(value)),
    ...(text.includes('<script>alert') ? ['its script'] : []),
  ];
}

describe.each(hostile)('%s', (words) => {
  const url = givenUrl('https://a.test/feed');
  const tag = { slug: words, label: words } as Tag;
  const reportOf = {
    source: {
      id: toSourceId(url),
      kind: 'feed',
      url,
      title: words,
      tags: [tag],
      enabled: true,
      fullText: false,
      maxEntries: 0,
      declaredBy: 'api',
    },
    state: {
      ...toInitialState(givenNow),
      lastOutcome: 'failed',
      consecutiveFailures: 3,
      lastFailure: { kind: 'network', detail: words },
      nextCheckWhy: words,
      validators: { etag: words },
      defects: [{ kind: words, detail: words, line: 1 }],
      recentEntries: [givenNow],
      history: `${words} rx3k20+1,1,0 rx3k20-404 ${words}`,
    },
    entries: 1,
  } as const;
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const view = { name: words, title: words, query: words, tags: [tag], keyHash: 'x' };
  const options = {
    pages: {
      'https://a.test/other': {
        body: `<rss version="2.0"><channel><title>${escaped}</title><description>${escaped}</description><item><title>${escaped}</title><category>${escaped}</category><description>${escaped}</description></item></channel></rss>`,
      },
    },
    archive: {
      sources: async () => [reportOf],
      source: async () => reportOf,
      views: async () => [view],
      ruleBook: async () => ({
        declared: [{ tag: words, any: [words] }],
        rules: [{ tag: words, any: [words] }],
        isRetagging: false,
      }),
    },
  };
  const encoded = encodeURIComponent(words);

  it.each([
    '/admin',
    `/admin?q=${encoded}&show=${encoded}&done=${encoded}&page=${encoded}`,
    '/admin/sources/x',
    '/admin/sources/x/remove',
    `/admin/add?url=${encoded}`,
    '/admin/add?url=https://a.test/other',
    `/admin/views?edit=${encoded}`,
    `/admin/views/${encoded.replaceAll('%2F', '-')}/remove`,
    '/admin/rules',
    `/admin/${encoded}`,
  ])('is only text at %s', async (path) => {
    const admin = givenAdmin(options);
    const { cookie } = await logIn(admin);
    expect(harmOf(await desk(admin, 'GET', path, { cookie }))).toEqual([]);
  });

  it('is only text in what forms answer', async () => {
    const admin = givenAdmin(options);
    const { cookie, formToken: token } = await logIn(admin);
    const upload = new FormData();
    upload.append('token', token);
    upload.append('file', new File(['no article'], `${words}.md`));
    const answers = [await desk(admin, 'POST', '/admin/transfer/articles', { cookie, upload })];
    const form = {
      token,
      url: words,
      name: words,
      title: words,
      query: words,
      tags: words,
      tag: words,
      words,
      private: 'on',
    };
    for (const path of ['/admin/add', '/admin/views', '/admin/sources/x']) {
      answers.push(await desk(admin, 'POST', path, { cookie, form }));
    }
    answers.push(await desk(admin, 'POST', '/admin/login', { form: { secret: words } }));
    expect(answers.filter(({ response }) => response.status !== 303).flatMap(harmOf)).toEqual([]);
    expect(answers.every(({ response }) => (response.headers.get('Location') ?? '/').startsWith('/'))).toBe(true);
  });
});
