/**
 * Defines the members of a source that only its owner sees: privacy, secrets, request headers.
 */
import { isSendableField } from '../sources/source-request.ts';
import { instant } from './preview-schema.ts';
import { z } from './zod.ts';

const flag = z.boolean('must be true or false');

/** What the owner keeps to themselves, and what requests of the source say. */
export const ownMembers = {
  private: flag.optional().meta({ description: 'Its entries are in no public view, only in views with a key.' }),
  secret: flag.optional().meta({ description: 'Its address is shown to the owner only.' }),
  deduplicate: flag.optional().meta({
    description: 'false: its entries are shown by themselves, also when other sources bring the same article.',
  }),
  headers: z
    .record(z.string(), z.string('must be text'))
    .refine((fields) => Object.keys(fields).length <= 20, 'must be at most 20 header fields')
    .refine(
      (fields) => Object.entries(fields).every(([name, value]) => isSendableField(name, value)),
      'has a header field that cannot be sent',
    )
    .optional()
    .meta({ description: 'Header fields of its requests; sent to its origin only, never shown again.' }),
  userAgent: z
    .string('must be text')
    .regex(/^[\x20-\x7e]{0,300}$/, 'must be at most 300 printable ASCII characters')
    .nullable()
    .optional(),
  basicAuth: z
    .strictObject({ user: z.string('must be text').max(500), password: z.string('must be text').max(500) })
    .nullable()
    .optional()
    .meta({ description: 'Login of its requests; the password is never shown again. null takes it away.' }),
};

const heldMails = z.array(
  z.object({ id: z.int(), at: instant, sender: z.string(), subject: z.string(), link: z.string().nullable() }),
);

/** How entries of a source arrive without polling: by its hub, or by mail. */
export const shownToOwner = {
  push: z
    .object({ hub: z.string(), topic: z.string(), status: z.enum(['wanted', 'active', 'denied']) })
    .extend({ leaseUntil: instant, lastPushAt: instant, hubAskedNextAt: instant, reason: z.string().nullable() })
    .nullable()
    .meta({
      description: 'The subscription at the hub that the feed names (WebSub). Active: pushed until the lease ends.',
    }),
  address: z.string().optional().meta({ description: 'The mail address of a newsletter.' }),
  mail: z
    .object({ senders: z.array(z.string()), unsubscribe: z.string().nullable() })
    .extend({ waiting: heldMails, needsYou: heldMails })
    .optional()
    .meta({
      description:
        'Of a newsletter: whose mails become entries; mails whose sender waits to be accepted; mails for the subscriber alone.',
    }),
};
