/**
 * Shows the webhook of a view: the form, a test, and the last ten deliveries.
 */
import type { SavedView } from '../../../domain/saved-view.ts';
import { type Child, type Markup, nothing } from '../../../page/markup.ts';
import { type WebhookReport, webhookFormats } from '../../../pipeline/push/receiver.ts';
import type { ApiProblem } from '../frame/api-call.ts';
import { Badge, Field, Options, PostButton, PostForm, ProblemPanel } from '../frame/desk-parts.tsx';
import { toDeskProblem } from '../frame/desk-problem-page.tsx';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import { DoneNote } from '../frame/notes.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';

const formatNames: Readonly<Record<(typeof webhookFormats)[number], string>> = {
  json: 'JSON Feed item',
  slack: 'Slack',
  discord: 'Discord',
  ntfy: 'ntfy',
};

/** The page. */
export async function showWebhook(visit: DeskVisit, problem?: ApiProblem): Promise<Response> {
  const { ports, name, page } = visit;
  const [views, webhooks] = await Promise.all([ports.archive.views(), ports.archive.webhooks()]);
  const view = views.find((held) => held.name === name);
  if (view === undefined) return toDeskProblem(visit, undefined);
  const webhook = webhooks.find((report) => report.view === name);
  const content = <WebhookPage {...{ visit, view, webhook, problem }} />;
  return page('Webhook', '/admin/views', content, problem?.status ?? 200);
}

/** Saves the form. An empty secret field leaves the secret as it is. */
export async function saveWebhookFromForm(visit: DeskVisit): Promise<Response> {
  const { form } = visit;
  const secret = form?.text('secret') ?? '';
  const given = {
    url: form?.text('url') ?? '',
    format: form?.text('format') ?? 'json',
    ...(secret === '' ? {} : { secret }),
  };
  return change(visit, given, 'webhook-saved');
}

/** Removes the webhook. */
export async function removeWebhookFromForm(visit: DeskVisit): Promise<Response> {
  return change(visit, null, 'webhook-removed');
}

/** Sends a test. */
export async function testWebhookFromForm(visit: DeskVisit): Promise<Response> {
  const answer = await visit.api('POST', `/admin/api/views/${encodeURIComponent(visit.name)}/webhook/test`);
  return answer.ok ? goTo(pathOf(visit.name), 'webhook-tested') : showWebhook(visit, answer.problem);
}

async function change(
  visit: DeskVisit,
  webhook: object | null,
  done: 'webhook-saved' | 'webhook-removed',
): Promise<Response> {
  const { ports, name, api } = visit;
  const view = (await ports.archive.views()).find((held) => held.name === name);
  if (view === undefined) return toDeskProblem(visit, undefined);
  const { title, query, tags, keyHash } = view;
  const json = { title, query, tags: tags.map(({ label }) => label), private: keyHash !== undefined, webhook };
  const answer = await api('PUT', `/admin/api/views/${encodeURIComponent(name)}`, { json });
  return answer.ok ? goTo(pathOf(name), done) : showWebhook(visit, answer.problem);
}

function pathOf(name: string): string {
  return `/admin/views/${encodeURIComponent(name)}/webhook`;
}

function WebhookPage({
  visit,
  view,
  webhook,
  problem,
}: {
  readonly visit: DeskVisit;
  readonly view: SavedView;
  readonly webhook: WebhookReport | undefined;
  readonly problem: ApiProblem | undefined;
}): Markup {
  const { url, formToken } = visit;
  const path = pathOf(view.name);
  return (
    <>
      <h1>
        Webhook of <bdi>{view.title}</bdi>
      </h1>
      <p class="lede">Each new entry of the view is posted to this address once, the oldest first.</p>
      <DoneNote url={url} />
      <ProblemPanel problem={problem} />
      <section class="panel">
        <h2>{webhook === undefined ? 'Give the view a webhook' : <Condition webhook={webhook} visit={visit} />}</h2>
        <PostForm action={path} formToken={formToken}>
          <div class="fields">
            <Field label="Address" isWide>
              <input name="url" type="url" required value={webhook?.url ?? ''} placeholder="https://" />
            </Field>
            <Field label="Format">
              <select name="format">
                <Options choices={webhookFormats.map((each) => [each, formatNames[each]])} chosen={webhook?.format} />
              </select>
            </Field>
            <Field label="Secret" hint="Signs each request: Tributary-Signature. Leave it empty to keep what is set.">
              <input
                name="secret"
                type="password"
                autocomplete="off"
                placeholder={webhook?.hasSecret === true ? 'set' : 'none'}
              />
            </Field>
            <div class="wide">
              <button>Save the webhook</button>
            </div>
          </div>
        </PostForm>
        {webhook !== undefined && (
          <div class="acts">
            <PostButton action={`${path}/test`} formToken={formToken} label="Send a test" />
            <PostButton action={`${path}/remove`} formToken={formToken} label="Remove the webhook" look="danger" />
          </div>
        )}
      </section>
      {webhook === undefined ? nothing : <Deliveries webhook={webhook} visit={visit} />}
      <p>
        <a href="/admin/views">All views</a>
      </p>
    </>
  );
}

function Condition({ webhook, visit }: { readonly webhook: WebhookReport; readonly visit: DeskVisit }): Markup {
  const { pausedAt, failingSince, failures } = webhook;
  const since = (at: typeof pausedAt): Child => at !== undefined && <RelativeTime at={at} now={visit.now} />;
  if (pausedAt !== undefined) {
    return (
      <>
        <Badge tone="bad">Paused</Badge> since {since(pausedAt)}: it failed for a day. Send a test to resume it.
      </>
    );
  }
  if (failures > 0) {
    return (
      <>
        <Badge tone="warn">Failing</Badge> since {since(failingSince)}: it is tried again, and nothing is lost.
      </>
    );
  }
  return <Badge tone="good">Working</Badge>;
}

function Deliveries({ webhook, visit }: { readonly webhook: WebhookReport; readonly visit: DeskVisit }): Markup {
  return (
    <section>
      <h2>Last deliveries</h2>
      {webhook.tries.length === 0 && <p class="soft">Nothing was sent so far.</p>}
      <ul class="plainlist">
        {webhook.tries.map(({ at, what, isDelivered, answer }) => (
          <li>
            <Badge tone={isDelivered ? 'good' : 'bad'}>{isDelivered ? 'Delivered' : 'Failed'}</Badge> <bdi>{what}</bdi>{' '}
            <span class="soft">
              <RelativeTime at={at} now={visit.now} />: <bdi>{answer}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
