/**
 * Totals travel from the Archive to the edge once for each state, and are there with every answer.
 */
import { expect, it } from 'vitest';
import type { Instant } from '../../../src/domain/instant.ts';
import {
  createTotalsMemory,
  createTotalsSaver,
  type SentAnswer,
} from '../../../src/platform/archive/answers/totals-on-the-wire.ts';
import type { ArchiveTotals } from '../../../src/window/window.ts';

const answer = { entries: [], bytes: new Uint8Array(), ends: [], more: false };

function givenTotals(entries: number): ArchiveTotals {
  return { entries, sequence: entries, updated: 0 as Instant, tags: [], sources: [] };
}

it('sends totals when they are others than before, and to whoever does not know them', async () => {
  const sent: SentAnswer[] = [];
  const ask = (save: ReturnType<typeof createTotalsSaver>, totals: ArchiveTotals) => (known: string | undefined) => {
    const reply = save({ ...answer, totals }, known);
    sent.push(reply);
    return Promise.resolve(reply);
  };
  const [first, second] = [givenTotals(1), givenTotals(2)];
  const [awake, restarted] = [createTotalsSaver(), createTotalsSaver()];
  const [here, there] = [createTotalsMemory(), createTotalsMemory()];
  const answered = [
    await here(ask(awake, first)),
    await here(ask(awake, first)),
    await there(ask(awake, first)),
    await here(ask(awake, second)),
    await here(ask(awake, second)),
    await here(ask(restarted, second)),
    await there(ask(awake, second)),
  ];
  expect(answered.map(({ totals }) => totals.entries)).toEqual([1, 1, 1, 2, 2, 2, 2]);
  expect(sent.map(({ totals }) => totals !== undefined)).toEqual([true, false, true, true, false, true, true]);
});

it('gives each of two questions at once the totals of its own answer', async () => {
  const save = createTotalsSaver();
  const remember = createTotalsMemory();
  const [first, second] = [givenTotals(1), givenTotals(2)];
  await remember((known) => Promise.resolve(save({ ...answer, totals: first }, known)));
  const held = Promise.withResolvers<void>();
  const slow = remember(async (known) => {
    const reply = save({ ...answer, totals: first }, known);
    await held.promise;
    return reply;
  });
  const quick = await remember((known) => Promise.resolve(save({ ...answer, totals: second }, known)));
  held.resolve();
  expect([(await slow).totals.entries, quick.totals.entries]).toEqual([1, 2]);
});
