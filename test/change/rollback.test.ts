import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bump } from '../../src/change/bump.ts';
import { type RollbackRequest, rollback, rollbackTarget } from '../../src/change/rollback.ts';
import { unhold } from '../../src/change/unhold.ts';
import { GitopsError } from '../../src/errors.ts';
import type { Build, ImageEntry } from '../../src/model/images-file.ts';
import { anyBuild, build, fileOf, NOW } from './builds.ts';

const hold = { by: 'alice' };
const entry: ImageEntry = { ...build('c', 10), previous: [build('b', 9), build('a', 8)] };

function request(to?: string): RollbackRequest {
  return { component: 'web', by: 'alice', now: NOW, to };
}

function thrown(run: () => unknown): GitopsError {
  try {
    run();
  } catch (error) {
    if (error instanceof GitopsError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('rollback', () => {
  test.each([
    {
      name: 'goes to the newest earlier build, holds it, and lets the one left behind wait',
      before: entry,
      to: undefined,
      after: { ...build('b', 9), hold, waiting: build('c', 10), previous: [build('c', 10), build('a', 8)] },
    },
    {
      name: 'goes further back when the build is named',
      before: { ...build('b', 9), hold, waiting: build('c', 10), previous: [build('c', 10), build('a', 8)] },
      to: 'aaaaaaa',
      after: { ...build('a', 8), hold, waiting: build('c', 10), previous: [build('b', 9), build('c', 10)] },
    },
    {
      name: 'goes to a digest',
      before: entry,
      to: `sha256:${'a'.repeat(64)}`,
      after: { ...build('a', 8), hold, waiting: build('c', 10), previous: [build('c', 10), build('b', 9)] },
    },
    {
      name: 'goes to the first digits of a digest',
      before: entry,
      to: 'AAAAAAA',
      after: { ...build('a', 8), hold, waiting: build('c', 10), previous: [build('c', 10), build('b', 9)] },
    },
    {
      name: 'goes forward to a waiting build, and nothing newer waits then',
      before: { ...build('a', 8), hold, waiting: build('c', 10), previous: [build('b', 9)] },
      to: 'ccccccc',
      after: { ...build('c', 10), hold, previous: [build('a', 8), build('b', 9)] },
    },
    {
      name: 'keeps a newer waiting build',
      before: { ...build('b', 9), hold, waiting: build('d', 11), previous: [build('a', 8)] },
      to: 'aaaaaaa',
      after: { ...build('a', 8), hold, waiting: build('d', 11), previous: [build('b', 9)] },
    },
    {
      name: 'holds what runs already when that is named',
      before: { ...build('b', 9), previous: [build('a', 8)] },
      to: 'bbbbbbb',
      after: { ...build('b', 9), hold, previous: [build('a', 8)] },
    },
  ])('$name', ({ before, to, after }) => {
    const result = rollback(fileOf(before), request(to));
    expect(result.file.components.web).toEqual(after);
    expect(result).toMatchObject({
      outcome: 'rolled-back',
      build: { image: after.image },
      left: { image: before.image },
    });
    expect(rollbackTarget(fileOf(before), request(to)).image).toBe(after.image);
  });

  test('sent again without a digest is refused: it must not go back twice', () => {
    const { file } = rollback(fileOf(entry), request());
    const again = thrown(() => rollback(file, request()));
    expect(again).toMatchObject({ code: 'refused' });
    expect(again.message).toContain('is held already, at bbbbbbbbbbbb');
    expect(again.hint).toContain('aaaaaaaaaaaa');
  });

  test('done again with the same digest changes nothing', () => {
    const once = rollback(fileOf(entry), request('bbbbbbb')).file;
    const twice = rollback(once, request('bbbbbbb'));
    expect(twice.file).toBe(once);
    expect(twice.outcome).toBe('unchanged');
  });

  test.each([
    {
      name: 'an unknown component',
      of: { component: 'wbe' },
      code: 'not-found',
      hint: 'did you mean "web"?',
    },
    {
      name: 'an unknown digest',
      of: { to: 'fffffff' },
      code: 'not-found',
      hint: 'recorded: cccccccccccc, bbbbbbbbbbbb',
    },
    { name: 'a prefix too short', of: { to: 'bbbbbb' }, code: 'usage', hint: 'first 7' },
    { name: 'no digest at all', of: { to: '--force' }, code: 'usage', hint: 'sha256:' },
  ])('refuses $name', ({ of, code, hint }) => {
    const error = thrown(() => rollback(fileOf(entry), { ...request(), ...of }));
    expect(error.code).toBe(code);
    expect(error.hint).toContain(hint);
  });

  test('refuses a prefix of two builds', () => {
    const [one, two] = [build('abcdef00', 8), build('abcdef01', 9)];
    const error = thrown(() =>
      rollback(fileOf({ ...build('c', 10), previous: [two, one] }), request('abcdef0')),
    );
    expect(error).toMatchObject({ code: 'usage', hint: 'give more digits: abcdef01abcd, abcdef00abcd' });
  });

  test.each([
    { name: 'nothing before', before: build('a', 8), hint: 'deploy a fixed build' },
    {
      name: 'only newer ones',
      before: { ...build('a', 8), previous: [build('b', 9)] },
      hint: '--to: bbbbbbbbbbbb',
    },
  ])('refuses with $name', ({ before, hint }) => {
    const error = thrown(() => rollback(fileOf(before), request()));
    expect(error.code).toBe('refused');
    expect(error.hint).toContain(hint);
  });

  test('unhold afterwards goes forward: to what was left, or to a newer build that came meanwhile', () => {
    const builds = fc.uniqueArray(anyBuild, { minLength: 2, maxLength: 12, selector: ({ image }) => image });
    fc.assert(
      fc.property(builds, fc.boolean(), ([first, ...more], withNext) => {
        const file = more.reduce(
          (before, one) => bump(before, { web: one }, NOW).file,
          fileOf(first as Build),
        );
        const { image, previous = [] } = file.components.web as ImageEntry;
        fc.pre(previous.length > 0);
        const to = previous[0]?.image.split('sha256:')[1];
        const back = rollback(file, request(to)).file;
        const next = build('ee', 11);
        const waiting = withNext ? bump(back, { web: next }, NOW).file : back;
        const forward = unhold(waiting, 'web');
        const { web } = forward.file.components;
        expect(forward).toMatchObject({ outcome: 'deployed', image: withNext ? next.image : image });
        expect(web?.hold ?? web?.waiting).toBeUndefined();
        const images = [web?.image, ...(web?.previous ?? []).map((one) => one.image)];
        expect(new Set(images).size).toBe(images.length);
        expect(images.length).toBeLessThanOrEqual(11);
        expect(images).toContain(image);
      }),
    );
  });
});
