/**
 * A load on loopback that costs little itself: keep-alive sockets, bytes counted and never decoded.
 */
import { connect, type Socket } from 'node:net';

/** What to ask: `path` is called for each request, so that every one may be another. */
export interface Load {
  readonly port: number;
  readonly path: () => string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Which site is asked; called for each request, too. */
  readonly host?: () => string;
  readonly connections: number;
  readonly durationMs: number;
}

/** Answers per second over the duration. Throws when an answer is neither 200 nor 304. */
export async function requestsPerSecond(load: Load): Promise<number> {
  let answered = 0;
  const endAt = performance.now() + load.durationMs;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: load.connections }, () =>
      keepAsking(load, () => {
        answered += 1;
        return performance.now() < endAt;
      }),
    ),
  );
  return (answered * 1000) / (performance.now() - startedAt);
}

/** Asks on one connection until `onAnswer` says false. */
function keepAsking(load: Load, onAnswer: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(load.port, '127.0.0.1');
    socket.setNoDelay(true);
    let awaited = -1;
    let head = '';
    const finishAnswer = (): void => {
      awaited = -1;
      head = '';
      if (onAnswer()) ask(socket, load);
      else {
        socket.end();
        resolve();
      }
    };
    socket.on('connect', () => ask(socket, load));
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      if (awaited >= 0) {
        awaited -= chunk.length;
        if (awaited <= 0) finishAnswer();
        return;
      }
      head += chunk.subarray(0, 8192).toString('latin1');
      const headEnd = head.indexOf('\r\n\r\n');
      if (headEnd === -1) return;
      const status = Number(head.slice(9, 12));
      if (status !== 200 && status !== 304) {
        reject(new Error(`${status} for a bench request: ${head.slice(0, 300)}`));
        socket.destroy();
        return;
      }
      const length = status === 304 ? 0 : Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
      if (Number.isNaN(length)) {
        reject(new Error('an answer without Content-Length cannot be counted'));
        socket.destroy();
        return;
      }
      awaited = length - (chunk.length - headEnd - 4);
      if (awaited <= 0) finishAnswer();
    });
  });
}

function ask(socket: Socket, load: Load): void {
  const headers = Object.entries(load.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  const host = load.host?.() ?? 'bench.example';
  socket.write(`GET ${load.path()} HTTP/1.1\r\nHost: ${host}\r\n${headers.join('')}\r\n`);
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
