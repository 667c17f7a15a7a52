/**
 * The law of what is shown: whatever happens in whatever order, an entry is shown when its source is there and not private,
 * no rule hides it, and the cap of its source has room; and what is counted is what is shown.
 */
import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { toEntryId } from '../../src/domain/entry.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import { applyRules } from '../../src/platform/archive/follow/apply-rules.ts';
import { moveSome } from '../../src/platform/archive/follow/move-entries.ts';
import { settleSome } from '../../src/platform/archive/follow/settle-source.ts';
import { retireRemoved } from '../../src/platform/archive/follow/source-removal.ts';
import { type ArchiveState, wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { createTotals } from '../../src/platform/archive/ground/totals.ts';
import { writeRecording } from '../../src/platform/archive/jobs/record-jobs.ts';
import { addSource, changeSource, removeSource } from '../../src/platform/archive/owner/change-source.ts';
import { writeRules } from '../../src/platform/archive/rows/rule-rows.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { givenSource } from '../support/archive-objects.ts';
import { inNewObject } from '../support/random-archive.ts';

vi.setConfig({ testTimeout: 120_000 });

const now = 1_795_000_000_000 as Instant;
const sources = [givenSource('one.example'), givenSource('two.example')] as const;
const names = ['a', 'b', 'c', 'd'] as const;
const words = ['plain', 'bad', 'good', 'bad good'] as const;

const rule: fc.Arbitrary<Rule> = fc
  .record(
    {
      action: fc.constantFrom('hide', 'keep'),
      query: fc.constantFrom('title:bad', 'title:good', 'category:news'),
    },
    { requiredKeys: ['action', 'query'] },
  )
  .chain((one) => fc.constantFrom<Rule>(one, { ...one, source: sources[0].id }));

type Step =
  | {
      readonly kind: 'record';
      readonly source: number;
      readonly name: string;
      readonly word: string;
      readonly isNews: boolean;
    }
  | { readonly kind: 'rules'; readonly rules: readonly Rule[]; readonly isSlow: boolean }
  | { readonly kind: 'private'; readonly source: number; readonly isPrivate: boolean }
  | { readonly kind: 'cap'; readonly source: number; readonly cap: number }
  | { readonly kind: 'remove' | 'add'; readonly source: number };

const which = fc.nat({ max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      source: which,
      name: fc.constantFrom(...names),
      word: fc.constantFrom(...words),
      isNews: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('rules' as const),
      rules: fc.array(rule, { maxLength: 2 }),
      isSlow: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('private' as const), source: which, isPrivate: fc.boolean() }),
  fc.record({ kind: fc.constant('cap' as const), source: which, cap: fc.constantFrom(0, 2) }),
  fc.record({ kind: fc.constantFrom('remove' as const, 'add' as const), source: which }),
);

interface Model {
  readonly entries: Map<string, { readonly source: number; readonly at: number; word: string; isNews: boolean }>;
  readonly sources: { isThere: boolean; isPrivate: boolean; cap: number }[];
  rules: readonly Rule[];
}

function record(archive: ArchiveState, one: Extract<Step, { kind: 'record' }>, at: number): void {
  const source = sources[one.source === 0 ? 0 : 1];
  writeRecording(
    archive,
    {
      kind: 'source',
      sourceId: source.id,
      state: { ...toInitialState(now), lastDocumentAt: now },
      entries: [
        {
          entry: {
            id: toEntryId(source.id, one.name),
            guid: one.name,
            title: one.word,
            summary: 'x',
            published: at as Instant,
            authors: [],
            categories: one.isNews ? [{ term: 'News' }] : [],
            enclosures: [],
          },
          sourceId: source.id,
          tags: one.isNews ? [{ slug: 'news', label: 'News' }] : [],
          contentHash: `${one.word} ${one.isNews}`,
        },
      ],
    },
    now,
  );
}

function carry(archive: ArchiveState): void {
  while (
    moveSome(archive, now) ||
    retireRemoved(archive, now) ||
    applyRules(archive, now, 3) ||
    settleSome(archive, now)
  );
}

