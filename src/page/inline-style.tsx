/**
 * Puts a stylesheet into the page itself: a first visit is drawn from one response, and a page that a cache kept never meets
 * the stylesheet of another deploy. The Content-Security-Policy lets exactly this text through, by its digest.
 */
import { integrity } from '../domain/digest.ts';
import base from './base.css';
import fields from './fields.css';
import frame from './frame.css';
import { fromSource, type Markup } from './markup.ts';
import scripts from './scripts.css';

/** A stylesheet as an element, and the digest that the policy names it by. */
export interface InlineStyle {
  readonly element: Markup;
  readonly integrity: string;
}

/** Joins the style of every page with what some pages need beside it. */
export function toInlineStyle(...others: readonly string[]): InlineStyle {
  const text = [base, frame, fields, scripts, ...others].join('');
  return { element: <style>{fromSource(text)}</style>, integrity: integrity(text) };
}
