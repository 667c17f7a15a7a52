/**
 * Defines markup: HTML that our own code wrote. Text from outside is escaped before it becomes a part of it.
 *
 * The brand is a symbol that JSON and other modules cannot forge, so an object from outside is never taken for markup.
 */
import type { SafeHtml } from '../domain/html.ts';

const content: unique symbol = Symbol('markup');

/** HTML that our code wrote. */
export interface Markup {
  readonly [content]: string;
}

/** What an element may contain. Absent values and booleans are empty; lists are joined. */
export type Child = Markup | string | number | boolean | undefined | readonly Child[];

/** Empty markup. */
export const nothing: Markup = { [content]: '' };

/** Takes text of our own source code unchanged: drawings, a stylesheet. Never use it for text that was read. */
export function fromSource(text: string): Markup {
  return { [content]: text };
}

/** Takes sanitized HTML unchanged. */
export function fromSafeHtml(html: SafeHtml): Markup {
  return { [content]: html };
}

/** The text of markup. */
export function renderMarkup(markup: Markup): string {
  return markup[content];
}

/** The text of anything that an element may contain. */
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

/** Escapes text for an element's content and for a quoted attribute. */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => references[character] ?? '') : text;
}
