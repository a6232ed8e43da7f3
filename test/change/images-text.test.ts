import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bump } from '../../src/change/bump.ts';
import { hold } from '../../src/change/hold.ts';
import { imagesText } from '../../src/change/images-text.ts';
import { tokensText } from '../../src/change/tokens-text.ts';
import { checkImages } from '../../src/spec/check-images.ts';
import { anyBuild, build, fileOf, imageOf, NOW } from './builds.ts';

describe('imagesText', () => {
  test('writes every part in one order', () => {
    const components = {
      worker: build('b'),
      web: {
        previous: [build('a', 8)],
        waiting: { built_at: '2026-11-24T11:00:00Z', image: imageOf('d') },
        hold: { until: '2026-12-01T00:00:00Z', reason: 'bad: release', by: 'alice' },
        build_url: 'https://ci.example.org/7',
        built_at: '2026-11-24T10:00:00Z',
        source: { commit: '4f2c1ab', ref: 'main', repository: 'https://git.example.org/tools/hello' },
        image: imageOf('c'),
      },
    };
    expect(imagesText({ components })).toBe(`# Written by the deploy bot; do not edit.
components:
  web:
    image: ${imageOf('c')}
    source:
      repository: https://git.example.org/tools/hello
      ref: main
      commit: '4f2c1ab'
    built_at: '2026-11-24T10:00:00Z'
    build_url: https://ci.example.org/7
    hold:
      by: alice
      reason: 'bad: release'
      until: '2026-12-01T00:00:00Z'
    waiting:
      image: ${imageOf('d')}
      built_at: '2026-11-24T11:00:00Z'
    previous:
    - image: ${imageOf('a')}
      built_at: '2026-11-24T08:00:00Z'
  worker:
    image: ${imageOf('b')}
`);
  });

  test('writes a file without components', () => {
    expect(imagesText({ components: {} })).toBe(
      '# Written by the deploy bot; do not edit.\ncomponents: {}\n',
    );
  });

  test('is read back as it was, whatever a reason holds', () => {
    fc.assert(
      fc.property(
        fc.array(anyBuild, { maxLength: 12 }),
        fc.string({ unit: 'grapheme', maxLength: 90 }),
        (builds, reason) => {
          const start = hold(fileOf(build('ff', 0)), {
            component: 'web',
            by: 'alice',
            reason,
            now: NOW,
          }).file;
          const file = builds.reduce((before, one) => bump(before, { web: one }, NOW).file, start);
          expect(parse(imagesText(file))).toEqual(file);
        },
      ),
    );
  });
});

describe('whatever a build report holds', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '',
      ' ',
      'a\nb: c',
      'x'.repeat(9000),
      'ftp://x',
      'https://a:s3cret@x/',
      'javascript:alert(1)',
      '2026-11-24T10:00:00+02:00',
      '2026-02-31T24:00:00Z',
      '2026-13-01T00:00:00Z',
    ),
  );
  const report = fc.record({
    image: fc.constantFrom(imageOf('a'), imageOf('b')),
    source: fc.option(fc.record({ repository: hostile, ref: hostile, commit: hostile }), { nil: undefined }),
    built_at: fc.option(hostile, { nil: undefined }),
    build_url: fc.option(hostile, { nil: undefined }),
  });

  test('the file can be read again, says the same, and holds no credential', () => {
    fc.assert(
      fc.property(
        fc.array(report, { minLength: 1, maxLength: 4 }),
        fc.string({ unit: 'binary' }),
        (reports, by) => {
          const bumped = reports.reduce(
            (file, { source, built_at, build_url, image }) => {
              const one = {
                image,
                ...(source && { source }),
                ...(built_at !== undefined && { built_at }),
                ...(build_url !== undefined && { build_url }),
              };
              return bump(file, { web: one }, NOW).file;
            },
            fileOf(build('ff', 0)),
          );
          const { file } = hold(bumped, { component: 'web', by, now: NOW });
          const { images, diagnostics } = checkImages({ file: 'images.yaml', text: imagesText(file) });
          expect(diagnostics).toEqual([]);
          expect(images).toEqual(file);
          expect(imagesText(file)).not.toContain('s3cret');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('tokensText', () => {
  const token = {
    id: 'ci',
    sha256: 'ab'.repeat(32),
    created_by: 'alice',
    created_at: '2026-11-24T10:00:00Z',
  };

  test('writes tokens by id', () => {
    const tokens = [token, { ...token, id: 'bot', note: 'of the bot' }];
    expect(parse(tokensText({ tokens }))).toEqual({ tokens: [tokens[1], token] });
    expect(tokensText({ tokens })).toBe(tokensText({ tokens: [...tokens].reverse() }));
    expect(tokensText({ tokens })).toMatch(/^# Written by the deploy bot; do not edit\./);
  });
});
