import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCHEMA_NAMES } from '../../src/spec/file-schemas.ts';
import { type JsonSchema, jsonSchemaOf } from '../../src/spec/json-schema.ts';
import { parseYaml } from '../../src/spec/parse-yaml.ts';
import { anySpec } from '../support/any-spec.ts';
import { parseSpec } from '../support/spec-lines.ts';

const ajv = new Ajv({ strict: false, validateFormats: false });
const accepts = ajv.compile(jsonSchemaOf('toolforge'));
const yamlValue = (text: string) => parseYaml({ file: 'f', text }).value;

describe('JSON Schema of toolforge.yaml', () => {
  test('accepts every spec that the validator accepts', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anySpec, (spec) => {
        // JSON is YAML: what is checked is what a file can hold.
        const text = JSON.stringify(spec);
        const { value } = parseSpec(text);
        if (value === undefined) return;
        accepted += 1;
        expect([accepts(yamlValue(text)), accepts.errors]).toEqual([true, null]);
      }),
      { numRuns: 800, seed: 3 },
    );
    expect(accepted).toBeGreaterThan(30);
  });

  const corpus = new URL('../../../shared/corpus/toolforge-yaml/', import.meta.url);
  test('accepts every real spec that the validator accepts', () => {
    if (!existsSync(corpus))
      process.stdout.write('../shared/corpus is absent: no real spec is held against it\n');
    const texts = existsSync(corpus)
      ? readdirSync(corpus).map((file) => readFileSync(new URL(file, corpus), 'utf8'))
      : [];
    for (const text of texts) {
      if (parseSpec(text).value !== undefined)
        expect([accepts(yamlValue(text)), accepts.errors]).toEqual([true, null]);
    }
  });

  test.each([
    ['an unknown version', 'config_version: v2\nsource_url: https://x.org/y'],
    ['nothing to run', 'config_version: v1beta1'],
    ['a component without build', 'components: {web: {run: {command: web}}}'],
    [
      'a build without ref',
      'components: {web: {build: {repository: "https://x.org/y"}, run: {command: web}}}',
    ],
    ['no command', 'components: {web: {build: {reuse_from: x}, run: {}}}'],
    ['a port out of range', 'components: {web: {build: {reuse_from: x}, run: {command: web, port: 99999}}}'],
    ['an unknown choice', 'components: {web: {build: {reuse_from: x}, run: {command: web, emails: never}}}'],
    [
      'a quantity that is none',
      'components: {web: {build: {reuse_from: x}, run: {command: web, cpu: lots}}}',
    ],
    ['a name that is none', 'components: {Web: {build: {reuse_from: x}, run: {command: web}}}'],
    [
      'a variable that is none',
      'components: {web: {build: {reuse_from: x}, run: {command: web, env: {1A: x}}}}',
    ],
    ['a file URL', 'components: {web: {build: {repository: "file:///x", ref: a}, run: {command: web}}}'],
  ])('shows %s to the editor, as the validator does', (_, text) => {
    expect(parseSpec(text).value).toBeUndefined();
    expect(accepts(yamlValue(text))).toBe(false);
  });
});

describe.each(SCHEMA_NAMES.map((name) => [name, jsonSchemaOf(name)] as const))(
  'schema of %s',
  (_, schema) => {
    test('is a JSON Schema, whose examples it accepts', () => {
      expect(ajv.validateSchema(schema as object)).toBe(true);
      for (const part of partsOf(schema)) {
        const { examples } = part as { examples?: readonly unknown[] };
        for (const example of examples ?? [])
          expect([example, ajv.validate(part, example)]).toEqual([example, true]);
      }
    });

    test('says what each field means, leaves unknown keys open and holds no words of ours', () => {
      for (const part of partsOf(schema)) {
        expect(Object.keys(part)).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/^(otherwise|rule|example|secret)$/)]),
        );
        expect(part.additionalProperties).not.toBe(false);
        for (const field of Object.values(part.properties ?? {}))
          expect(field.description ?? '').not.toBe('');
      }
    });
  },
);

function partsOf(schema: JsonSchema): readonly JsonSchema[] {
  const { properties = {}, additionalProperties, items, anyOf = [] } = schema;
  const below = [...Object.values(properties), ...anyOf, additionalProperties, items];
  return [schema, ...below.flatMap((part) => (typeof part === 'object' ? partsOf(part) : []))];
}
