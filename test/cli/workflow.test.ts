import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type CliWorld, cliWorld } from '../support/cli-world.ts';
import { configFiles } from '../support/specs.ts';

const TWO_BUILDS = `components:
  web:
    build: {repository: https://gitea.example.org/tools/mine, ref: main, builder: rust}
    run: {command: web}
  bot:
    build: {repository: https://gitea.example.org/tools/mine-bot, ref: main}
    run: {command: bot}
  nightly:
    build: {reuse_from: bot}
    run: {command: nightly, schedule: '@daily'}
`;
const PLATFORM = `registry: {host: registry.example.net}
builders:
  base: {image: registry.example.net/builders/base:1}
  rust: {image: registry.example.net/builders/rust:2}
default_builder: base
`;

let world: CliWorld;
beforeEach(() => {
  world = cliWorld();
  world.write({ ...configFiles({ mine: TWO_BUILDS }), 'tools-config/platform.yaml': PLATFORM });
});
afterEach(() => world.close());

describe('workflow', () => {
  test.each([
    { component: 'web', builder: 'registry.example.net/builders/rust:2' },
    { component: 'bot', builder: 'registry.example.net/builders/base:1' },
  ])('is filled in for $component, with the builder of its spec', async ({ component, builder }) => {
    const { code, stdout } = await world.run(['workflow', 'mine', component]);
    const workflow = parse(stdout);
    expect(code).toBe(0);
    expect(workflow.env).toMatchObject({ TOOL: 'mine', COMPONENT: component });
    expect(workflow.jobs.build.container.image).toBe(builder);
    expect(stdout).not.toMatch(/@[A-Z_]+@/);
  });

  test('as JSON tells where it goes', async () => {
    const { stdout } = await world.run(['workflow', 'mine', 'web', '--ci', 'gitlab', '--format', 'json']);
    expect(JSON.parse(stdout).path).toBe('.gitlab-ci.yml');
  });

  test.each([
    { words: ['mine'], code: 2, says: 'it builds bot, web' },
    { words: ['mine', 'wbe'], code: 2, says: 'did you mean "web"?' },
    { words: ['mine', 'nightly'], code: 2, says: 'builds no component "nightly"' },
    { words: ['mien'], code: 2, says: 'did you mean "mine"?' },
    { words: ['mine', 'web', '--ci', 'jenkins'], code: 2, says: '--ci takes' },
    { words: ['mine', 'web', '--cli-image', 'no image'], code: 2, says: 'no image reference' },
    { words: ['mine', 'web', '--branch', 'a b'], code: 2, says: 'this branch cannot be written' },
  ])('of $words is refused', async ({ words, code, says }) => {
    const run = await world.run(['workflow', ...words]);
    expect(run).toMatchObject({ code, stdout: '' });
    expect(run.stderr).toContain(says);
  });
});
