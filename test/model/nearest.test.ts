import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearest } from '../../src/model/nearest.ts';

const KEYS = ['replicas', 'publish', 'port', 'health-check-path', 'cpu'];

describe('nearest', () => {
  test.each([
    { name: 'replica', candidates: KEYS, expected: 'replicas' },
    { name: 'replcias', candidates: KEYS, expected: 'replicas' },
    { name: 'Publish', candidates: KEYS, expected: 'publish' },
    { name: 'prot', candidates: KEYS, expected: 'port' },
    { name: 'cpus', candidates: KEYS, expected: 'cpu' },
    { name: 'health-chek-path', candidates: KEYS, expected: 'health-check-path' },
    { name: 'memory', candidates: KEYS, expected: undefined },
    { name: 'x', candidates: KEYS, expected: undefined },
    { name: 'x', candidates: ['a', 'b'], expected: undefined },
    { name: '', candidates: KEYS, expected: undefined },
    { name: 'web', candidates: [], expected: undefined },
    { name: 'wex', candidates: ['wez', 'wey', 'web'], expected: 'web' },
    { name: 'a'.repeat(101), candidates: ['a'.repeat(100)], expected: undefined },
  ])('$name', ({ name, candidates, expected }) => {
    expect(nearest(name, candidates)).toBe(expected);
  });

  test('a name that is there is its own nearest, in whatever order the candidates come', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(names, fc.nat(), (candidates, pick) => {
        const name = candidates[pick % candidates.length] as string;
        expect(nearest(name, candidates)).toBe(name);
        expect(nearest(`${name}x`, candidates)).toBe(nearest(`${name}x`, [...candidates].reverse()));
      }),
    );
  });
});
