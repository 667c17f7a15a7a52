/**
 * Remembers sites' answers to a preview, so that adding the source a moment later does not ask them again.
 */
import type { Retrieve, Retrieved } from '../../../pipeline/retrieval.ts';

/** How long an answer is kept: a person looks at a preview before deciding. Milliseconds. */
const rememberedMs = 10 * 60_000;

/** Documents kept per isolate. */
const maxRemembered = 8;

/** Larger documents are asked for again. Bytes. */
const maxRememberedBytes = 1024 * 1024;

/** Wraps retrievers around one memory. */
export type RememberAnswers = (retrieve: Retrieve, now: () => number) => Retrieve;

/** Creates an empty memory. It keeps only whole answers to requests without validators. */
export function createAnswerMemory(): RememberAnswers {
  const held = new Map<string, { readonly answer: Retrieved; readonly until: number }>();
  return (retrieve, now) => async (request) => {
    const key = `${request.accept} ${request.url}`;
    const isWhole = request.validators.etag === undefined && request.validators.lastModified === undefined;
    const known = held.get(key);
    if (isWhole && known !== undefined && known.until > now()) return { ok: true, value: known.answer };
    const retrieved = await retrieve(request);
    if (!isWhole || !retrieved.ok || retrieved.value.kind !== 'document') return retrieved;
    held.delete(key);
    if (retrieved.value.document.bytes.byteLength > maxRememberedBytes) return retrieved;
    held.set(key, { answer: retrieved.value, until: now() + rememberedMs });
    for (const oldest of held.keys()) {
      if (held.size <= maxRemembered) break;
      held.delete(oldest);
    }
    return retrieved;
  };
}
