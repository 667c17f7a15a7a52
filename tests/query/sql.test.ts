import { describe, expect, it } from 'vitest';
import type { EntryId } from '../../src/domain/entry.ts';
import type { SourceId } from '../../src/domain/source.ts';
import { mapTerms } from '../../src/query/language/groups.ts';
import { parseQuery } from '../../src/query/language/parse-query.ts';
import type { Query, TextTerm } from '../../src/query/language/query.ts';
import { isInsideWords } from '../../src/query/language/words.ts';
import { firstRowid, lastRowid, nextRowid } from '../../src/query/sql/entry-rowid.ts';
import { type ShareOf, unknownShares } from '../../src/query/sql/gram-shares.ts';
import { languageRanges, toSearchRow } from '../../src/query/sql/search-tables.ts';
import { toSql } from '../../src/query/sql/sql.ts';
import { maxExamined } from '../../src/query/sql/sql-horizon.ts';
import type { CountOf } from '../../src/query/sql/sql-plan.ts';
import type { TextualFacts } from '../support/arbitrary-query.ts';
import { expectOk, givenInstant } from '../support/given.ts';
import { addEntries, createSearchArchive, idsOf, spelledOut } from '../support/search-archive.ts';

const now = givenInstant('2026-05-05T12:00:00Z');

function query(...params: [string, string][]): Query {
  return expectOk(parseQuery(params));
}

function entry(n: number, text: string): TextualFacts {
  return {
    id: String(n).padStart(20, '0') as EntryId,
    sortAt: givenInstant(now - n * 1000),
    tags: ['t'],
    source: 'aaaaaaaaaaaa' as SourceId,
    authors: ['ada'],
    title: `Title ${n}`,
    text,
  };
}

const sizes: CountOf = (facet, member) =>
  ({ rare: 10, mid: 1500, all: 100_000 })[member] ?? (facet === 'source' ? 300 : undefined);

function planOf(asked: Query, countOf?: CountOf): string {
  const db = createSearchArchive();
  const { sql, params } = toSql(asked, now, countOf);
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params);
  db.close();
  return steps.map((step) => String(step['detail'])).join('\n');
}

describe('operators in user text', () => {
  const texts = [
    'x OR y',
    'x NEAR y',
    'NEAR(x y)',
    'title:x',
    'title : x',
    'a AND NOT b',
    'xy*',
    '^xy',
    '{x y} : z',
    '-xy',
    '(((',
    ')))',
    "'; DROP TABLE entry; --",
    'x + y',
    '?12',
    '%x_',
  ];

  it.each(texts)('%j finds exactly the text that holds it', (text) => {
    const db = createSearchArchive();
    addEntries(db, [entry(1, 'nothing of the kind: a b x y z'), entry(2, `before ${text} after`)]);
    const found = idsOf(db, toSql(query(['q', `"${text}"`]), now));
    db.close();
    expect(found).toEqual([entry(2, '').id]);
  });

  it('never break a statement, whatever is searched for', () => {
    const db = createSearchArchive();
    const marks = Array.from('"\'*+-^(){}[]:,;.!?\\/|&%$#@~`<>= \u0000\ud800\u202e\ufeff中');
    const asked = marks.flatMap((a) => marks.map((b) => parseQuery([['q', `${a}${b}${a} ${b}xy${a}`]])));
    const rows = asked.map((result) => (result.ok ? idsOf(db, toSql(result.value, now)).length : 0));
    db.close();
    expect(Math.max(...rows)).toBe(0);
  });
});

/** A term as part of as many words as are spelled out, or of none when it is short. */
function spelledTerm(term: TextTerm): TextTerm {
  if (!isInsideWords(term.text)) return term;
  return { ...term, words: Array.from({ length: 24 }, (_, at) => `${term.text}${'x'.repeat(at)}`) };
}

/** The query with each term as many words. */
function inManyWords(asked: Query): Query {
  return { ...asked, text: mapTerms(asked.text ?? [], spelledTerm) };
}

describe('words that terms are spelled out as', () => {
  it('are walked, and not opened again for each entry of a small tag', () => {
    expect(toSql(inManyWords(query(['q', 'quern'])), now).params.join(' ')).toContain('"quernxx"');
    const few = toSql(inManyWords(query(['q', 'quern'], ['tag', 'rare'])), now, () => 90);
    expect(few.params.join(' ')).toContain('"quern"');
    expect(few.params.join(' ')).not.toContain('"quernx"');
  });

  it('are not opened again for each entry beside a phrase that may stand for them', () => {
    const { sql, params } = toSql(inManyWords(query(['q', 'quern|"a river"'])), now);
    expect(params.join(' ')).not.toContain('"quernx"');
    expect(sql).not.toContain('entry_gram');
  });
});

