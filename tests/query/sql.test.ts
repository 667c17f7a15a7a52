import { describe, expect, it } from 'vitest';
import type { EntryId } from '../../src/domain/entry.ts';
import type { SourceId } from '../../src/domain/source.ts';
import { languageRanges } from '../../src/query/language/facets.ts';
import { parseQuery } from '../../src/query/language/parse-query.ts';
import type { Query } from '../../src/query/language/query.ts';
import { firstRowid, lastRowid, nextRowid } from '../../src/query/sql/entry-rowid.ts';
import { toSearchRow } from '../../src/query/sql/search-tables.ts';
import { toSql, type Walk } from '../../src/query/sql/sql.ts';
import { horizonSql } from '../../src/query/sql/sql-horizon.ts';
import type { CountOf } from '../../src/query/sql/sql-plan.ts';
import type { TextualFacts } from '../support/arbitrary-query.ts';
import { expectOk, givenInstant } from '../support/given.ts';
import { addEntries, createSearchArchive, idsOf } from '../support/search-archive.ts';

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
    sources: ['aaaaaaaaaaaa'],
    authors: ['ada'],
    languages: ['und'],
    title: `Title ${n}`,
    text,
  };
}

const sizes: CountOf = (facet, member) =>
  ({ rare: 10, mid: 1500, all: 100_000 })[member] ?? (facet === 'sources' ? 300 : undefined);

function walkOf(asked: Query, countOf?: CountOf): Walk {
  return { query: asked, now, order: 'DESC', ...(countOf && { countOf }) };
}

function planOf(asked: Query, countOf?: CountOf): string {
  const db = createSearchArchive();
  const { sql, params } = toSql(walkOf(asked, countOf));
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
    const found = idsOf(db, toSql(walkOf(query(['q', `"${text}"`]))));
    db.close();
    expect(found).toEqual([entry(2, '').id]);
  });

  it('never break a statement, whatever is searched for', () => {
    const db = createSearchArchive();
    const marks = Array.from('"\'*+-^(){}[]:,;.!?\\/|&%$#@~`<>= \u0000\ud800\u202e\ufeff中');
    const asked = marks.flatMap((a) => marks.map((b) => parseQuery([['q', `${a}${b}${a} ${b}xy${a}`]])));
    const rows = asked.map((result) => (result.ok ? idsOf(db, toSql(walkOf(result.value))).length : 0));
    db.close();
    expect(Math.max(...rows)).toBe(0);
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
  const asking = (q: string): Query =>
    query(...lists, ['q', q], ['since', '1d'], ['until', '1h'], ['before', '0_00000000000000000000']);
  const words = asking(`${terms} -no -zz`);
  // The most there are for each entry to be looked at for, of every kind.
  const places = asking(
    `${Array.from({ length: 5 }, (_, n) => `title:w${n}ord|中${'甲乙丙丁戊'[n]}|author:a${n}|url:${n}`).join(' ')} -lang:xx -url:y -no -zz`,
  );

  it.each<[string, Query, CountOf]>([
    ['from the text', words, () => 1_000_000],
    ['from a facet', words, () => 1],
    ['knowing nothing', words, () => undefined],
    ['of places, from the text', places, () => 1_000_000],
    ['of places, from a facet', places, () => 1],
  ])('binds at most 100 parameters, %s', (_, largest, countOf) => {
    const db = createSearchArchive();
    const oldest = { sortAt: now, id: '0'.repeat(20) as EntryId };
    for (const statement of [
      toSql(walkOf(largest, countOf)),
      toSql({ ...walkOf(largest, countOf), oldest }),
      horizonSql(walkOf(largest, countOf), 5) ?? toSql(walkOf(largest, countOf)),
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
      'SEARCH d USING PRIMARY KEY (source=?)',
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

describe('a term', () => {
  const db = createSearchArchive();
  addEntries(db, [
    entry(1, 'the riverside'),
    entry(2, 'Up the river'),
    entry(3, 'a driver, c++river'),
    entry(4, 'rive'),
    entry(5, 'ver riv ive'),
  ]);
  const oldest = { sortAt: entry(9, '').sortAt, id: entry(9, '').id };

  it.each([
    ['river', [1, 2, 3]],
    ['iver -riverside', [2, 3]],
    ['rive -river', [4]],
    ['text:driver|riverside', [1, 3]],
    ['title:river', []],
    ['title:titl river', [1, 2, 3]],
    ['nowhere', []],
    ['-nowhere', [1, 2, 3, 4, 5]],
    ['river -nowhere', [1, 2, 3]],
    ['river "the river"', [1, 2]],
    ['"the river"|driver', [1, 2, 3]],
    ['river up', [2]],
    ['riv -rive', [5]],
  ])('%s is found inside words, by a walk with and without an end', (q, numbers) => {
    const expected = numbers.map((n) => entry(n, '').id);
    expect(idsOf(db, toSql(walkOf(query(['q', q]))))).toEqual(expected);
    expect(idsOf(db, toSql({ ...walkOf(query(['q', q])), oldest }))).toEqual(expected);
  });
});

describe('the horizon', () => {
  const db = createSearchArchive();
  const spanMs = 2 ** 24;
  const places = Array.from({ length: 12 }, (_, n) => ({
    ...entry(n, n % 2 === 0 ? 'the river' : 'ver riv ive the'),
    sortAt: givenInstant(now - n * spanMs),
  }));
  addEntries(db, places);
  const horizonOf = (search: string, most: number, countOf?: CountOf): unknown[] => {
    const statement = horizonSql(walkOf(query(...new URLSearchParams(search)), countOf), most);
    const row = statement === undefined ? undefined : db.prepare(statement.sql).get(...statement.params);
    return row === undefined ? [] : [row['sort_at'], row['id']];
  };

  it('is the span of the last of so many entries that hold the letters of what is wanted', () => {
    const [at, id] = horizonOf('q=river', 7);
    expect(Number(at)).toBeLessThanOrEqual(places[2]?.sortAt ?? 0);
    expect(Number(at)).toBeGreaterThan((places[2]?.sortAt ?? 0) - spanMs);
    expect(id).toBe('0'.repeat(20));
    expect(horizonOf('q=river', 32)).toEqual([]);
    expect(Number(horizonOf('q="the river"', 7)[0])).toBeLessThanOrEqual(places[4]?.sortAt ?? 0);
  });

  it('is the last of so many entries of the list that is walked', () => {
    expect(horizonOf('q=-river', 3)).toEqual([places[2]?.sortAt, places[2]?.id]);
    expect(horizonOf('tag=t&lang=und', 3)).toEqual([places[2]?.sortAt, places[2]?.id]);
    expect(horizonOf('tag=t&lang=und', 3, () => 2)).toEqual([]);
  });

  it('is nowhere when one list has what is asked for, however rare it is', () => {
    expect(['', 'tag=t', 'author=ada', 'q=riv', 'q=ai'].flatMap((search) => horizonOf(search, 1))).toEqual([]);
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
    expect(nextRowid(now, lastRowid(now) - 1)).toBeUndefined();
  });
});

describe('what an entry puts into the indexes', () => {
  it('is folded text and its grams', () => {
    expect(toSearchRow('AI 中', 'Ｃ# River')).toEqual({
      title: 'ai 中',
      text: 'c# river',
      titleGrams: 'ai 中',
      textGrams: 'c#',
    });
  });

  it('is every language range it is in', () => {
    expect(languageRanges('zh-Hans-CN')).toEqual(['zh', 'zh-hans', 'zh-hans-cn']);
    expect(languageRanges(undefined)).toEqual(['und']);
  });
});
