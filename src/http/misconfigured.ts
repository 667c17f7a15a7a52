/**
 * Answers every request of an installation whose settings cannot be used: with the settings that are wrong, and what
 * would be right.
 */
import { Hono } from 'hono';
import type { ConfigProblem } from '../pipeline/config.ts';
import { toProblemResponse } from './problem.ts';

/** Creates the app. Wrong settings might serve something that the owner did not mean. */
export function createMisconfiguredApp(problems: readonly ConfigProblem[]): Hono {
  const app = new Hono();
  app.all('*', () =>
    toProblemResponse({
      status: 500,
      title: 'Settings cannot be used',
      detail: problems.map(({ setting, detail }) => `${setting} ${detail}.`).join(' '),
      problems,
    }),
  );
  return app;
}
