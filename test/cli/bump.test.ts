import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registryStandIn } from '../support/registry-stand-in.ts';
import { type RemoteWorld, remoteWorld } from '../support/remote-world.ts';
import { BROKEN, configFiles, platformYaml, someDigest, someImage, someSpec } from '../support/specs.ts';

const TWO = `components:
  web:
    build: {repository: "https://git.example.org/tools/x", ref: main}
    run: {command: web, port: 8000}
  worker:
    build: {reuse_from: web}
    run: {command: worker}
  bot:
    build: {repository: "https://git.example.org/tools/bot", ref: main}
    run: {command: bot}
  search:
    build: {image: "registry.example.org/toolforge-shared/search:2"}
    run: {command: search}
`;
const FILES = configFiles(
  { hello: TWO, other: someSpec(), broken: BROKEN },
  `registry: {host: registry.example.org, shared_projects: [toolforge-shared]}\n`,
);
const [IMAGE, NEXT] = [someImage('hello', 'web', 'a'), someImage('hello', 'web', 'b')];

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

describe('bump refuses, names the remedy, and writes nothing', () => {
  const digest = someDigest('a');
  test.each([
    {
      name: 'another host',
      args: ['hello', `web=evil.example/tool-hello/web@${digest}`],
      code: 1,
      error: 'image-rejected',
      says: 'push the build to registry.example.org/tool-hello/web',
    },
    {
      name: "another tool's project",
      args: ['hello', `web=registry.example.org/tool-other/web@${digest}`],
      code: 1,
      error: 'image-rejected',
      says: 'push the build to',
    },
    {
      name: 'a project whose name only begins like its own',
      args: ['hello', `web=registry.example.org/tool-hello-evil/web@${digest}`],
      code: 1,
      error: 'image-rejected',
      says: 'push the build to',
    },
    {
      name: 'a path with ..',
      args: ['hello', `web=registry.example.org/tool-hello/../tool-other/web@${digest}`],
      code: 1,
      error: 'image-rejected',
      says: '64 hex digits',
    },
    {
      name: 'a short digest',
      args: ['hello', 'web=registry.example.org/tool-hello/web@sha256:abc'],
      code: 1,
      error: 'image-rejected',
      says: '64 hex digits',
    },
    {
      name: 'another algorithm',
      args: ['hello', `web=registry.example.org/tool-hello/web@md5:${'a'.repeat(32)}`],
      code: 1,
      error: 'image-rejected',
      says: '64 hex digits',
    },
    { name: 'no image', args: ['hello', 'web=-'], code: 1, error: 'image-rejected', says: '64 hex digits' },
    {
      name: 'a tool that is not there',
      args: ['helo', `web=${IMAGE}`],
      code: 2,
      error: 'not-found',
      says: 'did you mean "hello"?',
    },
    {
      name: 'a component that is not there',
      args: ['hello', `wbe=${IMAGE}`],
      code: 2,
      error: 'not-found',
      says: 'did you mean "web"?',
    },
    {
      name: 'an inherited name',
      args: ['hello', `__proto__=${IMAGE}`],
      code: 2,
      error: 'not-found',
      says: 'it has bot, search, web',
    },
    {
      name: 'a component that reuses',
      args: ['hello', `worker=${IMAGE}`],
      code: 1,
      error: 'refused',
      says: 'bump "web"',
    },
    {
      name: 'another image than the prebuilt one',
      args: ['hello', `search=registry.example.org/toolforge-shared/other:2@${digest}`],
      code: 1,
      error: 'image-rejected',
      says: 'build.image',
    },
    {
      name: 'a tool whose spec is in error',
      args: ['broken', `web=${someImage('broken', 'web', 'a')}`],
      code: 1,
      error: 'invalid-spec',
      says: 'tools-config/broken/toolforge.yaml:7',
    },
    {
      name: 'a tool called ..',
      args: ['..', `web=${IMAGE}`],
      code: 2,
      error: 'not-found',
      says: 'no tool ".."',
    },
    {
      name: 'a way out',
      args: ['../tools-config/hello', `web=${IMAGE}`],
      code: 2,
      error: 'not-found',
      says: 'no tool',
    },
    {
      name: 'an absolute path',
      args: ['/etc', `web=${IMAGE}`],
      code: 2,
      error: 'not-found',
      says: 'no tool',
    },
    {
      name: 'a branch that is not there',
      args: ['hello', `web=${IMAGE}`, '--branch', 'mian'],
      code: 3,
      error: 'unavailable',
      says: 'its branches: main',
    },
    {
      name: 'a branch that is an option',
      args: ['hello', `web=${IMAGE}`, '--branch=--upload-pack=touch x'],
      code: 2,
      error: 'usage',
      says: 'without refs/heads/',
    },
    {
      name: 'a repo that is an option',
      args: ['hello', `web=${IMAGE}`, '--repo=--upload-pack=touch x'],
      code: 2,
      error: 'usage',
      says: 'give a path',
    },
    {
      name: 'a repo that is a command',
      args: ['hello', `web=${IMAGE}`, '--repo', 'ext::sh -c touch% x'],
      code: 2,
      error: 'usage',
      says: 'give a path',
    },
    {
      name: 'a repo that is not there',
      args: ['hello', `web=${IMAGE}`, '--repo', '/nonexistent/repo.git'],
      code: 3,
      error: 'unavailable',
      says: 'name the folder of a git repository',
    },
    {
      name: 'a source commit with a line end',
      args: ['hello', `web=${IMAGE}`, '--source-commit', 'a\nTool: other'],
      code: 2,
      error: 'usage',
      says: 'commit',
    },
    {
      name: 'a source with a password',
      args: ['hello', `web=${IMAGE}`, '--source-repository', 'https://u:hunter2@h/x'],
      code: 2,
      error: 'usage',
      says: 'password',
    },
    {
      name: 'a build url that is no address',
      args: ['hello', `web=${IMAGE}`, '--build-url', 'javascript:alert(1)'],
      code: 2,
      error: 'usage',
      says: 'http',
    },
    {
      name: 'a ref that is an option',
      args: ['hello', `web=${IMAGE}`, '--ref', '--exec=x'],
      code: 2,
      error: 'usage',
      says: 'ref',
    },
    {
      name: 'a report that is not there',
      args: ['hello', 'web', '--report', 'none.toml'],
      code: 2,
      error: 'usage',
      says: 'none.toml',
    },
  ])('$name', async ({ args, code, error, says }) => {
    const before = world.head();
    const run = await world.run(['bump', ...args, '--format', 'json']);
    const { stdout, stderr } = run;
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: error } });
    expect(run.code).toBe(code);
    expect(stderr).toContain(says);
    expect(`${stdout}${stderr}`).not.toMatch(/\n {4}at |hunter2/);
    expect(world.head()).toBe(before);
  });
});
