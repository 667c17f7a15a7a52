/**
 * One request of the owner at the desk, with everything that answering it takes.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Markup } from '../../../page/html.ts';
import type { AdminPorts } from '../../admin-ports.ts';
import type { ApiCall } from './api-call.ts';
import type { DeskForm } from './desk-form.ts';
import type { Note } from './notes.ts';

/** The request; its session holds. */
export interface DeskVisit {
  readonly url: URL;
  /** The part of the path that names what it is about. */
  readonly name: string;
  readonly ports: AdminPorts;
  readonly api: ApiCall;
  readonly now: Instant;
  readonly formToken: string;
  /** What was posted; the session's own token was in it. */
  readonly form?: DeskForm;
  readonly page: (title: string, current: string, main: Markup, status?: number) => Response;
}

/** To a page of the desk that says what was done: a reload does not do it again. */
export function goTo(path: string, done: Note, anchor = ''): Response {
  const location = `${path}?done=${done}${anchor}`;
  return new Response(null, { status: 303, headers: { Location: location, 'Cache-Control': 'no-store' } });
}
