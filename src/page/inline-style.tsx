/**
 * Puts a stylesheet into the page itself: a first visit needs one response, and a cached page never meets the stylesheet
 * of another deploy. The Content-Security-Policy allows exactly this text, by its digest.
 */
import { integrity } from '../domain/digest.ts';
import base from './base.css';
import fields from './fields.css';
import frame from './frame.css';
import { fromSource, type Markup } from './markup.ts';
import scripts from './scripts.css';

/** A stylesheet as an element, and its digest for the policy. */
export interface InlineStyle {
  readonly element: Markup;
  readonly integrity: string;
}

/** Joins the common style with the additional style of some pages. */
export function toInlineStyle(...others: readonly string[]): InlineStyle {
  const text = [base, frame, fields, scripts, ...others].join('');
  return { element: <style>{fromSource(text)}</style>, integrity: integrity(text) };
}
