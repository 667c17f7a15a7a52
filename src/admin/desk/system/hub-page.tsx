/**
 * Shows the subscribers of the WebSub hub, counted for each feed.
 */
import { count } from '../../../page/plural.ts';
import { FactList } from '../frame/desk-parts.tsx';
import type { DeskVisit } from '../frame/desk-visit.ts';
import { RelativeTime } from '../frame/relative-time.tsx';

/** The page. */
export async function showHubSubscribers({ ports, now, page }: DeskVisit): Promise<Response> {
  const { subscribers, asked, hosts, topics } = await ports.archive.hub();
  const content = (
    <>
      <h1>Subscribers of the hub</h1>
      <p class="lede">
        Readers that are sent what is new as soon as it is recorded. They subscribe by themselves: every feed names the
        hub when SITE_URL is a public address and WEBSUB is not off.
      </p>
      <FactList
        facts={[
          ['Subscribers', count(subscribers, 'subscriber')],
          ['Their hosts', count(hosts, 'host')],
          ['Being asked whether they want it', asked > 0 && count(asked, 'callback')],
        ]}
      />
      {topics.length > 0 && (
        <section>
          <h2>Feeds</h2>
          <ul class="entries">
            {topics.map((topic) => (
              <li>
                <h3>
                  <bdi>{topic.address}</bdi>
                </h3>
                <p class="soft">
                  {count(topic.subscribers, 'subscriber')}
                  {topic.failing > 0 && `, ${topic.failing} of them did not take the last delivery`}
                  {topic.changedAt !== undefined && (
                    <>
                      {' '}
                      · last news <RelativeTime at={topic.changedAt} now={now} />
                    </>
                  )}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <a href="/admin/system">System</a>
      </p>
    </>
  );
  return page('Subscribers of the hub', '/admin/system', content);
}
