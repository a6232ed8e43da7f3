import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSpec, linesOf, specOf } from '../support/check-spec.ts';

describe('checkTool', () => {
  test('finds the mistakes of all files at once, and gives no tool', () => {
    const checked = checkSpec({
      spec: 'components:\n  web:\n    build: {repository: https://git.example.org/x, ref: main}\n    run: {command: web, publish: /, replica: 2}\n  bad:\n    run: {command: x, port: 99999}\n',
      tenant: 'uid: x\n',
      images: 'components: {web: {image: nginx}}\n',
    });
    expect(checked.tool).toBeUndefined();
    expect(checked.diagnostics.map(({ file, line, code }) => `${file}:${line} ${code}`).sort()).toEqual([
      'images.yaml:1 TFG521',
      'tenant.yaml:1 TFG102',
      'toolforge.yaml:4 TFG106',
      'toolforge.yaml:4 TFG201',
      'toolforge.yaml:5 TFG101',
      'toolforge.yaml:6 TFG104',
    ]);
  });

  test('a warning keeps no tool back, unless strict', () => {
    const spec = specOf({ web: 'replica: 2' });
    expect(checkSpec({ spec }).tool).toBeDefined();
    expect(checkSpec({ spec, strict: true }).tool).toBeUndefined();
    expect(linesOf(checkSpec({ spec, strict: true }))).toEqual([
      'error TFG106 components.web.run.replica: unknown key `replica` → did you mean `replicas`?',
    ]);
  });

  test.each([
    ['Hello', '`hello`'],
    ['my_tool', '`my-tool`'],
    ['-x-', '`x`'],
    ['a.b', '`a-b`'],
    ['x'.repeat(59), `\`${'x'.repeat(58)}\``],
    ['日本', 'lower-case letters, digits and `-`'],
  ])('the folder %j is refused', (name, suggestion) => {
    const checked = checkSpec({ name, spec: specOf({ web: '' }) });
    expect(checked.tool).toBeUndefined();
    expect(checked.diagnostics).toHaveLength(1);
    expect(checked.diagnostics[0]).toMatchObject({ code: 'TFG401', file: 'toolforge.yaml', line: 1 });
    expect(checked.diagnostics[0]?.suggestion?.endsWith(suggestion)).toBe(true);
  });

  test('no spec makes it throw', () => {
    const word = fc.constantFrom(
      'components',
      'web',
      'run',
      'build',
      'port',
      'schedule',
      '__proto__',
      'constructor',
      'toString',
      'filelog',
      'reuse_from',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.boolean(),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('any'), { maxLength: 3 }),
      map: fc.dictionary(word, tie('any'), { maxKeys: 4, noNullPrototype: true }),
    })).any;
    fc.assert(
      fc.property(value, value, (components, images) => {
        checkSpec({ spec: JSON.stringify({ components }), images: JSON.stringify({ components: images }) });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a spec that is fetched', () => {
  const URL_ONLY = 'source_url: https://git.example.org/hello/raw/toolforge.yaml\n';
  const names = (files: Parameters<typeof checkSpec>[0]) =>
    checkSpec(files).tool?.components.map(({ name }) => name);

  test('counts, and what else toolforge.yaml holds does not', () => {
    const spec = URL_ONLY + specOf({ web: 'port: 99999' });
    const files = { spec, fetched: specOf({ job: 'schedule: "@daily"' }) };
    expect(names(files)).toEqual(['job']);
    expect(linesOf(checkSpec(files))).toEqual([]);
    expect(checkSpec(files).tool?.sourceUrl).toBe('https://git.example.org/hello/raw/toolforge.yaml');
  });

  test('is held to the same checks, told by its own file', () => {
    const checked = checkSpec({ spec: URL_ONLY, fetched: specOf({ web: 'publish: /' }) });
    expect(checked.tool).toBeUndefined();
    expect(checked.diagnostics.map(({ file, code }) => `${file} ${code}`)).toEqual(['fetched.yaml TFG201']);
  });

  test('must hold components', () => {
    for (const fetched of [
      URL_ONLY,
      'components: {}\nsource_url: https://git.example.org/x\n',
      'components: {}\n',
    ]) {
      const checked = checkSpec({ spec: URL_ONLY, fetched });
      expect(checked.tool).toBeUndefined();
      expect(checked.diagnostics.map(({ file, code }) => `${file} ${code}`)).toEqual(['fetched.yaml TFG101']);
    }
  });

  test('that is not there yet: what toolforge.yaml holds runs, else nothing', () => {
    expect(names({ spec: URL_ONLY + specOf({ web: '' }) })).toEqual(['web']);
    expect(names({ spec: URL_ONLY })).toEqual([]);
    expect(linesOf(checkSpec({ spec: URL_ONLY }))).toEqual([
      'warning TFG218 source_url: the spec has not been fetched yet, so nothing runs → run `toolforge-gitops pull hello`',
    ]);
  });

  test('without a source_url is left over', () => {
    expect(names({ spec: specOf({ web: '' }), fetched: specOf({ job: '' }) })).toEqual(['web']);
  });
});

const CORPUS = '../shared/corpus';
const present = existsSync(join(CORPUS, 'expect.json'));
if (!present) process.stderr.write(`check-tool: no ${CORPUS}, real specs are not checked\n`);

describe.runIf(present)('real specs', () => {
  const expected: Record<
    string,
    { accept: boolean; components: Record<string, string>; unknownKeys: string[] }
  > = present ? JSON.parse(readFileSync(join(CORPUS, 'expect.json'), 'utf8')) : {};
  const folder = join(CORPUS, 'toolforge-yaml');

  test('are all listed', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(expected).sort());
  });

  test.each(Object.entries(expected))('%s', (file, { accept, components, unknownKeys }) => {
    const spec = readFileSync(join(folder, file), 'utf8');
    for (const lone of [true, false]) {
      const checked = checkSpec({ spec, lone });
      expect(checked.tool !== undefined).toBe(accept);
      if (!accept) continue;
      const kinds = Object.fromEntries(
        checked.tool?.components.map(({ name, run }) => [name, run.type]) ?? [],
      );
      expect(kinds).toEqual(components);
      expect(checked.diagnostics.map(({ code }) => code)).toEqual(unknownKeys.map(() => 'TFG106'));
    }
  });
});
