import { describe, expect, it } from 'vitest';
import { type Bom, licenceProblems, scriptProblems } from '../../scripts/sbom.ts';

function component(id?: string): Bom['components'][number] {
  return { name: 'a', version: '1.0.0', ...(id !== undefined && { licenses: [{ license: { id } }] }) };
}

describe('what ships', () => {
  it('has licences that are known', () => {
    expect(licenceProblems({ components: [component('MIT'), component('ISC')] })).toEqual([]);
    expect(licenceProblems({ components: [component('GPL-3.0-only')] })).toEqual([
      'a 1.0.0 has the licence GPL-3.0-only',
    ]);
    expect(licenceProblems({ components: [component()] })).toEqual(['a 1.0.0 has the licence nobody names']);
  });

  it('runs no script on install but those that are named', () => {
    const packages = { '': {}, 'node_modules/a': { hasInstallScript: true }, 'node_modules/b/node_modules/c': {} };
    expect(scriptProblems({ packages }, { a: true })).toEqual([]);
    expect(scriptProblems({ packages }, {})).toEqual(['a runs a script on install']);
  });
});
