/**
 * The frame of every page of the desk, and the small pieces that many of them use.
 */
import { siteIcon } from '../../../page/drawings.tsx';
import { attribute, fromSource, html, type Markup, renderMarkup } from '../../../page/html.ts';
import type { ApiProblem } from './api-call.ts';
import { deskHeaders } from './desk-headers.ts';
import { deskScriptPath } from './desk-script.ts';
import { deskStyle } from './desk-style.ts';

/** What a page says about itself. */
export interface DeskPage {
  readonly title: string;
  readonly siteTitle: string;
  /** Of the session; absent on the pages before login. */
  readonly formToken?: string;
  /** The place in the navigation. */
  readonly current?: string;
  readonly main: Markup;
}

const places = [
  ['/admin', 'Sources'],
  ['/admin/add', 'Add'],
  ['/admin/transfer', 'Import and backup'],
  ['/admin/rules', 'Rules'],
  ['/admin/views', 'Views'],
] as const;

// Not inside a template: compilers rewrite tagged templates that hold the end of a script.
const script = fromSource(`<script src="${deskScriptPath}" defer></script>`);

/** The page as a response. */
export function toDeskResponse(page: DeskPage, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const { title, siteTitle, formToken, current, main } = page;
  const navigation =
    formToken !== undefined &&
    html`<nav aria-label="Desk">${places.map(
      ([path, label]) =>
        html`<a href="${path}"${attribute('aria-current', path === current ? 'page' : undefined)}>${label}</a>`,
    )}</nav><form method="post" action="/admin/logout">${tokenField(formToken)}<button class="quiet">Log out</button></form>`;
  const body = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} · ${siteTitle}</title><meta name="robots" content="noindex,nofollow"><meta name="theme-color" content="#fcfbf8" media="(prefers-color-scheme:light)"><meta name="theme-color" content="#13181a" media="(prefers-color-scheme:dark)"><link rel="icon" href="/favicon.svg" type="image/svg+xml">${deskStyle.element}${script}</head><body><a class="skip" href="#main">Skip to content</a><header class="site"><a class="brand" href="/" dir="auto">${siteIcon}${siteTitle}</a>${navigation}</header><main id="main" tabindex="-1">${main}</main></body></html>
`;
  return new Response(renderMarkup(body), { status, headers: { ...deskHeaders, ...headers } });
}

/** The hidden field that shows a form to be ours. */
export function tokenField(formToken: string): Markup {
  return html`<input type="hidden" name="token" value="${formToken}">`;
}

/** A button that posts to `action`, with fields that are fixed. */
export function postButton(
  formToken: string,
  action: string,
  label: string,
  look = 'quiet',
  fields: Readonly<Record<string, string>> = {},
  about = '',
): Markup {
  return html`<form method="post" action="${action}">${tokenField(formToken)}${Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="${look}"${attribute('aria-label', about === '' ? undefined : `${label} ${about}`)}>${label}</button></form>`;
}

/** What kept an action from being done. */
export function renderProblem(problem: ApiProblem): Markup {
  return html`<div class="panel bad" role="alert"><h2>${problem.title}</h2>${
    problem.tried.length > 0
      ? html`<ul>${problem.tried.map(({ url, reason }) => html`<li><bdi>${url}</bdi>: ${reason}</li>`)}</ul>`
      : problem.problems.length > 0
        ? html`<ul>${problem.problems.map(({ field, detail }) => html`<li><strong>${field}</strong> ${detail}</li>`)}</ul>`
        : html`<p>${problem.detail}</p>`
  }</div>`;
}

/** What was done. */
export function renderNote(text: string): Markup {
  return html`<p class="panel good" role="status">${text}</p>`;
}

/** Tags as they are called. */
export function renderTags(labels: readonly string[]): Markup | undefined {
  if (labels.length === 0) return undefined;
  return html`<ul class="tags" aria-label="Tags">${labels.map((label) => html`<li><bdi>${label}</bdi></li>`)}</ul>`;
}

/** Tags as a person writes them into one field. */
export function splitTags(text: string): readonly string[] {
  return text
    .split(/[,，、\n]/)
    .map((label) => label.trim())
    .filter((label) => label !== '');
}
