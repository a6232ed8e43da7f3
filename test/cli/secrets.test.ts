import { afterEach, describe, expect, test } from 'vitest';
import { type CliWorld, cliWorld } from '../support/cli-world.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { localServer } from '../support/local-server.ts';
import { type MemoryConfigRepo, memoryConfigRepo } from '../support/memory-config-repo.ts';
import { remoteWorld } from '../support/remote-world.ts';
import { configFiles, platformYaml, someDigest, someImage, someSpec, WEB } from '../support/specs.ts';

const SECRET = 'hunter2';
const withRun = (...run: string[]) => ({
  'toolforge.yaml': someSpec({ run: ['command: web', ...run] }),
});

type Files = Readonly<Record<string, string>>;

/** Where a person may have put a secret, in files that are right, and in files that are wrong in every way. */
const PLANTED: Readonly<Record<string, Files>> = {
  'an env value': withRun(`env: {PASSWORD: ${SECRET}, MODE: x}`),
  'an env value of the wrong type': withRun(`env: {A: [${SECRET}], 'B-C': ${SECRET}, D: {E: ${SECRET}}}`),
  'an env value in an anchor': withRun(`env: &${SECRET} {A: x}`, `other: *${SECRET}`),
  'env that is a text': withRun(`env: PASSWORD=${SECRET}`),
  'env that is a list': withRun(`env: [PASSWORD=${SECRET}]`),
  'a second env': withRun(`env: {A: ${SECRET}}`, `env: {A: ${SECRET}}`),
  'an env value with a broken quote': withRun(`env: {A: "${SECRET}}`),
  'an env value with a tab': withRun(`env:\n        A: ${SECRET}\n\tB: ${SECRET}`),
  'an env value with an unknown tag': withRun(`env: {A: !!${SECRET} ${SECRET}}`),
  'an env value with an unknown alias': withRun(`env: {A: *${SECRET}}`),
  'an unknown key': withRun(`pasword: ${SECRET}`, `secrets: {a: [${SECRET}]}`),
  'an unknown key with a mistake beside it': withRun(`pasword: ${SECRET}  `, 'port: 99999'),
  'a near miss of env': withRun(`envs: {TOKEN: ${SECRET}}`),
  'a repository with a password': { 'toolforge.yaml': WEB.replace('https://', `https://me:${SECRET}@`) },
  'a source_url with a password': { 'toolforge.yaml': `source_url: https://me:${SECRET}@h/x\n` },
  'an image with a password': {
    'toolforge.yaml': WEB.replace(/\{repository.*\}/, `{image: "https://me:${SECRET}@h/x"}`),
  },
  'a health check with a password': withRun('port: 1', `health_check_http: http://me:${SECRET}@h/`),
  'text that is no YAML': { 'toolforge.yaml': `${WEB}\nTOKEN=${SECRET}\n: : ${SECRET}\n` },
  'a document of nothing else': { 'toolforge.yaml': `${SECRET}\n` },
  'a list': { 'toolforge.yaml': `- token: ${SECRET}\n` },
  'tenant.yaml': { 'tenant.yaml': `uid: x\ntoken: ${SECRET}\nmaintainers: {a: ${SECRET}}\n` },
  'images.yaml': {
    'images.yaml': `components: {web: {image: "https://me:${SECRET}@h/x", token: ${SECRET}}}\n`,
  },
  'tokens.yaml': { 'tokens.yaml': `tokens: [{id: a, sha256: ${SECRET}, token: ${SECRET}}]\n` },
};

const PLATFORMS: Readonly<Record<string, string>> = {
  'platform.yaml': `${platformYaml()}token: ${SECRET}\nregistry: {host: h, password: ${SECRET}}\n`,
  'the config repo’s address': `config_repo: {url: "https://me:${SECRET}@gitea.example.org/x.git"}\n`,
};

const FOLDER_COMMANDS = [
  ['validate'],
  ['validate', '--strict'],
  ['validate', '--format', 'json'],
  ['validate', '--format', 'github'],
  ['validate', '--format', 'sarif'],
  ['synth', '--check'],
  ['synth', '--check', '--format', 'json'],
  ['synth', '--keep-going'],
  ['diff'],
  ['diff', '--format', 'markdown'],
  ['diff', '--format', 'json'],
];
const IMAGE = someImage('hello', 'web', 'a');
const repoCommands = (tool: string) => [
  ['bump', tool, `web=${someDigest('a')}`],
  ['rollback', tool, 'web', '--format', 'json'],
  ['history', tool],
  ['pull', tool, '--format', 'json'],
];
const FLEET_COMMANDS = [
  ['publish', '--keep-going'],
  ['publish', '--dry-run', '--format', 'json'],
];

const TOOLS = Object.entries(PLANTED).map(([name, files], index) => ({
  name,
  files,
  tool: `planted-${index}`,
}));
const ENV = { TFG_GITEA_TOKEN: `${SECRET}-token`, TFG_REGISTRY_PASSWORD: SECRET, TFG_REGISTRY_USER: 'me' };

interface World {
  readonly cli: CliWorld;
  readonly repo: MemoryConfigRepo;
}

const worlds: { close(): void }[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.close();
});