describe('the largest query', () => {
  const lists = ['tag', 'author', 'lang'].flatMap((name, kind) =>
    Array.from({ length: 8 }, (_, n): [string, string] => [
      name,
      n === 7 ? `-z${'abc'[kind]}` : `a${'abcdefgh'[n]},b${'abcdefgh'[n]}`,
    ]),
  );
  const terms = Array.from({ length: 11 }, (_, n) => `word${n}|${'甲乙丙丁戊己庚辛壬癸子'[n]}`).join(' ');
  const largest = query(
    ...lists,
    ['q', `${terms} -no -zz`],
    ['since', '1d'],
    ['until', '1h'],
    ['before', '0_00000000000000000000'],
  );
  const spelled = inManyWords(largest);

  it.each<[string, CountOf]>([
    ['from the text', () => 1_000_000],
    ['from a facet', () => 1],
    ['knowing nothing', () => undefined],
  ])('binds at most 100 parameters, %s', (_, countOf) => {
    const db = createSearchArchive();
    const oldest = { sortAt: now, id: '0'.repeat(20) as EntryId };
    for (const statement of [
      toSql(largest, now, countOf),
      toSql(largest, now, countOf, { shareOf: unknownShares, oldest }),
      toSql(spelled, now, countOf),
      toSql(spelled, now, countOf, { shareOf: unknownShares, oldest }),
    ]) {
      expect(statement.params.length).toBeLessThanOrEqual(100);
      expect(idsOf(db, statement)).toEqual([]);
    }
    db.close();
  });
});

describe('the plan', () => {
  it('walks all entries in order when nothing is asked', () => {
    expect(planOf(query())).toContain('SCAN e USING INDEX entry_by_order');
  });

  it('seeks to the cursor', () => {
    const plan = planOf(query(['tag', 'all'], ['before', 'k5f3x2_00000000000000000000']), sizes);
    expect(plan).toContain('SEARCH d USING PRIMARY KEY (tag=? AND (sort_at,id)<(?,?))');
  });

  it('starts from the rarest of several', () => {
    expect(planOf(query(['tag', 'all'], ['source', 'aaaaaaaaaaaa']), sizes)).toContain(
      'SEARCH e USING INDEX entry_by_source',
    );
    expect(planOf(query(['tag', 'rare'], ['source', 'aaaaaaaaaaaa']), sizes)).toContain(
      'SEARCH d USING PRIMARY KEY (tag=?)',
    );
  });

  it('gathers a few alternatives and walks past many', () => {
    expect(planOf(query(['tag', 'rare,mid']), sizes)).toContain('USE TEMP B-TREE FOR ORDER BY');
    expect(planOf(query(['tag', 'rare,all']), sizes)).toContain('SCAN e USING INDEX entry_by_order');
  });

  it('walks the text index unless a tag leaves very few', () => {
    expect(planOf(query(['q', 'china'], ['tag', 'mid']), sizes)).toContain('SCAN entry_text');
    expect(planOf(query(['q', 'china'], ['tag', 'rare']), sizes)).toContain('SEARCH d USING PRIMARY KEY (tag=?)');
  });

  it.each(['china', '中国', 'china ai', 'china|ai', 'china -ai', '-china', '"a phrase" a|abc -no'])(
    'never sorts or gathers the matches of %s',
    (q) => {
      const plan = planOf(query(['q', q]));
      const walk = plan.slice(plan.indexOf('MATERIALIZE page'), plan.indexOf('SCAN page'));
      expect(walk).toContain('CO-ROUTINE w');
      expect(walk).not.toContain('TEMP B-TREE');
    },
  );

  it.each(['tag=a,b', 'tag=-a', 'author=a,b&lang=-zh', 'q=china&tag=a,b'])(
    'of %s builds no index on the fly',
    (search) => {
      expect(planOf(query(...new URLSearchParams(search)))).not.toContain('AUTOMATIC');
    },
  );
});

