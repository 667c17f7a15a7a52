/**
 * Shows the page "System": the health of the installation, the work of the day, alerts, settings, backup, and the owner's
 * actions.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Child, Markup } from '../../../page/markup.ts';
import { count, group } from '../../../page/plural.ts';
import type { ArchiveHealth } from '../../../pipeline/archive-owner.ts';
import type { SettingInForce } from '../../../pipeline/config.ts';
import type { HourOutcomes } from '../../../pipeline/source-table.ts';
import type { SystemReport } from '../../../pipeline/system-report.ts';
import { alertPage, tellAlert } from '../../api/alerts/alert-feed.ts';
import { OutcomeChart } from '../charts/outcome-chart.tsx';
import { FactList } from '../frame/desk-parts.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { WorkBar } from '../frame/work-bar.tsx';
import { Backup } from './backup-reminder.tsx';
import { tellAction } from './owner-actions.ts';

/** What the page shows. */
export interface SystemView {
  readonly report: SystemReport;
  readonly health: ArchiveHealth;
  readonly outcomes: readonly HourOutcomes[];
  readonly settings: readonly SettingInForce[];
  readonly version: string;
  /** 0 = no bound. */
  readonly kvWritesPerDay: number;
  readonly now: Instant;
}

/** The page's content. */
export function SystemPage(view: SystemView): Markup {
  const { report, health, outcomes, settings, now } = view;
  return (
    <>
      <h1>System</h1>
      <WorkBar health={health} path="/admin/system" />
      <Facts {...view} />
      <OutcomeChart hours={outcomes} />
      <div class="pair">
        <Backup lastBackupAt={report.lastBackupAt} entries={health.entries} now={now} />
        <Alerts report={report} now={now} />
      </div>
      <Slow report={report} />
      <Hours report={report} now={now} />
      <Settings settings={settings} />
      <Actions report={report} now={now} />
    </>
  );
}

function Facts({ report, health, version, kvWritesPerDay, now }: SystemView): Markup {
  const sum = (of: 'rounds' | 'jobs' | 'publishes' | 'kvWrites'): number =>
    report.use.reduce((total, hour) => total + hour[of], 0);
  const facts: readonly (readonly [string, Child])[] = [
    ['Version', version],
    ['Published', health.publishedAt === undefined ? 'never' : <RelativeTime at={health.publishedAt} now={now} />],
    [
      'Waits to be published',
      health.unpublishedSince !== undefined && <RelativeTime at={health.unpublishedSince} now={now} />,
    ],
    ['Last check', health.refreshedAt === undefined ? 'never' : <RelativeTime at={health.refreshedAt} now={now} />],
    ['Queue', `${count(health.due, 'check')} due, ${group(health.inFlight)} in work`],
    ['Trouble', health.alerts === 0 ? 'none' : `${count(health.alerts, 'alert')} open`],
    ['Publishes in 24 hours', group(sum('publishes'))],
    [
      'KV writes in 24 hours',
      kvWritesPerDay === 0
        ? `${group(sum('kvWrites'))}, no limit`
        : `${group(sum('kvWrites'))} of ${group(kvWritesPerDay)}`,
    ],
    ['Checks queued in 24 hours', `${group(sum('jobs'))} in ${count(sum('rounds'), 'round')}`],
  ];
  return <FactList facts={facts} />;
}

function Alerts({ report, now }: { readonly report: SystemReport; readonly now: Instant }): Markup {
  return (
    <section class="panel">
      <h2>Last alerts</h2>
      {report.alerts.length === 0 && <p class="soft">There was no trouble so far.</p>}
      <ul class="plainlist">
        {report.alerts.map((alert) => (
          <li>
            <RelativeTime at={alert.at} now={now} />:{' '}
            <a href={alertPage(alert)}>
              <bdi>{tellAlert(alert)}</bdi>
            </a>{' '}
            <span class="soft">
              <bdi>{alert.detail}</bdi>
            </span>
          </li>
        ))}
      </ul>
      <p class="soft">
        In your reader: <a href="/admin/system/alerts">the addresses of the alert feeds</a>. ALERT_WEBHOOK posts the
        same to an address of yours. Who is told by the hub: <a href="/admin/system/hub">subscribers of the hub</a>.
        Language models read here, too: <a href="/admin/system/programs">for programs</a>.
      </p>
    </section>
  );
}

function Slow({ report: { slow } }: { readonly report: SystemReport }): Markup {
  if (slow.length === 0) return <></>;
  return (
    <section>
      <h2>Slow sources</h2>
      <ul class="plainlist">
        {slow.map(({ id, title, tookMs }) => (
          <li>
            <a href={`/admin/sources/${encodeURIComponent(id)}`}>
              <bdi>{title}</bdi>
            </a>
            : {(tookMs / 1000).toFixed(1)} s for its last answer
          </li>
        ))}
      </ul>
    </section>
  );
}

function Hours({ report: { use }, now }: { readonly report: SystemReport; readonly now: Instant }): Markup {
  if (use.length === 0) return <></>;
  return (
    <section>
      <h2>Rounds and publishes by hour</h2>
      <Table
        label="Work by hour"
        heads={['Hour that began', 'Rounds', 'Checks', 'Publishes', 'KV writes']}
        numbersFrom={1}
        rows={use.map((hour) => [
          <RelativeTime at={hour.hour} now={now} />,
          ...[hour.rounds, hour.jobs, hour.publishes, hour.kvWrites].map(group),
        ])}
      />
    </section>
  );
}

function Settings({ settings }: { readonly settings: readonly SettingInForce[] }): Markup {
  return (
    <section>
      <h2>Settings in force</h2>
      <p class="soft">Set in wrangler.toml, as secrets, or in .dev.vars on this machine.</p>
      <Table
        label="Settings"
        heads={['Setting', 'Value', 'From']}
        numbersFrom={3}
        rows={settings.map(({ setting, value, isDefault }) => [
          <code>{setting}</code>,
          value === '' ? <span class="soft">empty</span> : <bdi>{value}</bdi>,
          isDefault ? 'default' : 'set',
        ])}
      />
    </section>
  );
}

function Actions({ report: { actions }, now }: { readonly report: SystemReport; readonly now: Instant }): Markup {
  return (
    <section>
      <h2>What you did</h2>
      {actions.length === 0 && <p class="soft">Nothing yet.</p>}
      <ul class="plainlist">
        {actions.map((action) => (
          <li>
            <RelativeTime at={action.at} now={now} />: {tellAction(action)}
            {action.subject !== '' && (
              <>
                {' '}
                <code>{action.subject}</code>
              </>
            )}
            {action.times > 1 && <span class="soft"> {action.times} times</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Table({
  label,
  heads,
  rows,
  numbersFrom,
}: {
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Child[])[];
  readonly numbersFrom: number;
}): Markup {
  const look = (column: number): string | undefined => (column < numbersFrom ? undefined : 'number');
  return (
    <div class="scroll" tabindex="0" role="region" aria-label={label}>
      <table class="figures">
        <thead>
          <tr>
            {heads.map((head, column) => (
              <th scope="col" class={look(column)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map((cell, column) => (
                <td class={look(column)}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
