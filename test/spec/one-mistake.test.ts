import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPath } from '../../src/spec/format-path.ts';
import { checkSpec } from '../support/check-spec.ts';
import { areIndependent, type Mistake, sound, specWith } from '../support/mistake.ts';
import { MISTAKES } from '../support/mistakes.ts';

const KINDS = ['continuous', 'scheduled'] as const;
type Kind = (typeof KINDS)[number];

/** What checking finds, as codes and places below the component. */
function found(kind: Kind, mistakes: readonly Mistake[]): readonly string[] {
  const { spec, name } = specWith(kind, mistakes);
  const root = formatPath(['components', name]);
  return checkSpec({ spec })
    .diagnostics.map(({ code, path }) => `${code} ${path.slice(root.length + 1)}`.trim())
    .sort();
}

function ofKind(kind: Kind): readonly Mistake[] {
  return MISTAKES.filter((mistake) => mistake.kind === undefined || mistake.kind === kind);
}

/** Of mistakes as many as share nothing. */
function independentOf(mistakes: readonly Mistake[]): readonly Mistake[] {
  const kept: Mistake[] = [];
  for (const each of mistakes) if (kept.every((one) => areIndependent(one, each))) kept.push(each);
  return kept;
}

describe.each(KINDS)('a %s component', (kind) => {
  test('without a mistake has no diagnostic', () => {
    expect(sound(kind).component_type).toBe(kind);
    expect(found(kind, [])).toEqual([]);
  });

  test.each(ofKind(kind).map((mistake) => [mistake.title, mistake] as const))(
    'one mistake is one diagnostic: %s',
    (_, mistake) => {
      expect(found(kind, [mistake])).toEqual([mistake.found]);
    },
  );

  test('two independent mistakes are two diagnostics, whatever they are', () => {
    const all = ofKind(kind);
    const pairs = all.flatMap((a, index) => all.slice(index + 1).map((b) => [a, b] as const));
    const independent = pairs.filter(([a, b]) => areIndependent(a, b));
    const failed = independent.flatMap(([a, b]) => {
      const expected = [a.found, b.found].sort();
      const got = found(kind, [a, b]);
      return got.join() === expected.join() ? [] : [{ pair: `${a.title} + ${b.title}`, expected, got }];
    });
    expect(independent.length).toBeGreaterThan(300);
    expect(failed).toEqual([]);
  });

  test('so are any number of them', () => {
    const some = fc.subarray([...ofKind(kind)], { minLength: 3 }).map(independentOf);
    fc.assert(
      fc.property(some, (mistakes) => {
        expect(found(kind, mistakes)).toEqual(mistakes.map((mistake) => mistake.found).sort());
      }),
      { numRuns: 60 },
    );
  });
});
