import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseSpec } from '../support/spec-lines.ts';

interface Expected {
  readonly accept: boolean;
  readonly components: Readonly<Record<string, string>>;
  readonly unknownKeys: readonly string[];
}

const CORPUS = new URL('../../../shared/corpus/', import.meta.url);
const expectations = new URL('expect.json', CORPUS);

describe('real specs', () => {
  if (!existsSync(expectations)) {
    test('are not here to be read', () => {
      process.stdout.write('../shared/corpus is absent: real specs are not tested\n');
      expect(existsSync(expectations)).toBe(false);
    });
    return;
  }
  const expected: Readonly<Record<string, Expected>> = JSON.parse(readFileSync(expectations, 'utf8'));

  test('each has an expectation', () => {
    expect(readdirSync(new URL('toolforge-yaml/', CORPUS)).sort()).toEqual(Object.keys(expected).sort());
  });

  test.each(Object.entries(expected))('%s', (file, { accept, components, unknownKeys }) => {
    const { value, diagnostics } = parseSpec(readFileSync(new URL(`toolforge-yaml/${file}`, CORPUS), 'utf8'));
    expect(value !== undefined).toBe(accept);
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(!accept);
    const unknown = diagnostics
      .filter(({ code }) => code === 'TFG106')
      .map(({ path }) => path.replace(/^components\./, ''));
    expect(unknown).toEqual(unknownKeys);
    const types = Object.entries(value?.components ?? {}).map(([name, { component_type, run }]) => [
      name,
      component_type ?? (run.schedule === undefined ? 'continuous' : 'scheduled'),
    ]);
    expect(Object.fromEntries(types)).toEqual(components);
  });
});
