/**
 * A hundred equal questions at once are one question to the Archive: whoever comes while it is on its way shares the answer.
 *
 * Nobody waits long for another request's question, because the runtime drops that question when its own reader leaves.
 */
import type { ArchiveAnswer, ArchiveReader } from '../pipeline/ports.ts';

/** After this a request asks for itself. Milliseconds. */
const patienceMs = 2000;

/** Wraps a reader so that equal questions on their way are asked once. */
export function shareAnswers(archive: ArchiveReader, patience: number = patienceMs): ArchiveReader {
  const asking = new Map<string, Promise<ArchiveAnswer>>();
  return {
    ...archive,
    answer: async (query, format) => {
      // Queries have one normal form, written in one order.
      const key = `${format} ${JSON.stringify(query)}`;
      const underWay = asking.get(key);
      const shared = underWay === undefined ? undefined : await within(patience, underWay);
      if (shared !== undefined) return shared;
      const answer = archive.answer(query, format);
      asking.set(key, answer);
      try {
        return await answer;
      } finally {
        if (asking.get(key) === answer) asking.delete(key);
      }
    },
  };
}

/** The answer, or `undefined` when it does not come in time or fails: then one asks for oneself. */
function within<T>(ms: number, answer: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms, undefined);
    answer
      .then(resolve, () => resolve(undefined))
      .finally(() => clearTimeout(timer))
      .catch(() => undefined);
  });
}
