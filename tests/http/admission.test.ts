import { describe, expect, it } from 'vitest';
import { admitQuestions, createAdmission } from '../../src/http/admission.ts';

function asked(path: string, ip?: string): Request {
  return new Request(`https://feeds.example${path}`, ip === undefined ? {} : { headers: { 'CF-Connecting-IP': ip } });
}

/** Lets each client ask twice. */
function givenAdmission() {
  const counts = new Map<string, number>();
  return createAdmission(async (client) => {
    counts.set(client, (counts.get(client) ?? 0) + 1);
    return (counts.get(client) ?? 0) <= 2;
  });
}

describe('a client', () => {
  it('that asks too much is told to wait; others are not', async () => {
    const admit = givenAdmission();
    const answers = [];
    for (let at = 0; at < 3; at += 1) answers.push(await admit(asked('/rss.xml?q=a', '192.0.2.1')));
    expect(answers.map((answer) => answer?.status)).toEqual([undefined, undefined, 429]);
    expect(answers[2]?.headers.get('Retry-After')).toBe('60');
    expect(await admit(asked('/rss.xml?q=a', '192.0.2.2'))).toBeUndefined();
  });

  it('of IPv6 is its network', async () => {
    const admit = givenAdmission();
    await admit(asked('/?q=a', '2001:db8:1:2::1'));
    await admit(asked('/?q=a', '2001:db8:1:2::2'));
    expect((await admit(asked('/?q=a', '2001:db8:1:2:3::9')))?.status).toBe(429);
    // Zeros that the short spelling leaves out are part of the network.
    await admit(asked('/?q=a', '2001:db8::1:0:0:1'));
    await admit(asked('/?q=a', '2001:db8::2:0:0:1'));
    expect((await admit(asked('/?q=a', '2001:db8::3:0:0:1')))?.status).toBe(429);
  });

  it('whose address nobody tells is not limited', async () => {
    const admit = givenAdmission();
    for (let at = 0; at < 9; at += 1) expect(await admit(asked('/rss.xml?q=a'))).toBeUndefined();
  });
});

describe('of all requests', () => {
  it.each([
    ['/search?q=a', true],
    ['/tags/news?before=x', true],
    ['/entries/0123456789abcdefghij', true],
    ['/archive/2026/01', true],
    ['/', false],
    ['/tags/news', false],
    ['/health', false],
    ['/admin/api/sources?x=1', false],
    ['/assets/style-1.css?x', false],
  ])('%s counts: %s', async (path, counts) => {
    let counted = 0;
    const admit = createAdmission(async () => {
      counted += 1;
      return true;
    });
    const answer = admitQuestions(admit, async () => new Response('page'));
    expect(await (await answer(asked(path, '192.0.2.1'))).text()).toBe('page');
    expect(counted === 1).toBe(counts);
  });
});
