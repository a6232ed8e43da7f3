import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registryStandIn } from '../support/registry-stand-in.ts';
import { type RemoteWorld, remoteWorld } from '../support/remote-world.ts';
import { configFiles, platformYaml, someDigest, someImage } from '../support/specs.ts';
import { FILES, IMAGE, NEXT, TWO } from './bump-fleet.ts';

let world: RemoteWorld;
beforeEach(() => {
  world = remoteWorld(FILES);
});
afterEach(() => world.close());

const bump = (...args: string[]) => world.json(['bump', ...args]);

describe('bump', () => {
  test('records the image, renders the tool, and answers the documented JSON', async () => {
    const { code, value } = await bump('hello', `web=${IMAGE}`, '--built-at', '2026-11-24T10:00:00Z');
    expect(code).toBe(0);
    expect(value).toEqual({
      outcome: 'deployed',
      commit: world.head(),
      tool: 'hello',
      components: { web: { outcome: 'deployed', image: IMAGE } },
    });
    expect(world.show('tools-config/hello/images.yaml')).toContain(IMAGE);
    expect(world.show('manifests-out/tools/hello/web.yaml')).toContain(IMAGE);
    expect(world.show('manifests-out/tools/hello/worker.yaml')).toContain(IMAGE);
    expect(world.show('manifests-out/tools/other/web.yaml')).toBeUndefined();
    const message = world.sandbox.git(['-C', world.remote, 'log', '-1', '--format=%B', 'main']);
    expect(message).toContain(`\nTool: hello\nComponent: web\nImage: ${IMAGE}\n`);
  });

  test.each([
    { name: 'the same again', image: IMAGE, time: '2026-11-24T10:00:00Z', outcome: 'unchanged', runs: IMAGE },
    { name: 'a newer build', image: NEXT, time: '2026-11-24T11:00:00Z', outcome: 'deployed', runs: NEXT },
    { name: 'an older build', image: NEXT, time: '2026-11-24T09:00:00Z', outcome: 'stale', runs: IMAGE },
  ])('$name is $outcome', async ({ image, time, outcome, runs }) => {
    await bump('hello', `web=${IMAGE}`, '--built-at', '2026-11-24T10:00:00Z');
    const before = world.head();
    const { code, value } = await bump('hello', `web=${image}`, '--built-at', time);
    expect(code).toBe(0);
    expect(value).toMatchObject({ outcome, components: { web: { outcome, image: runs } } });
    expect(value.commit).toBe(outcome === 'deployed' ? world.head() : null);
    expect(world.head() === before).toBe(outcome !== 'deployed');
  });

  test('of several components is one commit', async () => {
    const bot = someImage('hello', 'bot', 'c');
    const commits = world.commits();
    const { value } = await bump('hello', `web=${IMAGE}`, `bot=${bot}`);
    expect(value.components).toEqual({
      web: { outcome: 'deployed', image: IMAGE },
      bot: { outcome: 'deployed', image: bot },
    });
    expect(world.commits()).toBe(commits + 1);
  });

  test('a bare digest is of the component’s own repository', async () => {
    const { value } = await bump('hello', `web=${someDigest('d')}`);
    expect(value.components.web.image).toBe(`registry.example.org/tool-hello/web@${someDigest('d')}`);
  });

  test('--report reads what a buildpack build wrote', async () => {
    const [tag] = IMAGE.split('@');
    world.cli.write({ 'report.toml': `[image]\ntags = ["${tag}"]\ndigest = "${someDigest('a')}"\n` });
    const { value } = await bump('hello', 'web', '--report', 'report.toml');
    expect(value.components.web).toEqual({ outcome: 'deployed', image: IMAGE });
  });

  test('--dry-run commits nothing and says what it would', async () => {
    const before = world.head();
    const { code, stdout } = await world.run(['bump', 'hello', `web=${IMAGE}`, '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('write  manifests-out/tools/hello/web.yaml');
    const { value } = await bump('hello', `web=${IMAGE}`, '--dry-run');
    expect(value).toMatchObject({ dryRun: true, message: expect.stringContaining('Tool: hello') });
    expect(world.head()).toBe(before);
  });

  test('a tag is looked up in the registry', async () => {
    const registry = await registryStandIn();
    try {
      const digest = registry.push('tool-hello/web', 'v1');
      const own = remoteWorld(
        configFiles(
          { hello: TWO.replace('registry.example.org/toolforge-shared', 'ghcr.io/x') },
          platformYaml(`registry: {host: "${registry.host}", insecure: true}\nimage_hosts: [ghcr.io]\n`),
        ),
      );
      const { value } = await own.json(['bump', 'hello', `web=${registry.host}/tool-hello/web:v1`]);
      expect(value.components.web.image).toBe(`${registry.host}/tool-hello/web:v1@${digest}`);
      const gone = await own.json(['bump', 'hello', `web=${registry.host}/tool-hello/web:v2`]);
      expect(gone).toMatchObject({ code: 1, value: { error: { code: 'image-gone' } } });
      expect(own.commits()).toBe(2);
      own.close();
    } finally {
      await registry.close();
    }
  });
});
