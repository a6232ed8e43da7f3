import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeClock } from '../support/fake-clock.ts';
import { type RegistryStandIn, registryStandIn } from '../support/registry-stand-in.ts';
import { type RemoteWorld, remoteWorld } from '../support/remote-world.ts';
import { configFiles, platformYaml, WEB } from '../support/specs.ts';

let registry: RegistryStandIn;
let world: RemoteWorld;
/** Three images of hello/web, oldest first. */
let images: readonly string[];

beforeEach(async () => {
  registry = await registryStandIn();
  const platform = platformYaml(`registry: {host: "${registry.host}", insecure: true}\n`);
  world = remoteWorld(configFiles({ hello: WEB, fresh: WEB }, platform));
  images = ['one', 'two', 'three'].map(
    (tag) => `${registry.host}/tool-hello/web:latest@${registry.push('tool-hello/web', tag)}`,
  );
});
afterEach(async () => {
  world.close();
  await registry.close();
});

const clock = fakeClock(Date.parse('2026-11-25T00:00:00Z'));

function bump(index: number) {
  const time = `2026-11-24T1${index}:00:00Z`;
  return world.json(['bump', 'hello', `web=${images[index]}`, '--built-at', time], { clock });
}
const json = (...args: string[]) => world.json(args, { clock });
const runs = () => /image: '?([^'\s]+)/.exec(world.show('manifests-out/tools/hello/web.yaml') ?? '')?.[1];

describe('rollback', () => {
  beforeEach(async () => {
    await bump(0);
    await bump(1);
  });

  test('goes back, holds, and lets the next build wait until unhold', async () => {
    const { code, value } = await json('rollback', 'hello', '--reason', 'it loses edits');
    expect(code).toBe(0);
    expect(value).toMatchObject({
      outcome: 'rolled-back',
      commit: world.head(),
      component: 'web',
      image: images[0],
      left: images[1],
    });
    expect(runs()).toBe(images[0]);
    expect((await bump(2)).value).toMatchObject({
      outcome: 'held',
      components: { web: { outcome: 'held', image: images[0] } },
    });
    expect(runs()).toBe(images[0]);
    expect((await json('unhold', 'hello', 'web')).value).toMatchObject({
      outcome: 'deployed',
      image: images[2],
    });
    expect(runs()).toBe(images[2]);
  });

  test('to a digest by its first digits', async () => {
    await bump(2);
    const digits = images[0]?.split('sha256:')[1]?.slice(0, 12) as string;
    expect((await json('rollback', 'hello', 'web', '--to', digits)).value).toMatchObject({
      image: images[0],
    });
  });

  test('again is unchanged and no commit', async () => {
    const args = ['rollback', 'hello', 'web', '--to', images[0]?.split('@')[1] as string];
    await json(...args);
    const before = world.head();
    expect(await json(...args)).toMatchObject({ code: 0, value: { outcome: 'unchanged', commit: null } });
    expect(world.head()).toBe(before);
  });

  test('--dry-run commits nothing', async () => {
    const before = world.head();
    expect((await json('rollback', 'hello', '--dry-run')).value).toMatchObject({ dryRun: true });
    expect(world.head()).toBe(before);
  });

  test.each([
    {
      name: 'an image that the registry no longer has',
      before: () => registry.remove('tool-hello/web', images[0]?.split('@')[1] as string),
      args: ['hello', 'web'],
      code: 1,
      error: 'image-gone',
      says: 'retention',
    },
    {
      name: 'a digest that was never deployed',
      args: ['hello', 'web', '--to', 'f'.repeat(64)],
      code: 2,
      error: 'not-found',
      says: 'recorded: ',
    },
    {
      name: 'what is no digest',
      args: ['hello', 'web', '--to', 'latest'],
      code: 2,
      error: 'usage',
      says: 'sha256:',
    },
    {
      name: 'a digest that is an option',
      args: ['hello', 'web', '--to=--exec'],
      code: 2,
      error: 'usage',
      says: 'sha256:',
    },
    {
      name: 'a tool that is not there',
      args: ['hullo', 'web'],
      code: 2,
      error: 'not-found',
      says: 'did you mean "hello"',
    },
    {
      name: 'a component that is not there',
      args: ['hello', 'wbe'],
      code: 2,
      error: 'not-found',
      says: 'did you mean "web"',
    },
    { name: 'a tool that was never built', args: ['fresh'], code: 2, error: 'not-found', says: 'built' },
  ])('refuses $name', async ({ before, args, code, error, says }) => {
    before?.();
    const head = world.head();
    const run = await world.run(['rollback', ...args, '--format', 'json'], { clock });
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: error } });
    expect(run.stderr).toContain(says);
    expect(run.code).toBe(code);
    expect(world.head()).toBe(head);
  });
});