/** Ids that are to be shown, by the definition. Caps are looked at by count: which were beyond it before is history. */
function isAllowed(model: Model, { source, word, isNews }: { source: number; word: string; isNews: boolean }): boolean {
  const held = model.sources[source];
  if (held?.isThere !== true || held.isPrivate) return false;
  const concerning = model.rules.filter(
    (one) => one.source === undefined || one.source === sources[source === 0 ? 0 : 1].id,
  );
  const holds = (one: Rule): boolean => {
    const query = 'query' in one ? one.query : '';
    return query === 'category:news' ? isNews : word.includes(query.slice('title:'.length));
  };
  const keepers = concerning.filter((one) => one.action === 'keep');
  const isHidden = concerning.some((one) => one.action === 'hide' && holds(one));
  return !isHidden && (keepers.length === 0 || keepers.some(holds));
}

it('is what the definition says, and is counted so', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      await inNewObject('withheld', (storage) => {
        const archive = wakeArchive(storage);
        const model: Model = { entries: new Map(), sources: [], rules: [] };
        for (const source of sources) {
          addSource(
            archive,
            source,
            { kind: 'article', entryId: toEntryId(source.id, 'none'), state: toInitialState(now) },
            now,
          );
          model.sources.push({ isThere: true, isPrivate: false, cap: 0 });
        }
        const firsts = new Map<string, string>();
        for (const one of steps) {
          if (one.kind === 'rules') {
            model.rules = one.rules;
            storage.transactionSync(() => writeRules(storage.sql, 'own_rules', one.rules));
            // A change that is under way when the next thing happens.
            if (one.isSlow) applyRules(archive, now, 1);
            else carry(archive);
            continue;
          }
          const source = sources[one.source === 0 ? 0 : 1];
          const held = model.sources[one.source];
          if (held === undefined) continue;
          if (one.kind === 'add') {
            if (held.isThere) continue;
            const isPrivate = held.isPrivate ? ({ isPrivate: true } as const) : {};
            addSource(
              archive,
              { ...source, ...isPrivate, maxEntries: held.cap },
              { kind: 'article', entryId: toEntryId(source.id, 'none'), state: toInitialState(now) },
              now,
            );
            held.isThere = true;
          }
          if (!held.isThere) continue;
          if (one.kind === 'record') {
            const at = now - 1000 * (1 + names.indexOf(one.name as 'a'));
            record(archive, one, at);
            const id = toEntryId(source.id, one.name);
            model.entries.set(id, { source: one.source, at, word: one.word, isNews: one.isNews });
          } else if (one.kind === 'private') {
            changeSource(archive, source.id, { isPrivate: one.isPrivate }, now);
            held.isPrivate = one.isPrivate;
          } else if (one.kind === 'cap') {
            changeSource(archive, source.id, { maxEntries: one.cap }, now);
            held.cap = one.cap;
          } else if (one.kind === 'remove') {
            removeSource(archive, source.id, now);
            held.isThere = false;
          }
          for (const row of storage.sql.exec<{ id: string; sort_at: number; first_seen: number }>(
            'SELECT id, sort_at, first_seen FROM entry',
          )) {
            const place = `${row.sort_at} ${row.first_seen}`;
            expect(firsts.get(row.id) ?? place).toBe(place);
            firsts.set(row.id, place);
          }
        }
        carry(archive);
        const shown = storage.sql
          .exec<{ id: string; source_id: string }>('SELECT id, source_id FROM entry WHERE retired_at IS NULL')
          .toArray();
        const allowed = [...model.entries].filter(([, entry]) => isAllowed(model, entry)).map(([id]) => id);
        expect(allowed).toEqual(expect.arrayContaining(shown.map(({ id }) => id)));
        sources.forEach((source, at) => {
          const cap = model.sources[at]?.cap ?? 0;
          const may = allowed.filter((id) => model.entries.get(id)?.source === at).length;
          const does = shown.filter((row) => row.source_id === source.id).length;
          expect(does).toBe(cap === 0 ? may : Math.min(cap, may));
        });
        // What is counted along the way is what a count would find.
        expect(archive.totals.snapshot(0)).toEqual(createTotals(storage.sql).snapshot(0));
        for (const table of ['entry_tag', 'entry_language', 'entry_text', 'entry_gram']) {
          const key =
            (table.startsWith('entry_t') && table !== 'entry_tag') || table === 'entry_gram' ? 'rowid' : 'entry_rowid';
          const rows = storage.sql.exec<{ count: number }>(
            `SELECT COUNT(*) AS count FROM ${table} WHERE ${key} IN (SELECT rowid FROM entry WHERE retired_at IS NOT NULL)`,
          );
          expect([table, rows.one().count]).toEqual([table, 0]);
        }
      });
    }),
    { numRuns: 100 },
  );
});
