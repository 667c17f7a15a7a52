/**
 * Gathers what the page "System" tells.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { SlowSource, SystemReport } from '../../../pipeline/system-report.ts';
import type { ArchiveState } from '../ground/state.ts';
import { listAlerts } from '../rows/alert-rows.ts';
import { lastActionAt, listActions, listUse } from './owner-log.ts';
import { reportEach } from './report-sources.ts';

/** Lines of each list. */
const shownAlerts = 20;
const shownActions = 50;
const shownSlow = 5;

/** Sources that answer faster are not slow. Milliseconds. */
const slowMs = 2000;

/** The report. */
export function reportSystem(archive: ArchiveState, now: Instant): SystemReport {
  const { sql } = archive;
  const lastBackupAt = lastActionAt(sql, 'backUp');
  return {
    use: listUse(sql, now),
    alerts: listAlerts(sql, shownAlerts),
    actions: listActions(sql, shownActions),
    ...(lastBackupAt === undefined ? {} : { lastBackupAt }),
    slow: slowSources(archive, now),
  };
}

function slowSources(archive: ArchiveState, now: Instant): readonly SlowSource[] {
  const slow: SlowSource[] = [];
  for (const { source, state } of reportEach(archive, now)) {
    const { tookMs = 0 } = state;
    if (tookMs >= slowMs) slow.push({ id: source.id, title: source.title, tookMs });
  }
  return slow.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, shownSlow);
}
