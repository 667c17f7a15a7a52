/**
 * Measures the memory of the product's isolate, by the runtime's inspector through the dev server's proxy.
 *
 * The Worker and the Archive share one isolate on this machine, so the numbers are for both together.
 */
import { setTimeout as delay } from 'node:timers/promises';

/** Bytes of objects, and of the buffers they hold outside the heap. */
export interface HeapWatch {
  /** The most that was seen since the last `reset`, garbage included: V8 collects when it likes. */
  readonly most: () => Promise<number>;
  /** Live memory after a full collection. */
  readonly live: () => Promise<number>;
  readonly reset: () => void;
  readonly close: () => void;
}

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

/** The heap is looked at so often. Milliseconds. */
const everyMs = 1000;

/**
 * Watches the heap of the Worker whose inspector listens at a port of this machine. `wake` makes the Worker do something:
 * the runtime collects garbage when the isolate runs next.
 */
export async function watchHeap(inspectorPort: number, wake: () => Promise<unknown>): Promise<HeapWatch> {
  // The proxy lets in pages of its own tools and of this machine only; `headers` is undici's extension of the standard.
  const options = { headers: { Origin: 'http://127.0.0.1' } } as unknown as string[];
  const socket = new WebSocket(`ws://127.0.0.1:${inspectorPort}/ws`, options);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('the inspector does not answer')), { once: true });
  });
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data));
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  let calls = 0;
  const call = (method: string): Promise<unknown> => {
    calls += 1;
    const id = calls;
    socket.send(JSON.stringify({ id, method }));
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  const used = async (): Promise<number> => {
    const usage = (await call('Runtime.getHeapUsage')) as HeapUsage;
    return usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
  };
  let most = 0;
  const look = async (): Promise<number> => {
    most = Math.max(most, await used());
    return most;
  };
  const timer = setInterval(() => void look(), everyMs);
  return {
    most: look,
    live: async () => {
      const collected = call('HeapProfiler.collectGarbage').then(() => true);
      for (let isDone = false; !isDone; ) {
        await wake();
        isDone = await Promise.race([collected, delay(100, false)]);
      }
      return used();
    },
    reset: () => {
      most = 0;
    },
    close: () => {
      clearInterval(timer);
      socket.close();
    },
  };
}
