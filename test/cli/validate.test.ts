import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliWorld, cliWorld, filesBelow } from '../support/cli-world.ts';
import { BROKEN, configFiles, someSpec, WEB } from '../support/specs.ts';

let world: CliWorld;
beforeEach(() => {
  world = cliWorld();
  world.write(configFiles({ good: WEB }));
});
afterEach(() => world.close());

const at = (path: string) => join(world.root, path);
const spec = (text: string | Buffer) => () =>
  world.write({ 'tools-config/bad/toolforge.yaml': text as string });
const BOMB = `a: &a [x,x,x,x,x,x,x,x,x]
${'bcdefghi'
  .split('')
  .map((key, at) => `${key}: &${key} [${`*${'abcdefghi'[at]},`.repeat(9).slice(0, -1)}]`)
  .join('\n')}
`;
/** What can be done about it is told as well. */
const REMEDY = /= help: ./;
const HOSTILE: readonly { name: string; make: () => void; says: RegExp }[] = [
  { name: 'broken YAML', make: spec('components: {web: [}\n'), says: /TFG001/ },
  { name: 'a key twice', make: spec(`${WEB}    run: {command: x}\n`), says: /TFG003/ },
  { name: '10 MB', make: spec('# 0123456789\n'.repeat(800_000)), says: /TFG002.*256 KiB/ },
  { name: 'an alias bomb', make: spec(BOMB), says: /TFG004/ },
  { name: 'a deep nest', make: spec(`a: ${'['.repeat(20_000)}`), says: /TFG00[15]/ },
  { name: '__proto__', make: spec(someSpec({ component: '__proto__' })), says: /TFG107.*__proto__/ },
  { name: 'binary data', make: spec('a\u0000\u0001b'), says: /TFG007/ },
  { name: 'bytes that are no UTF-8', make: spec(Buffer.of(0x61, 0x3a, 0xff, 0xfe)), says: /TFG014.*UTF-8/ },
  { name: 'an empty file', make: spec(''), says: /TFG008/ },
  { name: 'a list', make: spec('- a\n'), says: /TFG105/ },
  { name: 'a ring of aliases', make: spec('components: &a\n  web: *a\n'), says: /TFG012/ },
  { name: 'a jobs list', make: spec('- name: x\n  command: y\n'), says: /TFG105/ },
  { name: 'two documents', make: spec(`${WEB}---\n${WEB}`), says: /TFG006/ },
  {
    name: 'a folder named toolforge.yaml',
    make: () => mkdirSync(at('tools-config/bad/toolforge.yaml'), { recursive: true }),
    says: /TFG014.*a folder/,
  },
  {
    name: 'a file that links out of the repo',
    make: () => {
      mkdirSync(at('tools-config/bad'));
      symlinkSync('/etc/passwd', at('tools-config/bad/toolforge.yaml'));
    },
    says: /TFG014.*symbolic link/,
  },
  {
    name: 'a folder that links out of the repo',
    make: () => {
      world.write({ 'outside/toolforge.yaml': WEB });
      symlinkSync(at('outside'), at('tools-config/bad'));
    },
    says: /TFG014.*symbolic link/,
  },
  {
    name: 'a pipe',
    make: () => {
      mkdirSync(at('tools-config/bad'));
      execFileSync('mkfifo', [at('tools-config/bad/toolforge.yaml')]);
    },
    says: /TFG014.*no plain file/,
  },
  {
    name: 'a folder whose name no path can hold',
    make: () => mkdirSync(at('tools-config/b\nad')),
    says: /TFG014.*is not a path/,
  },
  { name: 'no spec', make: () => mkdirSync(at('tools-config/bad')), says: /TFG015/ },
  {
    name: 'a name that no tool can have',
    make: () => world.write({ 'tools-config/Bad_/toolforge.yaml': WEB }),
    says: /TFG401/,
  },
  {
    name: 'a tenant.yaml that links away',
    make: () => {
      world.write({ 'tools-config/bad/toolforge.yaml': WEB });
      symlinkSync('/etc/passwd', at('tools-config/bad/tenant.yaml'));
    },
    says: /TFG014.*tenant\.yaml/,
  },
];

