/**
 * Markup: HTML that our own code wrote. Text that comes from outside is escaped before it becomes a part of it.
 *
 * The brand is a symbol that no JSON and no other module can forge, so an object from outside is never taken for markup.
 */
import type { SafeHtml } from '../domain/html.ts';

const content: unique symbol = Symbol('markup');

/** HTML that was made here. */
export interface Markup {
  readonly [content]: string;
}

/** What an element may hold. Absent values and booleans are nothing; lists are joined. */
export type Child = Markup | string | number | boolean | undefined | readonly Child[];

/** No markup at all. */
export const nothing: Markup = { [content]: '' };

/** Takes text of our own source code as it is: drawings, a stylesheet. Never anything that was read. */
export function fromSource(text: string): Markup {
  return { [content]: text };
}

/** Takes what the sanitizer let through as it is. */
export function fromSafeHtml(html: SafeHtml): Markup {
  return { [content]: html };
}

/** The text of markup. */
export function renderMarkup(markup: Markup): string {
  return markup[content];
}

/** The text of anything an element may hold. */
export function renderChild(child: Child): string {
  if (typeof child === 'string') return escapeHtml(child);
  if (child === undefined || typeof child === 'boolean') return '';
  if (typeof child === 'number') return String(child);
  if (!isList(child)) return child[content];
  let text = '';
  for (const each of child) text += renderChild(each);
  return text;
}

function isList(child: Markup | readonly Child[]): child is readonly Child[] {
  return Array.isArray(child);
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for the inside of an element and of a quoted attribute. */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => references[character] ?? '') : text;
}
