import { describe, expect, it } from 'vitest';
import { canonicalQuery } from '../../src/query/language/canonical.ts';
import { parameterNames, parseQuery } from '../../src/query/language/parse-query.ts';
import { everything } from '../../src/query/language/query.ts';
import { expectFailure, expectOk, givenInstant } from '../support/given.ts';

function canonicalOf(search: string): string {
  return decodeURIComponent(canonicalQuery(expectOk(parseQuery(new URLSearchParams(search)))));
}

function problemsOf(search: string): string[] {
  return expectFailure(parseQuery(new URLSearchParams(search))).map(
    (problem) => `${problem.parameter}: ${problem.detail}`,
  );
}

describe('the canonical form', () => {
  it.each([
    ['', ''],
    ['tag=', ''],
    ['limit=50&content=full', ''],
    ['limit=007', 'limit=7'],
    ['tag=b,a', 'tag=a,b'],
    ['tag=A,a,Ａ', 'tag=a'],
    ['tag=World%20News', 'tag=world-news'],
    ['tag=Straße', 'tag=strasse'],
    ['tag=C%2B%2B', 'tag=c++'],
    ['tag=b&tag=a', 'tag=a&tag=b'],
    ['tag=-b&tag=-a', 'tag=-a,-b'],
    ['tag=-b,-a&tag=c', 'tag=c&tag=-a,-b'],
    ['tag=a&tag=a,b', 'tag=a'],
    ['tag=a,b&tag=-b', 'tag=a&tag=-b'],
    ['tag=a&tag=-a', 'tag=a&tag=-a'],
    ['tag=新闻，世界', 'tag=世界,新闻'],
    ['source=AAAAAAAAAAAA', 'source=aaaaaaaaaaaa'],
    ['author="King, Jr."', 'author="king, jr."'],
    ['author=-"King, Jr."', 'author=-"king, jr."'],
    ['author="-x"', 'author="-x"'],
    ['author="say ""hi"", you"', 'author="say ""hi"", you"'],
    ['author=The “Rock” Johnson', 'author=the "rock" johnson'],
    ['lang=pt_BR,ZH', 'lang=pt-br,zh'],
    ['lang=-und', 'lang=-und'],
    ['q=  Two   words ', 'q=two words'],
    ['q="A Phrase" -not', 'q="a phrase" -not'],
    ['q=“A Phrase”', 'q="a phrase"'],
    ['q="one"', 'q=one'],
    ['q="open phrase', 'q="open phrase"'],
    ['q=b|a', 'q=a|b'],
    ['q=b | a', 'q=a|b'],
    ['q=-(x) -y', 'q=-(x) -y'],
    ['q=-a|b', 'q=-a -b'],
    ['q=title:Cat text:"Big Dog"', 'q=text:"big dog" title:cat'],
    ['q="title:cat"', 'q="title:cat"'],
    ['q=title: cat', 'q=cat "title:"'],
    ['q=AUTHOR:"Ada L" -author:x author:李', 'q=author:"ada l" author:李 -author:x'],
    ['q=category:"World News"|category:C%2B%2B', 'q=category:c++|category:world-news'],
    ['q=lang:pt_BR|lang:ZH', 'q=lang:pt-br|lang:zh'],
    ['q=url:HTTPS://Example.org/A|url:"a b"', 'q=url:a%20b|url:example.org/a'],
    ['q=url:中', 'q=url:%e4%b8%ad'],
    ['q="url:x" "author:"', 'q="author:" "url:x"'],
    ['q=12:30 https://example.org c%2B%2B: tag:x', 'q=12:30 c++: https://example.org tag:x'],
    ['q=author: lang:|x', 'q="author:" "lang:"|x'],
    ['q=author:-x', 'q=author:"-x"'],
    ['q=tom %26 jerry', 'q=jerry tom'],
    ['q=don’t', "q=don't"],
    ['q=NEAR(a b) OR x*', 'q=b) near(a or x*'],
    ['since=36h', 'since=36h'],
    ['since=24h', 'since=1d'],
    ['since=7 d', 'since=1w'],
    ['since=2024', 'since=2024-01-01'],
    ['since=2024-05-01T00:00:00.000Z', 'since=2024-05-01'],
    ['until=2024-05', 'until=2024-05-31'],
    ['until=2024', 'until=2024-12-31'],
    ['until=2024-05-01t10:30', 'until=2024-05-01T10:30:00Z'],
    ['since=2024-05-01T10:30:00+02:00', 'since=2024-05-01T08:30:00Z'],
    ['since=2024-05-01T10:30:00-0200', 'since=2024-05-01T12:30:00Z'],
    ['since=2024-05-01T10:30:00,1234567Z', 'since=2024-05-01T10:30:00.123Z'],
    ['content=SUMMARY', 'content=summary'],
    ['titles=SOURCE', 'titles=source'],
    ['before=0_00000000000000000000&limit=1', 'limit=1&before=0_00000000000000000000'],
    ['limit=2&limit=02', 'limit=2'],
  ])('of %s is %s', (search, canonical) => {
    expect(canonicalOf(search)).toBe(canonical);
  });

  it('of no parameters asks for everything', () => {
    expect(expectOk(parseQuery([]))).toEqual(everything);
  });

  it('escapes what the URL parser would', () => {
    expect(canonicalQuery(expectOk(parseQuery([['q', `it's "a b" <c> d#e+`]])))).toBe(
      'q=%3Cc%3E%20%22a%20b%22%20d%23e%2B%20it%27s',
    );
  });
});