/** The same files in a folder and in a config repo. */
function worldOf(files: Files): World {
  const cli = cliWorld();
  cli.write(files);
  worlds.push(cli);
  return { cli, repo: memoryConfigRepo(files) };
}

/** Runs the commands, and answers every line that they printed with a secret in it. */
async function leaks({ cli, repo }: World, all: readonly (readonly string[])[]): Promise<readonly string[]> {
  const registry = { resolve: async () => someDigest('a') };
  const deps = { openRepo: async () => repo, openRegistry: () => registry };
  const found: string[] = [];
  for (const args of all) {
    const { code, stdout, stderr } = await cli.run(args, { env: ENV, deps });
    expect([0, 1, 2, 3]).toContain(code);
    const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.includes(SECRET));
    found.push(...lines.map((line) => `${args.join(' ')}: ${line}`));
  }
  return found;
}

describe('no output repeats a secret', () => {
  const specs = Object.fromEntries(TOOLS.map(({ tool }) => [tool, WEB]));
  const planted = TOOLS.flatMap(({ tool, files }) =>
    Object.entries(files).map(([file, text]) => [`tools-config/${tool}/${file}`, text] as const),
  );
  const files = { ...configFiles(specs), ...Object.fromEntries(planted) };

  test('of a fleet with secrets wherever one may be', async () => {
    const own = worldOf(files);
    const lone = ['validate', ...TOOLS.map(({ tool }) => `tools-config/${tool}/toolforge.yaml`)];
    expect(await leaks(own, [...FOLDER_COMMANDS, ...FLEET_COMMANDS, lone])).toEqual([]);
    expect(
      await leaks(
        own,
        TOOLS.flatMap(({ tool }) => repoCommands(tool)),
      ),
    ).toEqual([]);
    for (const { message } of own.repo.changes) expect(JSON.stringify(message)).not.toContain(SECRET);
  });

  test.each(Object.entries(PLATFORMS))('in %s', async (_, platform) => {
    const own = worldOf(configFiles({ hello: WEB }, platform));
    expect(await leaks(own, [...FOLDER_COMMANDS, ...FLEET_COMMANDS, ...repoCommands('hello')])).toEqual([]);
  });
});

describe('no error repeats a password that was given in an argument or a variable', () => {
  test.each([
    { name: '--repo of a server that refuses', args: ['publish', '--repo', 'SERVER'], env: {} },
    { name: 'TFG_REPO of a server that refuses', args: ['history', 'hello'], env: { TFG_REPO: 'SERVER' } },
    {
      name: '--repo of no server',
      args: ['publish', '--repo', `https://me:${SECRET}@127.0.0.1:1/x.git`],
      env: {},
    },
    { name: '--repo that is no address', args: ['publish', '--repo', `https://me:${SECRET}@[/x`], env: {} },
    {
      name: '--repo of Gitea',
      args: ['publish', '--repo', `gitea+https://me:${SECRET}@127.0.0.1:1/o/r`],
      env: {},
    },
    { name: '--repo by ssh', args: ['publish', '--repo', `ssh://me:${SECRET}@-x/r`], env: {} },
    { name: '--branch', args: ['publish', '--branch', `https://me:${SECRET}@h`], env: {} },
    { name: 'an image', args: ['bump', 'hello', `web=https://me:${SECRET}@h/x`], env: {} },
    { name: 'an image without its component', args: ['bump', 'hello', `=https://me:${SECRET}@h/x`], env: {} },
    {
      name: '--source-repository',
      args: ['bump', 'hello', `web=${IMAGE}`, '--source-repository', `https://me:${SECRET}@h/x`],
      env: {},
    },
    {
      name: '--build-url',
      args: ['bump', 'hello', `web=${IMAGE}`, '--build-url', `https://me:${SECRET}@h/x`],
      env: {},
    },
    { name: 'a file', args: ['validate', `https://me:${SECRET}@h/toolforge.yaml`], env: {} },
    { name: '--against', args: ['diff', '--against', `https://me:${SECRET}@h/x`], env: {} },
    { name: '--report', args: ['bump', 'hello', 'web', '--report', `https://me:${SECRET}@h/x`], env: {} },
    { name: 'an unknown option', args: ['bump', `--password=${SECRET}`], env: {} },
  ])('$name', async ({ args, env }) => {
    const server = await localServer((_, response) => response.writeHead(401).end('who are you?'));
    try {
      const own = remoteWorld(configFiles({ hello: WEB }));
      worlds.push(own);
      own.cli.write(configFiles({ hello: WEB }));
      own.sandbox.git(['-C', own.cli.root, 'init', '--quiet']);
      const address = `http://me:${SECRET}@${server.host}/x.git`;
      const words = args.map((word) => (word === 'SERVER' ? address : word));
      const variables = Object.fromEntries(Object.keys(env).map((name) => [name, address]));
      const run = await own.run([...words, '--format', 'json'], { env: variables, clock: fakeClock() });
      expect(run.code).toBeGreaterThan(0);
      expect(`${run.stdout}${run.stderr}`).not.toContain(SECRET);
      expect(JSON.parse(run.stdout)).toHaveProperty('error.code');
    } finally {
      await server.close();
    }
  });
});
