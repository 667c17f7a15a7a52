/**
 * The stylesheet of the desk's pages: the style of every page, and what tables, forms and charts need beside it.
 */
import { toInlineStyle } from '../../../page/inline-style.tsx';
import charts from './charts.css';
import desk from './desk.css';
import content from './desk-content.css';
import forms from './forms.css';
import listTools from './list-tools.css';
import sourceList from './source-list.css';

/** As an element, with the digest that the Content-Security-Policy names it by. */
export const deskStyle = toInlineStyle(desk, content, forms, charts, listTools, sourceList);
