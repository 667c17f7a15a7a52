/**
 * The members of a source that only its owner sees or says: what is private, what is secret, what its requests say.
 */
import { isSendableField } from '../sources/source-request.ts';
import { z } from './zod.ts';

const flag = z.boolean('must be true or false');

/** What the owner keeps to themselves, and what requests of the source say. */
export const ownMembers = {
  private: flag.optional().meta({ description: 'Its entries are in no public view, only in views with a key.' }),
  secret: flag.optional().meta({ description: 'Its address is shown to the owner only.' }),
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
