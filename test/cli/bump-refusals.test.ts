import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RemoteWorld, remoteWorld } from '../support/remote-world.ts';
import { someDigest, someImage } from '../support/specs.ts';
import { FILES, IMAGE } from './bump-fleet.ts';

let world: RemoteWorld;
beforeEach(() => {
  world = remoteWorld(FILES);
});
afterEach(() => world.close());

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
    {
      name: 'a report that is a folder',
      args: ['hello', 'web', '--report', '.'],
      code: 2,
      error: 'usage',
      says: 'a folder',
    },
    {
      name: 'a report that is no text',
      args: ['hello', 'web', '--report', 'binary.toml'],
      code: 2,
      error: 'usage',
      says: 'binary.toml is not UTF-8',
    },
    {
      name: 'a report that is a link',
      args: ['hello', 'web', '--report', 'link.toml'],
      code: 2,
      error: 'usage',
      says: 'link.toml is a symbolic link',
    },
  ])('$name', async ({ args, code, error, says }) => {
    writeFileSync(join(world.cli.root, 'binary.toml'), Buffer.from([0xff, 0xfe, 0x00]));
    symlinkSync('none.toml', join(world.cli.root, 'link.toml'));
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