describe('a term spelled out as words', () => {
  const db = createSearchArchive();
  addEntries(db, [
    entry(1, 'the riverside'),
    entry(2, 'Up the river'),
    entry(3, 'a driver, c++river'),
    entry(4, 'rive'),
  ]);
  const found = (q: string): EntryId[] => idsOf(db, toSql(spelledOut(db, query(['q', q])), now));

  it.each([
    ['river', [1, 2, 3]],
    ['iver -riverside', [2, 3]],
    ['rive -river', [4]],
    ['text:driver|riverside', [1, 3]],
    ['title:river', []],
    ['title:titl river', [1, 2, 3]],
    ['nowhere', []],
    ['-nowhere', [1, 2, 3, 4]],
    ['river -nowhere', [1, 2, 3]],
    ['river "the river"', [1, 2]],
    ['"the river"|driver', [1, 2, 3]],
    ['river up', [2]],
  ])('%s finds what trigrams find', (q, numbers) => {
    expect(found(q)).toEqual(numbers.map((n) => entry(n, '').id));
    expect(idsOf(db, toSql(query(['q', q]), now))).toEqual(found(q));
  });
});

/** Words have a trigram that is not in every entry. */
const ordinaryShare: ShareOf = (gram) => (gram === 'wor' ? 0.2 : 0.05);

describe('the horizon', () => {
  it('is out of sight for ordinary queries of a large archive', () => {
    const ordinary = [
      '',
      'tag=a',
      'q=china',
      'q=中国',
      'q=ai chips',
      'q="world cup"',
      'q=china -ai',
      'q=china|ai',
      'lang=zh&tag=-a',
    ];
    const examined = ordinary.map((search) =>
      maxExamined(query(...new URLSearchParams(search)), undefined, ordinaryShare),
    );
    expect(Math.min(...examined)).toBeGreaterThan(40_000);
  });

  it('is no nearer for words than for their trigrams', () => {
    for (const q of ['china', 'china chips', 'china -chips', 'china|chips', 'china ai']) {
      const asked = query(['q', q]);
      const spelled = inManyWords(asked);
      for (const shareOf of [ordinaryShare, unknownShares])
        expect(maxExamined(spelled, undefined, shareOf)).toBeGreaterThanOrEqual(maxExamined(asked, undefined, shareOf));
    }
  });

  it('is nowhere when one list has what is asked for, however rare it is', () => {
    const [word, excluding, tagged] = ['q=china', 'q=-china', 'q=china&tag=a'].map((search) => {
      return maxExamined(inManyWords(query(...new URLSearchParams(search))));
    });
    expect(word).toBe(Number.POSITIVE_INFINITY);
    expect([excluding, tagged].every(Number.isFinite)).toBe(true);
  });

  it('is near for costly ones', () => {
    expect(maxExamined(query(['q', 'x'.repeat(400)]))).toBeLessThan(6000);
    expect(maxExamined(query(['q', 'ab|abc cd|cde']))).toBeLessThan(6000);
  });

  it('is nowhere when few entries are in question', () => {
    expect(maxExamined(query(['tag', 'rare'], ['q', 'x'.repeat(400)]), () => 10)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('row ids', () => {
  it.each([Date.UTC(1000, 0, 1), -1, 0, now, Date.UTC(9999, 11, 31, 23, 59, 59, 999)])(
    'at %d are safe integers',
    (at) => {
      expect(firstRowid(at)).toBeGreaterThanOrEqual(0);
      expect(Number.isSafeInteger(lastRowid(at))).toBe(true);
      expect(lastRowid(at - 2 ** 24)).toBe(firstRowid(at) - 1);
    },
  );

  it('are handed out in turn until the span is full', () => {
    expect(nextRowid(now, undefined)).toBe(firstRowid(now));
    expect(nextRowid(now, firstRowid(now))).toBe(firstRowid(now) + 1);
    expect(nextRowid(now, lastRowid(now))).toBeUndefined();
  });
});

describe('what an entry puts into the indexes', () => {
  it('is folded text, its grams and its words', () => {
    expect(toSearchRow('AI 中', 'Ｃ# River')).toEqual({
      title: 'ai 中',
      text: 'c# river',
      titleTokens: 'ai 中',
      textTokens: 'c# river',
      words: new Set(['river']),
    });
  });

  it('is every language range it is in', () => {
    expect(languageRanges('zh-Hans-CN')).toEqual(['zh', 'zh-hans', 'zh-hans-cn']);
    expect(languageRanges(undefined)).toEqual(['und']);
  });
});
