import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliWorld, cliWorld, filesBelow, type WorldRun } from '../support/cli-world.ts';

const ROOT = resolve(import.meta.dirname, '../..');

describe('the example fleet', () => {
  let world: CliWorld;
  let run: WorldRun;
  beforeAll(async () => {
    world = cliWorld();
    run = await world.run(['synth', '-C', ROOT, '--out', join(world.root, 'out'), '--format', 'json']);
  });
  afterAll(() => world.close());

  test('has no mistake and no warning', () => {
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout).diagnostics).toEqual([]);
  });

  test('is committed as it renders, byte for byte, and nothing else', () => {
    expect(filesBelow(join(ROOT, 'manifests-out'))).toEqual(world.files('out'));
  });

  test('has a tool for each feature', () => {
    const tools = readdirSync(join(ROOT, 'tools-config'), { withFileTypes: true });
    expect(tools.filter((entry) => entry.isDirectory()).length).toBeGreaterThanOrEqual(8);
    const text = (pattern: RegExp) =>
      Object.entries(filesBelow(join(ROOT, 'tools-config')))
        .filter(([, content]) => pattern.test(content))
        .map(([path]) => path);
    const features = {
      'a PHP web tool': text(/PHP.*publish: \//s),
      'Python with scheduled jobs that reuse its build': text(/Python.*reuse_from.*schedule:/s),
      'a bot without a port': text(/A bot: no port/),
      'Rust or Go': text(/builder: (rust|go)\n/),
      'a prebuilt container': text(/^ {6}image: /m),
      'a one-off migration': text(/component_type: one-off.*on_deploy: true/s),
      'a held component': text(/^ {4}hold:/m),
      'a retired tool': text(/^retired: true/m),
      'a spec that is fetched': text(/^source_url:/m),
    };
    for (const [feature, found] of Object.entries(features))
      expect({ feature, found }).not.toEqual({ feature, found: [] });
    expect(JSON.parse(run.stdout).awaitingFirstBuild.length).toBeGreaterThan(0);
  });

  test('has no two files that a file system without letter case takes for one', () => {
    const paths = Object.keys(world.files('out')).map((path) => path.toLowerCase());
    expect(new Set(paths).size).toBe(paths.length);
  });
});
