import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bump, liftEndedHolds } from '../../src/change/bump.ts';
import type { Build, ImageEntry } from '../../src/model/images-file.ts';
import { anyBuild, build, fileOf, imageOf, NOW } from './builds.ts';

const held = { by: 'alice', reason: 'bad release' };
const ended = { by: 'alice', until: '2026-11-24T12:00:00Z' };
const source = { repository: 'https://git.example.org/tools/hello', ref: 'main', commit: '4f2c1ab' };

interface Case {
  readonly name: string;
  readonly before: ImageEntry;
  readonly build: Build;
  readonly outcome: string;
  readonly after?: ImageEntry;
}

const cases: readonly Case[] = [
  {
    name: 'deploys a newer build and keeps the old one',
    before: build('a', 9),
    build: build('b', 10),
    outcome: 'deployed',
    after: { ...build('b', 10), previous: [build('a', 9)] },
  },
  { name: 'leaves the same image alone', before: build('a', 9), build: build('a', 10), outcome: 'unchanged' },
  {
    name: 'takes the same digest under another tag for the same image',
    before: build('a', 9),
    build: { ...build('a', 10), image: imageOf('a').replace(':latest', ':v2') },
    outcome: 'unchanged',
  },
  { name: 'refuses an older build', before: build('b', 10), build: build('a', 9), outcome: 'stale' },
  {
    name: 'takes the newest arrival of two builds of the same time',
    before: build('b', 10),
    build: build('a', 10),
    outcome: 'deployed',
    after: { ...build('a', 10), previous: [build('b', 10)] },
  },
  {
    name: 'takes the newest arrival when the new build has no time',
    before: build('b', 10),
    build: build('a'),
    outcome: 'deployed',
    after: { ...build('a'), previous: [build('b', 10)] },
  },
  {
    name: 'takes the newest arrival when the deployed build has no time',
    before: build('b'),
    build: build('a', 1),
    outcome: 'deployed',
    after: { ...build('a', 1), previous: [build('b')] },
  },
  {
    name: 'does not let a time of a broken clock stop all that follow',
    before: { ...build('b'), built_at: '2036-01-01T00:00:00Z' },
    build: build('a', 10),
    outcome: 'deployed',
    after: { ...build('a', 10), previous: [{ ...build('b'), built_at: '2036-01-01T00:00:00Z' }] },
  },
  {
    name: 'keeps a held component and lets the build wait',
    before: { ...build('a', 9), hold: held },
    build: build('b', 10),
    outcome: 'held',
    after: { ...build('a', 9), hold: held, waiting: build('b', 10) },
  },
  {
    name: 'changes nothing for the build that waits already',
    before: { ...build('a', 9), hold: held, waiting: build('b', 10) },
    build: build('b', 10),
    outcome: 'held',
  },
  {
    name: 'lets a newer build wait instead',
    before: { ...build('a', 9), hold: held, waiting: build('b', 10) },
    build: build('c', 11),
    outcome: 'held',
    after: { ...build('a', 9), hold: held, waiting: build('c', 11) },
  },
  {
    name: 'refuses a build older than the one that waits',
    before: { ...build('a', 8), hold: held, waiting: build('c', 11) },
    build: build('b', 10),
    outcome: 'stale',
  },
  {
    name: 'refuses a build older than the held one',
    before: { ...build('b', 9), hold: held },
    build: build('a', 8),
    outcome: 'stale',
  },
  {
    name: 'moves once the hold has ended',
    before: { ...build('a', 9), hold: ended },
    build: build('b', 10),
    outcome: 'deployed',
    after: { ...build('b', 10), previous: [build('a', 9)] },
  },
  {
    name: 'holds still in the last moment before the end',
    before: { ...build('a', 9), hold: { by: 'alice', until: '2026-11-24T12:00:01Z' } },
    build: build('b', 10),
    outcome: 'held',
    after: {
      ...build('a', 9),
      hold: { by: 'alice', until: '2026-11-24T12:00:01Z' },
      waiting: build('b', 10),
    },
  },
  {
    name: 'deploys what waited behind an ended hold even when the build is older',
    before: { ...build('a', 8), hold: ended, waiting: build('c', 11) },
    build: build('b', 10),
    outcome: 'stale',
    after: { ...build('c', 11), previous: [build('a', 8)] },
  },
  {
    name: 'calls the waiting build deployed when an ended hold lets it go',
    before: { ...build('a', 8), hold: ended, waiting: build('c', 11) },
    build: build('c', 11),
    outcome: 'deployed',
    after: { ...build('c', 11), previous: [build('a', 8)] },
  },
  {
    name: 'fills in what an earlier report of the same image left out',
    before: build('a'),
    build: { ...build('a', 9), source },
    outcome: 'unchanged',
    after: { ...build('a', 9), source },
  },
  {
    name: 'never commits a credential',
    before: build('a', 9),
    build: {
      ...build('b', 10),
      source: { repository: 'https://bob:s3cret@git.example.org/tools/hello' },
      build_url: 'https://t0ken@ci.example.org/1',
    },
    outcome: 'deployed',
    after: {
      ...build('b', 10),
      source: { repository: 'https://git.example.org/tools/hello' },
      build_url: 'https://ci.example.org/1',
      previous: [build('a', 9)],
    },
  },
];