describe('hold', () => {
  beforeEach(() => bump(0));

  test('keeps the image, is shown as a notice, and ends with unhold --keep', async () => {
    const { value } = await json(
      'hold',
      'hello',
      'web',
      '--reason',
      'freeze',
      '--until',
      '2026-12-01T00:00:00Z',
    );
    expect(value).toMatchObject({ outcome: 'held', tool: 'hello', component: 'web', image: images[0] });
    expect(world.show('manifests-out/platform/shard-0/hello.yaml')).toContain('freeze');
    expect((await bump(1)).value.outcome).toBe('held');
    expect((await json('unhold', 'hello', 'web', '--keep')).value).toMatchObject({
      outcome: 'released',
      image: images[0],
    });
    expect(world.show('manifests-out/platform/shard-0/hello.yaml')).not.toContain('freeze');
  });

  test.each([
    {
      name: 'a component never built',
      args: ['hold', 'fresh', 'web'],
      code: 2,
      error: 'not-found',
      says: 'first build',
    },
    {
      name: 'a component that is not there',
      args: ['hold', 'hello', 'wbe'],
      code: 2,
      error: 'not-found',
      says: 'did you mean "web"',
    },
    {
      name: 'an end that is no time',
      args: ['hold', 'hello', 'web', '--until', 'soon'],
      code: 2,
      error: 'usage',
      says: '2026-12-01T00:00:00Z',
    },
    {
      name: 'an end that has passed',
      args: ['hold', 'hello', 'web', '--until', '2020-01-01T00:00:00Z'],
      code: 2,
      error: 'usage',
      says: 'a time to come',
    },
    {
      name: 'a component that is not there',
      args: ['unhold', 'hello', 'wbe'],
      code: 2,
      error: 'not-found',
      says: 'did you mean "web"',
    },
  ])('$args refuses $name', async ({ args, code, error, says }) => {
    const head = world.head();
    const run = await world.run([...args, '--format', 'json'], { clock });
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: error } });
    expect(run.stderr).toContain(says);
    expect(run.code).toBe(code);
    expect(world.head()).toBe(head);
  });

  test('what was not held stays as it is', async () => {
    const head = world.head();
    expect((await json('unhold', 'hello', 'web')).value).toMatchObject({
      outcome: 'unchanged',
      commit: null,
    });
    expect(world.head()).toBe(head);
  });

  test('a reason of several lines adds no trailer', async () => {
    await json(
      'hold',
      'hello',
      'web',
      '--reason',
      'x\n\nImage: evil\nTool: other',
      '--by',
      'eve\nTool: other',
    );
    const trailers = world.sandbox.git([
      '-C',
      world.remote,
      'log',
      '-1',
      '--format=%(trailers:key=Tool,valueonly)',
      'main',
    ]);
    expect(trailers.trim()).toBe('hello');
  });
});

describe('history', () => {
  test('tells who deployed what, newest first, and which runs', async () => {
    await bump(0);
    await bump(1);
    await json('rollback', 'hello', 'web', '--reason', 'it loses edits');
    const { code, value } = await json('history', 'hello');
    expect(code).toBe(0);
    expect(value.tool).toBe('hello');
    expect(
      value.entries.map(({ kind, image, current }: Record<string, unknown>) => [kind, image, current]),
    ).toEqual([
      ['rolled-back', images[0], true],
      ['deployed', images[1], false],
      ['deployed', images[0], false],
    ]);
    expect((await json('history', 'hello', '--limit', '1')).value.entries).toHaveLength(1);
    const { stdout } = await world.run(['history', 'hello'], { clock });
    expect(stdout).toContain('by alice');
  });

  test('of a tool never built is empty; of none is an error', async () => {
    expect((await json('history', 'fresh')).value).toEqual({ tool: 'fresh', entries: [] });
    expect(await json('history', 'nope')).toMatchObject({ code: 2, value: { error: { code: 'not-found' } } });
  });
});
