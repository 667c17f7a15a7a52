import { describe, expect, it } from 'vitest';
import { renderMetrics } from '../../src/admin/api/metrics.ts';
import { givenAdmin, givenCounts, givenHealth } from '../support/given-admin.ts';

describe('metrics', () => {
  it('are OpenMetrics: each family typed once, samples named after it, an end', () => {
    const text = renderMetrics(givenHealth, { ...givenCounts, failures: { gone: 2 } }, { subscribers: 3 }, '1 "x"\\');
    const lines = text.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('# EOF');
    const families = text.split(/^(?=# TYPE)/m);
    const names = families.map((family) => /^# TYPE (\S+) (?:gauge|info)\n/.exec(family)?.[1]);
    expect(new Set(names).size).toBe(families.length);
    for (const [position, family] of families.entries()) {
      const samples = family.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      for (const sample of samples) {
        expect(sample).toMatch(/^[a-z_]+(\{[a-z]+="(?:[^"\\]|\\["\\n])*"\})? \d+(\.\d+)?$/);
        expect(sample.split(/[ {]/)[0]?.replace(/_info$/, '')).toBe(names[position]);
      }
    }
    expect(text).toContain('tributary_failing_sources{kind="gone"} 2');
  });

  it('are served to the owner with their media type', async () => {
    const response = await givenAdmin().ask('GET', '/metrics');
    expect(response.headers.get('Content-Type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(await response.text()).toContain('tributary_build_info{version="1.2.3"} 1');
  });
});