describe('bump', () => {
  test.each(cases)('$name', ({ before, build: arriving, outcome, after }) => {
    const file = fileOf(before);
    const result = bump(file, { web: arriving }, NOW);
    expect(result.file.components.web).toEqual(after ?? before);
    if (after === undefined) expect(result.file).toBe(file);
    expect(result.outcomes.web).toEqual({ outcome, image: (after ?? before).image });
    expect(result.outcome).toBe(outcome);
  });

  test.each(['web', 'constructor', 'to-string'])('records the first build of %s', (name) => {
    const result = bump({ components: {} }, { [name]: build('a', 9) }, NOW);
    expect(Object.entries(result.file.components)).toEqual([[name, build('a', 9)]]);
    expect(result.outcome).toBe('deployed');
  });

  test.each([
    {
      name: 'deployed beside held',
      builds: { one: build('b', 10), two: build('b', 10) },
      expected: 'deployed',
    },
    { name: 'held beside stale', builds: { two: build('b', 10), three: build('a', 1) }, expected: 'held' },
    {
      name: 'stale beside unchanged',
      builds: { one: build('a', 9), three: build('a', 1) },
      expected: 'stale',
    },
    { name: 'unchanged', builds: { one: build('a', 9) }, expected: 'unchanged' },
    { name: 'of nothing', builds: {}, expected: 'unchanged' },
  ])('overall outcome: $name', ({ builds, expected }) => {
    const components = { one: build('a', 9), two: { ...build('a', 9), hold: held }, three: build('c', 9) };
    expect(bump({ components }, builds, NOW).outcome).toBe(expected);
  });

  test('is idempotent', () => {
    fc.assert(
      fc.property(fc.array(anyBuild, { minLength: 1, maxLength: 6 }), fc.boolean(), (builds, isHeld) => {
        const last = builds.at(-1) as Build;
        const start = fileOf({ ...build('ff', 0), ...(isHeld && { hold: held }) });
        const file = builds.reduce((before, one) => bump(before, { web: one }, NOW).file, start);
        const again = bump(file, { web: last }, NOW);
        expect(again.file).toBe(file);
      }),
    );
  });

  test('two builds end with the newer one in whatever order they come', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.constantFrom('x', 'y'), (isHeld, first) => {
        const [older, newer] = [build('b', 9), build('c', 10)];
        const order = first === 'x' ? [older, newer] : [newer, older];
        const start = fileOf({ ...build('a', 8), ...(isHeld && { hold: held }) });
        const { web } = order.reduce((file, one) => bump(file, { web: one }, NOW).file, start).components;
        expect(isHeld ? web?.waiting : web?.image).toEqual(isHeld ? newer : newer.image);
      }),
    );
  });

  test('keeps at most ten previous builds, none twice, none that runs', () => {
    fc.assert(
      fc.property(fc.array(anyBuild, { maxLength: 40 }), (builds) => {
        const file = builds.reduce(
          (before, one) => bump(before, { web: one }, NOW).file,
          fileOf(build('ff', 0)),
        );
        const { image, previous = [] } = file.components.web as ImageEntry;
        const images = [image, ...previous.map((one) => one.image)];
        expect(previous.length).toBeLessThanOrEqual(10);
        expect(new Set(images).size).toBe(images.length);
      }),
    );
  });
});

describe('liftEndedHolds', () => {
  test('deploys what waited, names the components, and leaves others alone', () => {
    const components = {
      three: { ...build('a', 8), hold: ended },
      one: { ...build('a', 8), hold: ended, waiting: build('b', 9) },
      two: { ...build('a', 8), hold: held, waiting: build('b', 9) },
    };
    const { file, components: lifted } = liftEndedHolds({ components }, NOW);
    expect(lifted).toEqual(['one', 'three']);
    expect(file.components).toEqual({
      three: build('a', 8),
      one: { ...build('b', 9), previous: [build('a', 8)] },
      two: components.two,
    });
    expect(liftEndedHolds(file, NOW).file).toBe(file);
  });
});