describe('RSSHub parameters', () => {
  it.each([
    ['filter=Blue|Yellow|Black', 'q=black|blue|yellow'],
    ['filter=new york|paris', 'q="new york"|paris'],
    ['filter=(?i)(Blue|Red)', 'q=blue|red'],
    ['filter=.*Blue.*|Red', 'q=blue|red'],
    ['filter=Node.js|C\\%2B\\%2B', 'q=c++|node.js'],
    ['filter_title=编曲|摄影', 'q=title:摄影|title:编曲'],
    ['filter_description=x-ray', 'q=text:x-ray'],
    ['filterout=spam|ads', 'q=-ads -spam'],
    ['filterout_title=\\[AD\\]', 'q=-title:[ad]'],
    ['filter_author=Ada Lovelace|Bob', 'author=ada lovelace,bob'],
    ['filterout_author=Bob', 'author=-bob'],
    ['filter_category=Tech|World News', 'tag=tech,world-news'],
    ['filterout_category=Ads', 'tag=-ads'],
    ['filter_time=3600', 'since=1h'],
    ['limit=10&brief=100', 'limit=10&content=summary'],
    ['filter=a.b&filter_case_sensitive=false', 'q=a.b'],
  ])('%s is understood as %s', (search, canonical) => {
    expect(canonicalOf(search)).toBe(canonical);
  });

  it.each([
    ['filter=^Important', '^'],
    ['filter=a.*b', '.*'],
    ['filter=\\d{4}', '\\d'],
    ['filter=colou?r', '?'],
    ['filterout_title=[abc]', '['],
    ['filter=(a|b)(c|d)', '('],
    ['filter_author=a$', '$'],
    ['filter=a\\', '\\'],
  ])('%s is refused for its %s', (search, part) => {
    expect(problemsOf(search)).toEqual([expect.stringContaining(`not regular expressions: take ${part} out`)]);
  });

  it.each([
    'filter_case_sensitive=true',
    'filter_time=soon',
    'filter_time=-5',
    'brief=yes',
    'filter=|',
    'filter="a"',
    'filter_author=|',
  ])('%s is explained', (search) => {
    expect(problemsOf(search)).toHaveLength(1);
  });
});

