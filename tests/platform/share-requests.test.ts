import { describe, expect, it } from 'vitest';
import type { ArchiveAnswer, ArchiveReader } from '../../src/pipeline/ports.ts';
import { shareAnswers } from '../../src/platform/share-requests.ts';
import { everything } from '../../src/query/language/query.ts';

function unasked(): never {
  throw new Error('not asked in this test');
}

/** A reader whose answers are given by hand, in the order they were asked. */
function givenReader(): { archive: ArchiveReader; asked: ((answer: ArchiveAnswer | Error) => void)[] } {
  const asked: ((answer: ArchiveAnswer | Error) => void)[] = [];
  const archive: ArchiveReader = {
    answer: () =>
      new Promise((resolve, reject) => {
        asked.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
      }),
    count: unasked,
    month: unasked,
    months: unasked,
    views: unasked,
    entry: unasked,
    totals: unasked,
    bootstrap: unasked,
    rewrite: unasked,
  };
  return { archive, asked };
}

const answer = { entries: [], bytes: new Uint8Array(), ends: [], more: false } as unknown as ArchiveAnswer;

describe('equal questions at once', () => {
  it('are one question', async () => {
    const { archive, asked } = givenReader();
    const shared = shareAnswers(archive);
    const all = Array.from({ length: 100 }, () => shared.answer(everything, 'rss'));
    asked[0]?.(answer);
    expect(await Promise.all(all)).toHaveLength(100);
    expect(asked).toHaveLength(1);
  });

  it('are not mistaken for others', async () => {
    const { archive, asked } = givenReader();
    const shared = shareAnswers(archive);
    const all = [
      shared.answer(everything, 'rss'),
      shared.answer(everything, 'atom'),
      shared.answer({ ...everything, limit: 9 }, 'rss'),
    ];
    expect(asked).toHaveLength(3);
    for (const give of asked) give(answer);
    await Promise.all(all);
  });

  it('are asked again by each when the one that went ahead fails or never returns', async () => {
    const { archive, asked } = givenReader();
    const shared = shareAnswers(archive, 20);
    const first = shared.answer(everything, 'rss');
    const second = shared.answer(everything, 'rss');
    asked[0]?.(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await new Promise((resolve) => setTimeout(resolve, 5));
    asked[1]?.(answer);
    expect(await second).toBe(answer);
    void shared.answer(everything, 'json');
    const patient = shared.answer(everything, 'json');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(asked).toHaveLength(4);
    asked[3]?.(answer);
    expect(await patient).toBe(answer);
  });

  it('are asked anew once they were answered', async () => {
    const { archive, asked } = givenReader();
    const shared = shareAnswers(archive);
    const first = shared.answer(everything, 'rss');
    asked[0]?.(answer);
    await first;
    void shared.answer(everything, 'rss');
    expect(asked).toHaveLength(2);
  });
});
