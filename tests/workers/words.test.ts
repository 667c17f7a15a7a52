/**
 * An archive that is older than finding by words answers the same before, while and after its entries are indexed anew.
 */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntryId } from '../../src/domain/entry.ts';
import type { SourceId } from '../../src/domain/source.ts';
import { findPlaces } from '../../src/platform/archive/answers/answer-query.ts';
import { readMeta } from '../../src/platform/archive/ground/meta.ts';
import { migrate } from '../../src/platform/archive/ground/migrations.ts';
import {
  type ArchiveState,
  changeEntries,
  inTransaction,
  wakeArchive,
} from '../../src/platform/archive/ground/state.ts';
import { retireEntry } from '../../src/platform/archive/rows/write-entries.ts';
import { forgetListedWords, listWords } from '../../src/platform/archive/search/listed-words.ts';
import { spellOut } from '../../src/platform/archive/search/spelling.ts';
import { indexSomeWords, isIndexingWords } from '../../src/platform/archive/search/word-backfill.ts';
import { createArchiveWriter } from '../../src/platform/archive-writer.ts';
import { textGrams } from '../../src/query/language/grams.ts';
import { membersOf } from '../../src/query/language/groups.ts';
import { parseQuery } from '../../src/query/language/parse-query.ts';
import type { Query, TextTerm } from '../../src/query/language/query.ts';
import { toSearchRow } from '../../src/query/sql/search-tables.ts';
import {
  arbitraryArchive,
  arbitraryQuery,
  askedAt,
  naiveAnswer,
  type TextualFacts,
} from '../support/arbitrary-query.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';
import { expectOk } from '../support/given.ts';
import { bindings } from '../support/given-owner.ts';
import { fillArchive, inNewObject } from '../support/random-archive.ts';

/** Takes back what 0006 did and what entries wrote for it. */
function makeOld({ sql }: ArchiveState, entries: readonly TextualFacts[]): void {
  for (const table of ['word_part_list', 'word_part', 'word']) sql.exec(`DROP TABLE ${table}`);
  sql.exec(`DELETE FROM migration WHERE name = '0006-words'`);
  forgetListedWords(sql);
  for (const { id, title, text } of entries) {
    const { rowid } = sql.exec<{ rowid: number }>('SELECT rowid FROM entry WHERE id = ?', id).one();
    const folded = toSearchRow(title, text);
    const grams = [folded.title, folded.text].map((part) => [...textGrams(part)].join(' '));
    sql.exec('DELETE FROM entry_gram WHERE rowid = CAST(? AS INTEGER)', rowid);
    sql.exec('INSERT INTO entry_gram (rowid, title, text) VALUES (CAST(? AS INTEGER), ?, ?)', rowid, ...grams);
  }
}

function expectAnswers(archive: ArchiveState, entries: readonly TextualFacts[], asked: readonly Query[]): void {
  for (const query of asked) {
    const found = findPlaces(archive, query, askedAt);
    const expected = naiveAnswer(entries, query);
    expect(found.places.map((place) => place.id)).toEqual(expected.ids);
    expect(found.more).toBe(expected.more);
  }
}

const queries = fc
  .array(
    arbitraryQuery.filter((query) => query.text !== undefined),
    { minLength: 15, maxLength: 15 },
  )
  .map((random) => [...random, wordQuery]);

const wordQuery = expectOk(parseQuery([['q', 'iver']]));