describe('problems', () => {
  it('are reported all at once, in the order given', () => {
    expect(
      problemsOf('limit=0&foo=1&tag=a,-b&since=yesterday&content=all&before=x&lang=!&source=x&q=-').map(
        (p) => p.split(':')[0],
      ),
    ).toEqual(['limit', 'foo', 'tag', 'since', 'content', 'before', 'lang', 'source', 'q']);
  });

  it('of an unknown parameter list the known ones', () => {
    const [problem] = expectFailure(parseQuery([['tags', 'x']], ['key']));
    expect(problem?.allowed).toEqual([...parameterNames, 'key']);
  });

  it('do not arise from parameters of somebody else', () => {
    expect(expectOk(parseQuery([['key', 'x'.repeat(9999)]], ['key']))).toEqual(everything);
  });

  it.each([
    ['limit=1&limit=2', 'limit'],
    ['content=full&brief=100', 'brief'],
    ['since=1h&filter_time=60', 'filter_time'],
    ['since=2024-05-02&until=2024-05-01', 'since'],
    ['since=1h&until=2h', 'since'],
    ['since=2023-02-29', 'since'],
    ['since=2024-04-31', 'since'],
    ['since=2024-13', 'since'],
    ['since=2024-05-01T24:00Z', 'since'],
    ['since=0999', 'since'],
    ['since=1000-01-01T00:00:00%2B01:00', 'since'],
    ['since=99999999w', 'since'],
    ['limit=201', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1e2', 'limit'],
    ['author="a" b', 'author'],
    ['author="a', 'author'],
    ['tag=-', 'tag'],
    ['tag=!', 'tag'],
    ['lang=mandarinchinese', 'lang'],
    ['q=lang:!', 'q'],
    ['q=x -lang:"two words"', 'q'],
    ['q=category:!', 'q'],
    ['q=url:https://', 'q'],
    ['before=00_00000000000000000000', 'before'],
    ['before=zzzzzzzzzz_00000000000000000000', 'before'],
  ])('%s is one of %s', (search, parameter) => {
    expect(problemsOf(search).map((problem) => problem.split(':')[0])).toEqual([parameter]);
  });

  it('does not take bounds for crossed that may yet meet', () => {
    expect(expectOk(parseQuery(new URLSearchParams('since=2024-05-01&until=1h')))).toMatchObject({
      since: { kind: 'instant', at: givenInstant('2024-05-01T00:00:00Z') },
      until: { kind: 'age', ms: 3_600_000 },
    });
  });
});

describe('hostile requests', () => {
  const hostile: [string, [string, string][]][] = [
    ['10,000 parameters', Array.from({ length: 10_000 }, (_, n) => [`p${n}`, 'x'])],
    ['10,000 tags in one value', [['tag', Array.from({ length: 10_000 }, (_, n) => n).join(',')]]],
    ['100 tags that fit', [['tag', Array.from({ length: 100 }, (_, n) => n).join(',')]]],
    ['9 groups', Array.from({ length: 9 }, (_, n) => ['tag', `t${n}`])],
    ['1 MB of q', [['q', 'x '.repeat(500_000)]]],
    ['a word of 2,000 letters', [['q', 'x'.repeat(2000)]]],
    ['2,000 characters that grow 18 times', [['q', `"${'\ufdfa'.repeat(1990)}`]]],
    ['many words', [['q', Array.from({ length: 25 }, (_, n) => `w${n}x`).join(' ')]]],
    ['nested quotes', [['q', '"-"|'.repeat(500)]]],
    ['nested groups in a filter', [['filter', '('.repeat(1000) + ')'.repeat(1000)]]],
    ['a name of 1 MB', [['x'.repeat(1_000_000), '']]],
    ['lone surrogates in a name', [['\ud800', 'x']]],
    [
      'a prototype',
      [
        ['__proto__', 'x'],
        ['constructor', 'x'],
      ],
    ],
  ];

  it.each(hostile)('%s are refused at once', (_, params) => {
    const before = Date.now();
    const problems = expectFailure(parseQuery(params));
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems).length).toBeLessThan(40_000);
    expect(Date.now() - before).toBeLessThan(200);
  });

  it('reads lone surrogates and controls as text', () => {
    expect(canonicalOf('q=a%00b')).toBe('q=a b');
    expect(canonicalQuery(expectOk(parseQuery([['q', 'ab\ud800']])))).toBe('q=ab%EF%BF%BD');
  });
});
