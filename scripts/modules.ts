/**
 * `npm run modules`: writes docs/modules.md from the table of modules (domain/modules).
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderModuleTable } from './modules/module-table.ts';

const file = resolve(import.meta.dirname, '../docs/modules.md');
writeFileSync(file, renderModuleTable());
console.log(`wrote ${file}`);