describe('an archive without words', () => {
  it('answers the same while it is indexed, interrupted or not, and after that', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryArchive, queries, fc.integer({ min: 1, max: 12 }), async (entries, asked, step) => {
        await inNewObject('words', (storage) => {
          const [first, ...rest] = entries;
          const newer = first === undefined ? [] : [first];
          fillArchive(wakeArchive(storage), rest);
          makeOld(wakeArchive(storage), rest);
          expect(migrate(storage)).toEqual(['0006-words']);
          let archive = wakeArchive(storage);
          expect(isIndexingWords(archive.sql)).toBe(rest.length > 0);
          expectAnswers(archive, rest, asked);
          let held = rest;
          for (let steps = 0; isIndexingWords(archive.sql); steps += 1) {
            expect(spellOut(archive.sql, wordQuery)).toBe(wordQuery);
            expect(() => indexSomeWords(failing(archive), step)).toThrow('interrupted');
            expectAnswers(archive, held, asked);
            expect(indexSomeWords(archive, step)).toBe(isIndexingWords(archive.sql));
            if (steps === 0) fillArchive(archive, newer);
            held = steps === 0 ? entries : held;
            expectAnswers(archive, held, asked);
            archive = wakeArchive(storage);
          }
          expect(spellOut(archive.sql, wordQuery)).not.toBe(wordQuery);
          expectAnswers(archive, held, asked);
        });
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

it('is indexed by the rounds of the cron', async () => {
  const stub = bindings.ARCHIVE.getByName('archive');
  const articles = Array.from({ length: 120 }, (_, at) => ({ name: `Riverside ${at}`, at: '2026-01-01T00:00:00Z' }));
  await recordArticles(bindings, givenSource('words.example'), articles);
  const count = async (): Promise<number> =>
    (await stub.count(expectOk(parseQuery([['q', 'title:iverside']])), 200)).amount;
  expect(await count()).toBe(120);
  for (let alarms = 0; alarms < 10; alarms += 1) await runDurableObjectAlarm(stub);
  await runInDurableObject(stub, (_, { storage }) => {
    makeOld(wakeArchive(storage), []);
    migrate(storage);
  });
  const progress: string[] = [];
  while (progress.at(-1) !== 'done') {
    await createArchiveWriter(bindings).claimDue(askedAt, 0);
    progress.push(
      await runInDurableObject(stub, (_, { storage }) => readMeta(storage.sql, 'unindexed_words') ?? 'done'),
    );
    expect(await count()).toBe(120);
  }
  // Seeds are among the entries.
  expect(progress.length).toBeGreaterThanOrEqual(2);
  expect(progress.slice(0, -1)).toEqual(progress.slice(0, -1).toSorted());
});

/** The archive, which fails when it is about to say how far a step has come. */
function failing(archive: ArchiveState): ArchiveState {
  const exec: SqlStorage['exec'] = (query, ...given) => {
    if (/^(?:INSERT INTO|DELETE FROM) meta/.test(query)) throw new Error('interrupted');
    return archive.sql.exec(query, ...given);
  };
  return { ...archive, sql: { exec } as SqlStorage };
}

describe('a new archive', () => {
  it('has its words from the start', async () => {
    await inNewObject('words', (storage) => {
      expect(isIndexingWords(storage.sql)).toBe(false);
      expect(spellOut(storage.sql, wordQuery).text).toEqual([{ anyOf: [{ text: 'iver', in: 'both', words: [] }] }]);
    });
  });
});

function termsOf({ text = [] }: Query): readonly TextTerm[] {
  return text.flatMap(membersOf<TextTerm>);
}

function givenFacts(at: number, text: string): TextualFacts {
  const id = String(at).padStart(20, '0') as EntryId;
  return { id, sortAt: askedAt, tags: [], source: 'aaaaaaaaaaaa' as SourceId, authors: [], title: '', text };
}

/** The same numbers for every run. */
function createNumbers(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 2 ** 31) * below);
  };
}

describe('the list of words', () => {
  it('forgets what a transaction that was undone put into it', async () => {
    await inNewObject('words', (storage) => {
      const archive = wakeArchive(storage);
      const words = new Set(['riverside', 'upriver']);
      expect(() =>
        inTransaction(archive, () => {
          listWords(archive.sql, words);
          throw new Error('undone');
        }),
      ).toThrow('undone');
      expect(termsOf(spellOut(archive.sql, wordQuery))).toMatchObject([{ words: [] }]);
      listWords(archive.sql, words);
      listWords(archive.sql, new Set(['riverside', 'river']));
      expect(termsOf(spellOut(archive.sql, wordQuery))).toMatchObject([{ words: ['river', 'upriver', 'riverside'] }]);
    });
  });

  it('is not asked while some text is data in letters through and through', async () => {
    await inNewObject('words', (storage) => {
      const archive = wakeArchive(storage);
      const random = createNumbers();
      const data = Array.from({ length: 500_000 }, () => String.fromCharCode(0x430 + random(32))).join('');
      const many = Array.from({ length: 10_000 }, () => `слово${random(1_000_000)}`).join(' ');
      const [prose, other, river] = [many, data, 'a river'].map((text, at) => givenFacts(at, text));
      if (prose === undefined || other === undefined || river === undefined) throw new Error('three were made');
      fillArchive(archive, [prose, river]);
      expect(termsOf(spellOut(archive.sql, wordQuery))).toMatchObject([{ words: ['river'] }]);
      fillArchive(archive, [other]);
      const inData = expectOk(parseQuery([['q', data.slice(250_000, 250_020)]]));
      expect(spellOut(archive.sql, inData)).toBe(inData);
      expect(findPlaces(archive, inData, askedAt).places).toMatchObject([{ id: other.id }]);
      expect(findPlaces(archive, wordQuery, askedAt).places).toMatchObject([{ id: river.id }]);
      changeEntries(archive, (log) => {
        const change = retireEntry(archive.sql, other.id, log.nextSequence(), 'over-cap', askedAt);
        if (change !== undefined) log.note(change);
      });
      expect(termsOf(spellOut(archive.sql, inData))).toMatchObject([{ words: [] }]);
      expect(findPlaces(archive, wordQuery, askedAt).places).toMatchObject([{ id: river.id }]);
    });
  }, 60_000);

  it('is not asked for more terms than are worth it', async () => {
    await inNewObject('words', (storage) => {
      const words = ['river', 'bank', 'quern', 'mill', 'stone', 'sluice'];
      listWords(storage.sql, new Set(words));
      const few = expectOk(parseQuery([['q', words.join(' ')]]));
      expect(termsOf(spellOut(storage.sql, few)).map((term) => term.words?.length)).toEqual([1, 1, 1, 1, 1, 1]);
      const many = expectOk(parseQuery([['q', `${words.join(' ')} -water`]]));
      expect(spellOut(storage.sql, many)).toBe(many);
    });
  });

  it('takes no more rows for one text than a long novel has words', async () => {
    await inNewObject('words', (storage) => {
      const archive = wakeArchive(storage);
      const words = Array.from({ length: 30_000 }, (_, at) => `w${at}word`);
      fillArchive(archive, [givenFacts(1, words.join(' '))]);
      expect(storage.sql.exec('SELECT count(*) AS count FROM word').one()).toEqual({ count: 0 });
      const inside = expectOk(parseQuery([['q', '29999wor']]));
      expect(findPlaces(archive, inside, askedAt).places).toHaveLength(1);
    });
  });

  it('leaves a term to trigrams that is part of very many', async () => {
    await inNewObject('words', (storage) => {
      listWords(storage.sql, new Set(Array.from({ length: 24 }, (_, at) => `river${at}`)));
      expect(termsOf(spellOut(storage.sql, wordQuery))[0]?.words).toHaveLength(24);
      listWords(storage.sql, new Set(['riverbank']));
      expect(termsOf(spellOut(storage.sql, wordQuery))).toEqual([{ text: 'iver', in: 'both' }]);
    });
  });

  it('keeps more words than are kept at hand', async () => {
    await inNewObject('words', (storage) => {
      const words = Array.from({ length: 50_000 }, (_, at) => `w${at.toString().padStart(6, '0')}`);
      for (let at = 0; at < words.length; at += 10_000) listWords(storage.sql, new Set(words.slice(at, at + 10_000)));
      listWords(storage.sql, new Set(words));
      expect(storage.sql.exec('SELECT count(*) AS count FROM word').one()).toEqual({ count: words.length });
    });
  });
});
