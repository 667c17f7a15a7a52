/**
 * Defines one call of the admin API, as the table of operations lists it.
 */
import type { Schema } from './zod.ts';

/** One body or answer: a media type with its schema; without one it is text or bytes. */
export interface Content {
  readonly type: string;
  readonly schema?: Schema;
  /** A list of the schema. */
  readonly isList?: boolean;
}

/** One call. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly query?: readonly { readonly name: string; readonly description: string; readonly isRequired?: boolean }[];
  readonly takes?: readonly Content[];
  readonly status: number;
  readonly gives: readonly Content[];
  /** In addition to 401, which every call can answer. */
  readonly problems?: readonly number[];
  /** May be called without a token. */
  readonly isPublic?: boolean;
  /** A call that only reads, whatever its method is: it is not logged as an action of the owner. */
  readonly changesNothing?: boolean;
}
