/**
 * Defines one request at the desk together with everything that its handler needs.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Markup } from '../../../page/markup.ts';
import type { AdminPorts } from '../../admin-ports.ts';
import type { ApiCall } from './api-call.ts';
import type { DeskForm } from './desk-form.ts';
import type { NoteCode } from './notes.tsx';

/** The request; its session is valid. */
export interface DeskVisit {
  readonly url: URL;
  /** The part of the path that names its object. */
  readonly name: string;
  readonly ports: AdminPorts;
  readonly api: ApiCall;
  readonly now: Instant;
  readonly formToken: string;
  /** The posted form; its token was that of the session. */
  readonly form?: DeskForm;
  readonly page: (title: string, current: string, main: Markup, status?: number) => Response;
}

/** Redirects to a page of the desk that says what was done, so that reloading repeats nothing. */
export function goTo(
  path: string,
  done: NoteCode,
  { at, many }: { readonly at?: string; readonly many?: number } = {},
): Response {
  const parameters = new URLSearchParams({
    done,
    ...(at === undefined ? {} : { at }),
    ...(many === undefined ? {} : { many: String(many) }),
  });
  const anchor = at === undefined ? '' : `#s-${encodeURIComponent(at)}`;
  const location = `${path}${path.includes('?') ? '&' : '?'}${parameters.toString()}${anchor}`;
  return new Response(null, { status: 303, headers: { Location: location, 'Cache-Control': 'no-store' } });
}
