/**
 * Answers `GET /admin/api/export`: the whole archive as NDJSON, streamed a part at a time. Logins and header fields of
 * sources, and webhooks, are included only with `?secrets=1`. The last line counts the lines before it.
 */
import { type Instant, renderRfc3339 } from '../../../domain/instant.ts';
import { backupFormat } from '../../../pipeline/backup-format.ts';
import type { AdminPorts } from '../../admin-ports.ts';

/** Streams the backup. When a part cannot be read, the stream breaks: a backup without its last line is incomplete. */
export function backUp({ archive, version }: AdminPorts, now: Instant, withSecrets = false): Response {
  const encoder = new TextEncoder();
  let from: string | undefined;
  let isHeaded = false;
  let count = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!isHeaded) {
        isHeaded = true;
        const head = { kind: 'tributary-backup', format: backupFormat, version, exportedAt: renderRfc3339(now) };
        controller.enqueue(encoder.encode(line(head)));
        return;
      }
      // A stream that gets nothing is not pulled again.
      for (let bytes = 0; bytes === 0; ) {
        const page = await archive.backUp(from, withSecrets);
        count += page.records;
        from = page.next;
        bytes = page.lines.byteLength;
        if (bytes > 0) controller.enqueue(page.lines);
        if (from === undefined) break;
      }
      if (from !== undefined) return;
      controller.enqueue(encoder.encode(line({ kind: 'end', records: count })));
      await archive.noteAction('backUp', '');
      controller.close();
    },
  });
  const day = renderRfc3339(now).slice(0, 10);
  return new Response(body, {
    headers: {
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      'Content-Disposition': `attachment; filename="tributary-${day}.ndjson"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
