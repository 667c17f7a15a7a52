/**
 * Defines the schemas of webhooks, and of the report about the hub's subscribers.
 */
import { parseHttpUrl } from '../../../domain/http-url.ts';
import { webhookFormats } from '../../../pipeline/push/receiver.ts';
import { objectProblem, z } from './zod.ts';

const words = z.string();
const instant = z.iso.datetime();
const format = z.enum(webhookFormats, `must be one of ${webhookFormats.join(', ')}`);

/** `webhook` of a view to be saved. */
export const webhookToSave = z
  .strictObject(
    {
      url: z
        .string('must be text')
        .refine((text) => parseHttpUrl(text) !== undefined, 'must be an http(s) URL that takes a POST')
        .meta({ examples: ['https://hooks.example.org/T000/B000'] }),
      format: format.optional().meta({ description: 'json: an item of JSON Feed. The default.' }),
      secret: z
        .string('must be text')
        .max(500, 'must be at most 500 characters')
        .optional()
        .meta({ description: 'Signs what is sent (Tributary-Signature). Left out = stays; empty = none.' }),
    },
    { error: objectProblem },
  )
  .meta({ title: 'WebhookToSave' });

/** `webhook` of a saved view. */
export const savedWebhook = z
  .object({
    url: words,
    format,
    secret: z.literal('set').nullable(),
    state: z.enum(['working', 'failing', 'paused']),
    waiting: z.boolean().meta({ description: 'Whether something new is not sent yet.' }),
    deliveries: z
      .array(z.object({ at: instant, what: words, delivered: z.boolean(), answer: words }))
      .meta({ description: 'The last ten, newest first.' }),
  })
  .meta({ title: 'SavedWebhook' });

/** The answer of `GET /admin/api/hub`. */
export const hubReport = z
  .object({ subscribers: z.int(), asked: z.int(), hosts: z.int() })
  .extend({
    topics: z.array(z.object({ address: words, subscribers: z.int(), failing: z.int(), changed: instant.nullable() })),
  })
  .meta({ title: 'HubReport' });
