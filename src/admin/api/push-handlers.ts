/**
 * Reports webhooks and the hub's subscribers, and sends tests.
 */
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';
import { renderRfc3339 } from '../../domain/instant.ts';
import type { Webhook, WebhookReport } from '../../pipeline/push/receiver.ts';
import type { AdminPorts } from '../admin-ports.ts';
import { toAdminProblem, toJsonResponse } from './admin-problem.ts';
import type { webhookToSave } from './contract/webhook-schema.ts';

/** The `webhook` member of a request. */
export type GivenWebhook = (typeof webhookToSave)['_zod']['output'];

/** The webhook to save: without a given secret, the secret stays. */
export function toWebhook(given: GivenWebhook, held: Webhook | undefined): Webhook {
  const url = parseHttpUrl(given.url) as HttpUrl;
  const secret = given.secret ?? held?.secret;
  return { url, format: given.format ?? 'json', ...(secret === undefined || secret === '' ? {} : { secret }) };
}

/** A webhook as the API shows it. */
export function toWebhookJson({ url, format, hasSecret, isWaiting, failures, pausedAt, tries }: WebhookReport) {
  return {
    url,
    format,
    secret: hasSecret ? 'set' : null,
    state: pausedAt !== undefined ? 'paused' : failures > 0 ? 'failing' : 'working',
    waiting: isWaiting,
    deliveries: tries.map(({ at, what, isDelivered, answer }) => ({
      at: renderRfc3339(at),
      what,
      delivered: isDelivered,
      answer,
    })),
  };
}

/** `POST /admin/api/views/{name}/webhook/test`: makes a test the next delivery. */
export async function testWebhook({ archive }: AdminPorts, name: string): Promise<Response> {
  if (await archive.testWebhook(name)) return toJsonResponse({ enqueued: 1 }, 202);
  return toAdminProblem({
    status: 404,
    title: 'No webhook',
    detail: `There is no view "${name}" with a webhook. PUT /admin/api/views/{name} gives it one.`,
    view: name,
  });
}

/** `GET /admin/api/hub` */
export async function showHub({ archive }: AdminPorts): Promise<Response> {
  const { topics, ...counts } = await archive.hub();
  return toJsonResponse({
    ...counts,
    topics: topics.map(({ changedAt, ...topic }) => ({
      ...topic,
      changed: changedAt === undefined ? null : renderRfc3339(changedAt),
    })),
  });
}
