/**
 * Answers `GET /metrics`: OpenMetrics for dashboards.
 *
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
import type { ArchiveHealth } from '../../pipeline/archive-owner.ts';
import type { HubReport } from '../../pipeline/push/receiver.ts';
import type { SourceCounts } from '../../pipeline/source-list.ts';
import type { AdminPorts } from '../admin-ports.ts';

/** Answers with all counts of this moment. */
export async function showMetrics({ archive, version }: AdminPorts): Promise<Response> {
  const [health, sources, hub] = await Promise.all([archive.health(), archive.sourceCounts(), archive.hub()]);
  return new Response(renderMetrics(health, sources, hub, version), {
    headers: {
      'Content-Type': 'application/openmetrics-text; version=1.0.0; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** Writes the metrics, in one fixed order. */
export function renderMetrics(
  health: ArchiveHealth,
  sources: SourceCounts,
  { subscribers }: Pick<HubReport, 'subscribers'>,
  version: string,
): string {
  return [
    family('tributary_build', 'info', 'The running version.', [[`{version="${escape(version)}"}`, 1]]),
    family('tributary_entries', 'gauge', 'Entries that are shown.', [['', health.entries]]),
    family('tributary_sources', 'gauge', 'Sources by status.', [
      ['{status="ok"}', health.sources.ok],
      ['{status="failing"}', health.sources.failing],
      ['{status="stopped"}', health.sources.stopped],
    ]),
    family(
      'tributary_failing_sources',
      'gauge',
      'Failing sources by their last failure.',
      Object.entries(sources.failures)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([kind, count]) => [`{kind="${escape(kind)}"}`, count] as const),
    ),
    family('tributary_source_defects', 'gauge', 'Faults forgiven in the last documents of all sources.', [
      ['', sources.defects],
    ]),
    family('tributary_pushed_sources', 'gauge', 'Sources whose hub pushes them.', [['', health.pushed ?? 0]]),
    family('tributary_hub_subscribers', 'gauge', 'Readers that our own hub tells of news.', [['', subscribers]]),
    family('tributary_jobs_due', 'gauge', 'Refreshes whose time has come and that nobody took.', [['', health.due]]),
    family('tributary_jobs_in_flight', 'gauge', 'Refreshes in work, and one while a publish is pending.', [
      ['', health.inFlight],
    ]),
    family('tributary_longest_wait_seconds', 'gauge', 'How long the longest waiting refresh has waited.', [
      ['', health.longestWaitMs / 1000],
    ]),
    family('tributary_published_timestamp_seconds', 'gauge', 'When the window was last published.', [
      ['', (health.publishedAt ?? 0) / 1000],
    ]),
    family('tributary_refreshed_timestamp_seconds', 'gauge', 'When a source was last asked.', [
      ['', (health.refreshedAt ?? 0) / 1000],
    ]),
    '# EOF\n',
  ].join('');
}

function family(
  name: string,
  type: 'gauge' | 'info',
  help: string,
  samples: readonly (readonly [labels: string, value: number])[],
): string {
  const unit = name.endsWith('_seconds') ? `# UNIT ${name} seconds\n` : '';
  const sample = type === 'info' ? `${name}_info` : name;
  const lines = samples.map(([labels, value]) => `${sample}${labels} ${value}\n`);
  return `# TYPE ${name} ${type}\n${unit}# HELP ${name} ${help}\n${lines.join('')}`;
}

function escape(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
