/**
 * Shows the age of the last backup, and reminds the owner when a new one is due.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Markup } from '../../../page/markup.ts';
import { RelativeTime } from '../frame/relative-time.tsx';

/** Age from which the owner is reminded. Milliseconds. */
const oldBackupMs = 30 * 24 * 60 * 60_000;

/** The panel. Without entries there is nothing to back up. */
export function Backup({
  lastBackupAt,
  entries,
  now,
}: {
  readonly lastBackupAt: Instant | undefined;
  readonly entries: number;
  readonly now: Instant;
}): Markup {
  const isOld = entries > 0 && (lastBackupAt === undefined || now - lastBackupAt > oldBackupMs);
  return (
    <section class="panel">
      <h2>Backup</h2>
      <p>
        {lastBackupAt === undefined ? (
          'No backup was downloaded yet.'
        ) : (
          <>
            The last backup was downloaded <RelativeTime at={lastBackupAt} now={now} />.
          </>
        )}
      </p>
      {isOld && (
        <p>
          <strong>It is time for a backup.</strong> Keep the file away from this installation.
        </p>
      )}
      <p>
        <a class={isOld ? 'button' : 'button quiet'} href="/admin/api/export" download>
          Download a backup
        </a>
      </p>
    </section>
  );
}