describe('a hostile file is a finding in it, whatever looks at it', () => {
  test.each(HOSTILE)('$name', async ({ make, says }) => {
    await world.run(['synth']);
    const before = filesBelow(at('manifests-out'));
    make();
    for (const command of [['validate'], ['synth'], ['synth', '--check'], ['synth', '--stdout'], ['diff']]) {
      const { code, stdout, stderr } = await world.run(command);
      expect({ command, code }).toEqual({ command, code: 1 });
      expect(`${stdout}${stderr}`).toMatch(says);
      expect(`${stdout}${stderr}`).toMatch(REMEDY);
      expect(`${stdout}${stderr}`).not.toMatch(/\n {4}at |undefined|\[object/);
      const json = await world.run([...command, '--format', 'json']);
      expect(() => JSON.parse(json.stdout)).not.toThrow();
    }
    expect(filesBelow(at('manifests-out'))).toEqual(before);
  });
});

describe('a word that names a folder', () => {
  test.each(['tools-config', 'tools-config/', './tools-config', '.', './', '../repo/'])(
    '%s: the whole config repo',
    async (word) => {
      world.write({
        'repo/tools-config/bad/toolforge.yaml': BROKEN,
        'repo/tools-config/good/toolforge.yaml': WEB,
      });
      const { code, stdout } = await world.run(['validate', word], { cwd: 'repo' });
      expect(stdout).toContain('tools-config/bad/toolforge.yaml:7');
      expect(stdout).toContain('2 tools checked');
      expect(code).toBe(1);
    },
  );

  test.each(['other/', './other'])('%s: nothing to check in it, and what to name instead', async (word) => {
    mkdirSync(at('other'));
    const { code, stdout, stderr } = await world.run(['validate', word]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${word} is a folder`);
    expect(stderr).toContain('name a file in it');
  });
});

describe('platform.yaml', () => {
  test.each([
    { name: 'a folder', make: () => mkdirSync(at('tools-config/platform.yaml')), says: 'is a folder' },
    {
      name: 'a link',
      make: () => symlinkSync('/etc/passwd', at('tools-config/platform.yaml')),
      says: 'symbolic link',
    },
    { name: 'broken', make: () => world.write({ 'tools-config/platform.yaml': 'a: [' }), says: 'TFG001' },
  ])('$name: a finding', async ({ make, says }) => {
    world.remove('tools-config/platform.yaml');
    make();
    const { code, stdout } = await world.run(['validate']);
    expect(stdout).toContain(says);
    expect(code).toBe(1);
    expect(JSON.parse((await world.run(['validate', '--format', 'json'])).stdout)).toMatchObject({
      errors: 1,
    });
  });

  test('in error: its own mistakes are told, and of tools what holds on any platform', async () => {
    world.write({
      'tools-config/platform.yaml': 'image_host: [quay.io]\nshards: none\n',
      'tools-config/good/toolforge.yaml':
        'components:\n  web:\n    build: {image: quay.io/x/y}\n    run: {command: web, cpu: 99, port: 0}\n',
    });
    const { stdout } = await world.run(['validate', '--format', 'json']);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; path: string }[] };
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
      'TFG102 shards',
      'TFG104 components.web.run.port',
      'TFG106 image_host',
    ]);
  });

  test('in error elsewhere: tools are still held against its quota', async () => {
    world.write({
      'tools-config/platform.yaml': 'shards: none\nquota: {pods: 1}\n',
      'tools-config/good/toolforge.yaml': someSpec({ run: ['command: web', 'replicas: 2'] }),
    });
    const { stdout } = await world.run(['validate', '--format', 'json']);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
    expect(diagnostics.map(({ code }) => code).sort()).toEqual(['TFG102', 'TFG302']);
  });

  test('may be missing: everything has a default', async () => {
    world.remove('tools-config/platform.yaml');
    expect(await world.run(['validate'])).toMatchObject({ code: 0 });
  });
});

describe('what validate takes', () => {
  const HUGE = someSpec({ run: ['command: web', 'replicas: 60', 'memory: 4G'] });

  test('a mere matter of quota is a warning for a lone file, which names the remedy, an error in a repo', async () => {
    world.write({ 'lone.yaml': HUGE, 'tools-config/good/toolforge.yaml': HUGE });
    const lone = await world.run(['validate', 'lone.yaml']);
    expect(lone.stdout).toContain('warning[TFG302]');
    expect(lone.stdout).toContain('tenant.yaml');
    expect(lone.code).toBe(0);
    const inRepo = await world.run(['validate', 'tools-config/good/toolforge.yaml']);
    expect(inRepo.stdout).toContain('error[TFG302]');
    expect(inRepo.code).toBe(1);
  });

  test('several tools and files and standard input at once', async () => {
    world.write({ 'a.yaml': BROKEN, 'b/toolforge.yaml': WEB });
    const args = ['validate', 'good', 'a.yaml', './b/toolforge.yaml', '-', '--format', 'json'];
    const { code, stdout } = await world.run(args, { stdin: BROKEN });
    const { tools, diagnostics } = JSON.parse(stdout);
    expect({ code, tools }).toEqual({ code: 1, tools: 4 });
    const files = new Set(diagnostics.map(({ file }: { file: string }) => file));
    expect(files).toEqual(new Set(['a.yaml', 'stdin']));
  });

  test('JSON of the documented shape, with every mistake of a file', async () => {
    world.write({ 'a.yaml': BROKEN });
    const { stdout } = await world.run(['validate', 'a.yaml', '--format', 'json']);
    const value = JSON.parse(stdout);
    expect(Object.keys(value)).toEqual(['diagnostics', 'tools', 'errors', 'warnings']);
    expect(Object.keys(value.diagnostics[0])).toEqual([
      'file',
      'line',
      'column',
      'endLine',
      'endColumn',
      'severity',
      'code',
      'message',
      'path',
      'suggestion',
    ]);
    expect(value.diagnostics.map(({ line, severity }: Record<string, unknown>) => [line, severity])).toEqual([
      [6, 'warning'],
      [7, 'error'],
      [8, 'error'],
    ]);
    expect(value.diagnostics[0].suggestion).toContain('replicas');
  });

  test.each([
    ['--strict', 1],
    ['--quiet', 0],
  ])('an unknown key with %s: exit %i', async (option, code) => {
    world.write({ 'a.yaml': someSpec({ run: ['command: web', 'replica: 2'] }) });
    expect((await world.run(['validate', 'a.yaml', option])).code).toBe(code);
  });

  test.each(['text', 'json', 'github', 'sarif'])('writes nothing (%s)', async (format) => {
    world.write({ 'a.yaml': BROKEN });
    const before = world.files();
    const { code, stderr } = await world.run(['validate', 'a.yaml', 'good', '--format', format]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(world.files()).toEqual(before);
  });
});

describe('the folder of a tool', () => {
  test.each(['tools-config/good', 'tools-config/good/', './tools-config/good'])(
    '%s is that tool',
    async (word) => {
      expect(await world.run(['validate', word])).toMatchObject({ code: 0, stderr: '' });
      world.write({ 'tools-config/good/toolforge.yaml': BROKEN });
      const { code, stdout } = await world.run(['validate', word]);
      expect(code).toBe(1);
      expect(stdout).toContain('--> tools-config/good/toolforge.yaml:');
    },
  );

  test('one that is not there is no tool', async () => {
    const { code, stderr } = await world.run(['validate', 'tools-config/god']);
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean "good"?');
  });
});
