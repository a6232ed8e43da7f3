import { describe, expect, test } from 'vitest';
import { digestOf } from '../support/fake-registry.ts';
import { fleetFiles } from '../support/fleet-files.ts';
import { memoryConfigRepo } from '../support/memory-config-repo.ts';
import { bodyOf, serviceRig } from '../support/service-rig.ts';

const files = await fleetFiles(['hello']);
const { post, get } = serviceRig(memoryConfigRepo(files));
const image = digestOf('1');
const web = { components: { web: { image } } };
const SECRET = 'hunter2-of-somebody';

const line = ({ path, code, message, suggestion }: Record<string, string>) =>
  [path, code, message, ...(suggestion === undefined ? [] : [suggestion])].join(' | ');

async function errorsOf(response: Response): Promise<readonly string[]> {
  const { errors, detail } = await bodyOf(response);
  expect(response.status).toBe(400);
  expect(JSON.stringify([errors, detail])).not.toContain(SECRET);
  return (errors as Record<string, string>[]).map(line);
}

describe('what is wrong with a body', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['no map', [], [' | TFG102 | the body must be a map, not a list']],
    ['nothing in it', {}, ['components | TFG101 | `components` is missing']],
    ['null', { components: null }, ['components | TFG101 | `components` is null']],
    ['no component', { components: {} }, ['components | TFG103 | `components` must name a component']],
    [
      'an image that is none',
      { components: { web: { image: `not an image ${SECRET}` } } },
      ['components.web.image | TFG103 | `image` must be an image or a digest'],
    ],
    [
      'a number for an image',
      { components: { web: { image: 7 } } },
      ['components.web.image | TFG102 | `image` must be text, not a number'],
    ],
    ['no image', { components: { web: {} } }, ['components.web.image | TFG101 | `image` is missing']],
    [
      'a key that is misspelt',
      { ...web, biult_at: SECRET },
      ['biult_at | TFG106 | unknown key `biult_at` | did you mean `built_at`?'],
    ],
    [
      'a key that is like no other',
      { components: { web: { image, [`${'x'.repeat(70)}`]: SECRET } } },
      [
        `components.web.${'x'.repeat(70)} | TFG106 | unknown key \`${'x'.repeat(60)}…\` | known here: \`image\``,
      ],
    ],
    [
      'a component with an impossible name',
      { components: { 'We b': { image } } },
      ['components["We b"] | TFG103 | `We b` must be the name of a component'],
    ],
    [
      'a time that is none',
      { ...web, built_at: SECRET },
      ['built_at | TFG103 | `built_at` must be a time such as 2026-11-24T10:00:00Z'],
    ],
    [
      'a commit that is none, and an address with a password',
      { ...web, source: { commit: 'main', repository: `https://u:${SECRET}@git.example.org/x` } },
      [
        'source.repository | TFG103 | `repository` must be an address without a password',
        'source.commit | TFG103 | `commit` must be the hex name of a commit',
      ],
    ],
    [
      'a text that is too long',
      { ...web, build_url: `https://x/${'y'.repeat(1000)}` },
      ['build_url | TFG103 | `build_url` must have at most 1000 characters'],
    ],
  ])('%s', async (_, body, wanted) => {
    expect(await errorsOf(await post('/v1/tools/hello/deploy', body))).toEqual(wanted);
  });

  test('the first one is told in the answer’s own words as well', async () => {
    const { detail, hint } = await bodyOf(await post('/v1/tools/hello/deploy', { ...web, biult_at: 'x' }));
    expect([detail, hint]).toEqual([
      'the body is not as it should be at biult_at: unknown key `biult_at`',
      'did you mean `built_at`?',
    ]);
  });
});

test.each([
  ['limit=no', ['limit | TFG102 | `limit` must be a number, not text']],
  ['limit=0', ['limit | TFG104 | `limit` must be at least 1']],
  ['limt=3', ['limt | TFG106 | unknown key `limt` | did you mean `limit`?']],
])('what is wrong with a query: %s', async (query, wanted) => {
  expect(await errorsOf(await get(`/v1/tools/hello/deployments?${query}`))).toEqual(wanted);
});
