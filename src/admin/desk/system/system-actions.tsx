/**
 * Shows the page "System", and the addresses of the alert feeds.
 */

import { AddressList } from '../../../page/address-field.tsx';
import { toDeskProblem } from '../frame/desk-problem-page.tsx';
import type { DeskVisit } from '../frame/desk-visit.ts';
import { SystemPage } from './system-page.tsx';

/** The page. */
export async function showSystem({ ports, now, page }: DeskVisit): Promise<Response> {
  const { archive, version, kvWritesPerDay } = ports;
  const [report, health, outcomes] = await Promise.all([archive.system(), archive.health(), archive.checkOutcomes()]);
  const settings = ports.settings();
  const main = <SystemPage {...{ report, health, outcomes, settings, version, kvWritesPerDay, now }} />;
  return page('System', '/admin/system', main);
}

/** The addresses of the alert feeds: whoever has one reads the alerts. */
export async function showAlertFeeds(visit: DeskVisit): Promise<Response> {
  const answer = await visit.api('GET', '/admin/api/alerts');
  if (!answer.ok) return toDeskProblem(visit, answer.problem);
  const { rss, atom, json } = answer.json as Readonly<Record<'rss' | 'atom' | 'json', string>>;
  const main = (
    <>
      <h1>Alert feeds</h1>
      <p class="lede">
        An entry when a source has failed for a day, is gone, moved, was merged or came back, and when publishing fails.
        Whoever has one of these addresses can read the alerts; another ADMIN_TOKEN makes other addresses.
      </p>
      <AddressList
        addresses={[
          ['RSS', rss],
          ['Atom', atom],
          ['JSON Feed', json],
        ]}
      />
      <p>
        <a href="/admin/system">To the system</a>
      </p>
    </>
  );
  return visit.page('Alert feeds', '/admin/system', main);
}
